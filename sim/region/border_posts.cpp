#include <algorithm>

#include "sim/model/network.hpp"
#include "sim/region/abroad.hpp"

namespace nuzuh::region {
namespace {

RoadPoint between(RoadPoint a, RoadPoint b, double share) {
    return {a.lat + share * (b.lat - a.lat), a.lon + share * (b.lon - a.lon)};
}

/// Where the way from a point within the boundaries to one outside leaves them.
RoadPoint way_out(RoadPoint within, RoadPoint outside, const Areas& areas) {
    double low = 0, high = 1;
    for (int i = 0; i < 30; ++i) {
        const double middle = (low + high) / 2;
        const auto at = between(within, outside, middle);
        (areas.find(at.lat, at.lon) ? low : high) = middle;
    }
    return between(within, outside, low);
}

class PostList {
public:
    explicit PostList(const std::vector<BorderPost>& given) : posts_(given), given_(given.size()) {}
    void add(BorderPost post) {
        constexpr double same_km = 5;
        const bool near = std::any_of(posts_.begin(), posts_.end(), [&](const BorderPost& other) {
            return great_circle_km(post.at.lat, post.at.lon, other.at.lat, other.at.lon) < same_km;
        });
        if (!near) posts_.push_back(std::move(post));
    }
    /// Without those that were given.
    std::vector<BorderPost> found() const { return {posts_.begin() + std::ptrdiff_t(given_), posts_.end()}; }

private:
    std::vector<BorderPost> posts_;
    std::size_t given_;
};

}  // namespace

std::vector<BorderPost> posts_of(RoadMap& roads, const Boundaries& boundaries,
                                 const std::vector<BorderPost>& given) {
    PostList posts(given);
    for (const auto& post : roads.posts) posts.add(post);
    std::vector<signed char> inside(roads.points.size(), -1);  // not looked up yet
    const auto is_inside = [&](int point) {
        auto& known = inside[std::size_t(point)];
        const auto& at = roads.points[std::size_t(point)];
        if (known < 0) known = boundaries.areas.find(at.lat, at.lon).has_value();
        return known == 1;
    };
    std::set<std::pair<double, double>> controls;
    for (const auto& post : roads.posts) controls.emplace(post.at.lat, post.at.lon);
    for (auto& segment : roads.segments) {
        const auto &a = roads.points[std::size_t(segment.a)], &b = roads.points[std::size_t(segment.b)];
        const bool at_control = controls.contains({a.lat, a.lon}) || controls.contains({b.lat, b.lon});
        if (boundaries.have_areas() && is_inside(segment.a) != is_inside(segment.b)) {
            segment.marks |= mark_border;
            const auto at =
                is_inside(segment.a) ? way_out(a, b, boundaries.areas) : way_out(b, a, boundaries.areas);
            if (!at_control) posts.add({at, "", "where the road leaves the boundaries", {}});
        } else if ((segment.marks & mark_border) && !at_control) {
            posts.add({between(a, b, 0.5), "", "where the road crosses a border of OpenStreetMap", {}});
        }
    }
    return posts.found();
}

}  // namespace nuzuh::region
