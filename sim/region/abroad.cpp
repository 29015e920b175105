#include "sim/region/abroad.hpp"

#include <algorithm>
#include <queue>
#include <tuple>

#include <fmt/format.h>

#include "sim/base/disjoint_sets.hpp"
#include "sim/model/network.hpp"
#include "sim/region/finding_at.hpp"

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

/// Lengths of routes from place to place.
using Roads = std::map<std::string, std::vector<std::pair<std::string, double>>>;

Roads roads_of(const Network& network) {
    Roads roads;
    for (const auto& route : network.routes) {
        roads[route.from].emplace_back(route.to, route.km);
        roads[route.to].emplace_back(route.from, route.km);
    }
    return roads;
}

/// The part of the network that a place lies in when no way through a post or across a border is taken.
std::map<std::string, int> parts_without(const Network& network, const std::set<std::string>& posts,
                                         const std::vector<bool>& crosses_border) {
    std::map<std::string, int> number;
    for (const auto& place : network.places) number.emplace(place.place, int(number.size()));
    DisjointSets parts(int(number.size()));
    for (std::size_t r = 0; r < network.routes.size(); ++r) {
        const auto& route = network.routes[r];
        if (!crosses_border[r] && !posts.contains(route.from) && !posts.contains(route.to))
            parts.join(number.at(route.from), number.at(route.to));
    }
    std::map<std::string, int> part;
    for (const auto& [id, i] : number) part[id] = parts.root(i);
    return part;
}

/// The nearest place outside that a road beyond leads to from a post; "" if none does.
std::string first_outside(const std::string& post, const Roads& roads, const std::set<std::string>& beyond,
                          const std::set<std::string>& outside) {
    std::map<std::string, double> km;
    std::priority_queue<std::pair<double, std::string>, std::vector<std::pair<double, std::string>>,
                        std::greater<>>
        next;
    next.emplace(0, post);
    while (!next.empty()) {
        const auto [way, at] = next.top();
        next.pop();
        if (!km.emplace(at, way).second) continue;
        if (outside.contains(at)) return at;
        const auto found = roads.find(at);
        if (found == roads.end()) continue;
        for (const auto& [to, length] : found->second) {
            if (beyond.contains(to)) next.emplace(way + length, to);
        }
    }
    return "";
}

PlaceSettings crossing_at(PlaceSettings crossing, const BorderPost& post, const std::string& id,
                          const PlaceSettings& behind) {
    crossing.place = id;
    crossing.name = post.name.empty() ? behind.name + ", border" : post.name;
    crossing.spellings = behind.name;  // reports name a crossing by the town behind it
    crossing.type = PlaceType::crossing;
    crossing.lat = post.at.lat;
    crossing.lon = post.at.lon;
    crossing.leads_to = behind.place;
    crossing.source = post.source;
    return crossing;
}

/// Puts crossings and places abroad into the network of a scenario.
class Border {
public:
    Border(const Beyond& beyond, const std::map<std::string, BorderPost>& posts, ScenarioSettings& settings,
           Findings& report)
        : beyond_(beyond), posts_(posts), settings_(settings), network_(settings.network), report_(report) {}

    void put() {
        for (const auto& place : network_.places) {
            by_id_[place.place] = place;
            if (place.type == PlaceType::crossing) given_.insert(place.place);
        }
        for (const auto& [post, behind] : beyond_.leads_to) add(post, posts_.at(post), behind);
        std::erase_if(network_.routes.own(), [&](const RouteSettings& route) {
            return (is_beyond(route.from) || is_crossing(route.from)) &&
                   (is_beyond(route.to) || is_crossing(route.to));
        });
        for (auto& route : network_.routes.own()) {
            for (auto* end : {&route.from, &route.to}) {
                if (is_beyond(*end)) *end = crossing_without_post(*end);
                if (const auto renamed = crossing_.find(*end); renamed != crossing_.end())
                    *end = renamed->second;
            }
        }
        put_places();
    }

private:
    bool is_beyond(const std::string& id) const { return beyond_.places.contains(id); }
    bool is_crossing(const std::string& id) const { return crossing_.contains(id); }

    /// Makes a crossing, with an identifier of its own.
    void add(const std::string& post, const BorderPost& at, const std::string& behind) {
        const bool given = given_.contains(post);
        const std::string own = identifier_of(at.name);
        std::string id = given ? post : (own.empty() ? behind : own) + "_border";
        const std::string first = id;
        for (int n = 2; !given && by_id_.contains(id); ++n) id = fmt::format("{}_{}", first, n);
        by_id_[id] = crossing_at(given ? by_id_.at(post) : PlaceSettings{}, at, id, by_id_.at(behind));
        crossings_.push_back(by_id_[id]);
        crossing_[post] = id;
        reached_.insert(behind);
        settings_.crossings.push_back({});
        auto& policy = settings_.crossings.own().back();
        policy.place = id;
        policy.policy = CrossingPolicy::open;
        policy.source = "a guess: no file says who gets across";
        report_.push_back(finding_at(Severity::warning, at.row,
                                     fmt::format("'{}' is a crossing to '{}' ({}), open: a guess",
                                                 crossings_.back().name, by_id_.at(behind).name, at.source)));
    }

    std::string crossing_without_post(const std::string& place) {
        const auto& there = by_id_.at(place);
        if (!is_crossing(place))
            add(place,
                {{there.lat, there.lon}, "", "the first town beyond the border stands for the crossing", {}},
                place);
        return crossing_.at(place);
    }

    void put_places() {
        double people = 0;
        std::size_t left_out = 0, beyond = 0;
        std::vector<PlaceSettings> kept;
        for (const auto& was : network_.places) {
            PlaceSettings place = was;
            if (place.type == PlaceType::crossing && !is_crossing(place.place) && !is_beyond(place.place)) {
                report_.push_back(finding_at(
                    Severity::error, {},
                    fmt::format("no road leads over the crossing '{}' to a place abroad", place.place),
                    "name a place behind it as --places, with type abroad, and a road that joins them"));
                continue;
            }
            if (is_crossing(place.place) && posts_.contains(place.place)) continue;
            if (is_beyond(place.place)) {
                people += place.population;
                const bool town = place.type != PlaceType::waypoint && !posts_.contains(place.place);
                beyond += town;
                if (!reached_.contains(place.place)) {
                    left_out += town;
                    continue;
                }
                place.population = 0;
                place.capacity.reset();
                place.type = PlaceType::abroad;
            }
            kept.push_back(std::move(place));
        }
        kept.insert(kept.end(), crossings_.begin(), crossings_.end());
        network_.places.own() = std::move(kept);
        std::erase_if(network_.areas.own(),
                      [&](const AreaMember& member) { return is_beyond(member.place); });
        if (beyond > 0)
            report_.push_back(
                finding_at(Severity::warning, {},
                           fmt::format("{} places lie beyond the border, with {:.0f} people who are not "
                                       "counted: {} are abroad, behind "
                                       "{} crossings that are open until `crossings` says otherwise, {} "
                                       "without a road from here are "
                                       "left out",
                                       beyond, people, reached_.size(), crossings_.size(), left_out)));
    }

    const Beyond& beyond_;
    const std::map<std::string, BorderPost>& posts_;
    ScenarioSettings& settings_;
    Network& network_;
    Findings& report_;
    std::map<std::string, PlaceSettings> by_id_;
    std::map<std::string, std::string> crossing_;  ///< by post
    std::vector<PlaceSettings> crossings_;
    std::set<std::string> reached_, given_;
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

Beyond beyond_posts(const Network& network, const std::set<std::string>& posts,
                    const std::vector<bool>& crosses_border, std::set<std::string> outside) {
    Beyond beyond;
    const auto part = parts_without(network, posts, crosses_border);
    const auto roads = roads_of(network);
    std::map<int, double> people;
    for (const auto& place : network.places) {
        if (!posts.contains(place.place))
            people[part.at(place.place)] += outside.contains(place.place) ? 0 : place.population;
    }
    if (people.empty()) return beyond;
    const int home = std::max_element(people.begin(), people.end(), [](const auto& a, const auto& b) {
                         return a.second < b.second;
                     })->first;
    // Within are the parts that hold places of the country, where it is known which these are; else where most people live.
    std::set<int> within{home};
    for (const auto& place : network.places) {
        if (!outside.empty() && place.type != PlaceType::waypoint && !outside.contains(place.place) &&
            !posts.contains(place.place))
            within.insert(part.at(place.place));
    }
    const auto touches_within = [&](const std::string& post) {
        const auto found = roads.find(post);
        return found != roads.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&](const auto& to) {
                   return !posts.contains(to.first) && within.contains(part.at(to.first));
               });
    };
    // What a road through posts or across a border joins to places within, and everything of such parts.
    std::set<std::string> reached, look;
    for (std::size_t r = 0; r < network.routes.size(); ++r) {
        const auto& route = network.routes[r];
        if (!crosses_border[r] || posts.contains(route.from) || posts.contains(route.to)) continue;
        const bool from = within.contains(part.at(route.from)), to = within.contains(part.at(route.to));
        if (from == to) continue;
        const auto& other = from ? route.to : route.from;
        if (reached.insert(other).second) look.insert(other);
    }
    for (const auto& post : posts) {
        if (touches_within(post)) look.insert(post);
    }
    while (!look.empty()) {
        const std::string at = *look.begin();
        look.erase(look.begin());
        const auto found = roads.find(at);
        if (found == roads.end()) continue;
        for (const auto& [to, km] : found->second) {
            const bool goes_on = posts.contains(to) ? !touches_within(to) : !within.contains(part.at(to));
            if (goes_on && reached.insert(to).second) look.insert(to);
        }
    }
    if (outside.empty()) {
        for (const auto& place : network.places) {
            if (reached.contains(place.place) && !posts.contains(place.place) &&
                place.type != PlaceType::waypoint)
                outside.insert(place.place);
        }
    }
    beyond.places = reached;
    beyond.places.insert(outside.begin(), outside.end());
    for (const auto& post : posts) {
        if (!touches_within(post)) continue;
        const auto first = first_outside(post, roads, beyond.places, outside);
        if (!first.empty()) beyond.leads_to[post] = first;
    }
    return beyond;
}

void put_abroad(const Beyond& beyond, const std::map<std::string, BorderPost>& posts,
                ScenarioSettings& settings, Findings& report) {
    Border(beyond, posts, settings, report).put();
}

}  // namespace nuzuh::region
