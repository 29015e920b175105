#include "sim/model/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <utility>

namespace nuzuh {
namespace {

double speed_factor(RouteClass road_class, const TravelSettings& travel) {
    switch (road_class) {
        case RouteClass::highway:
            return travel.factor_highway;
        case RouteClass::primary:
            return travel.factor_primary;
        case RouteClass::secondary:
            return travel.factor_secondary;
        case RouteClass::mountain:
            return travel.factor_mountain;
        case RouteClass::track:
            return travel.factor_track;
        case RouteClass::border:
            return travel.factor_border;
    }
    return 1;
}

constexpr double never = std::numeric_limits<double>::infinity();

/// An open road as seen from one of its ends.
struct Link {
    double hours;
    int to;
    int road;
};

/// The open roads of each place, one place behind the other.
class Links {
public:
    Links(int places, const std::vector<Road>& roads, const std::vector<bool>& open,
          const std::vector<double>& hours)
        : first_(std::size_t(places) + 1, 0) {
        const auto each_end = [&](auto visit) {
            for (std::size_t r = 0; r < roads.size(); ++r) {
                if (!open[r]) continue;
                visit(std::size_t(roads[r].from), Link{hours[r], roads[r].to, int(r)});
                visit(std::size_t(roads[r].to), Link{hours[r], roads[r].from, int(r)});
            }
        };
        each_end([&](std::size_t i, const Link&) { ++first_[i + 1]; });
        for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
        links_.resize(first_.back());
        auto next = first_;
        each_end([&](std::size_t i, const Link& link) { links_[next[i]++] = link; });
    }

    std::span<const Link> of(int i) const {
        const auto place = std::size_t(i);
        return std::span(links_).subspan(first_[place], first_[place + 1] - first_[place]);
    }

private:
    std::vector<std::size_t> first_;
    std::vector<Link> links_;
};

/// Places that are reached and not yet left, the nearest first; of places equally near that of the smallest index. Each stands
/// here once, and moves up when a faster way to it is found.
class Front {
public:
    explicit Front(std::size_t places) : at_(places, -1) {}

    bool is_empty() const { return heap_.empty(); }

    /// A place that is reached within some hours, sooner than before if it was reached before.
    void put(double hours, int place) {
        int& at = at_[std::size_t(place)];
        if (at < 0) {
            at = int(heap_.size());
            heap_.emplace_back();
        }
        rise(std::size_t(at), {hours, place});
    }

    int take_nearest() {
        const int nearest = heap_.front().place;
        at_[std::size_t(nearest)] = -1;
        const Entry last = heap_.back();
        heap_.pop_back();
        if (!heap_.empty()) sink(last);
        return nearest;
    }

private:
    struct Entry {
        double hours;
        int place;
        bool operator<(const Entry& other) const {
            return hours < other.hours || (hours == other.hours && place < other.place);
        }
    };
    static constexpr std::size_t width = 4;  ///< branches of a node: two lines of memory

    void stand(std::size_t at, const Entry& entry) {
        heap_[at] = entry;
        at_[std::size_t(entry.place)] = int(at);
    }
    void rise(std::size_t at, const Entry& entry) {
        while (at > 0 && entry < heap_[(at - 1) / width]) {
            stand(at, heap_[(at - 1) / width]);
            at = (at - 1) / width;
        }
        stand(at, entry);
    }
    void sink(const Entry& entry) {
        std::size_t at = 0;
        for (std::size_t first = 1; first < heap_.size(); first = width * at + 1) {
            std::size_t least = first;
            for (std::size_t c = first + 1; c < std::min(first + width, heap_.size()); ++c) {
                if (heap_[c] < heap_[least]) least = c;
            }
            if (!(heap_[least] < entry)) break;
            stand(at, heap_[least]);
            at = least;
        }
        stand(at, entry);
    }

    std::vector<Entry> heap_;
    std::vector<int> at_;  ///< [P] where each place stands in the heap; -1: nowhere
};

/// What is used for one place after the other.
struct Search {
    explicit Search(std::size_t places) : km(places), last(places), front(places) {}

    std::vector<double> km;  ///< [P] by road
    std::vector<Leg> last;   ///< [P] the last stretch so far
    Front front;
};

WaysFrom ways_from(int start, const Links& links, const std::vector<Road>& roads,
                   const std::vector<bool>& through, Search& search) {
    const std::size_t places = search.km.size();
    WaysFrom ways{std::vector<double>(places, never), {}, std::vector<int>(places, -1)};
    ways.legs.reserve(places);
    auto& [km, last, front] = search;
    ways.hours[std::size_t(start)] = 0;
    km[std::size_t(start)] = 0;
    front.put(0, start);
    while (!front.is_empty()) {
        const int i = front.take_nearest();
        const auto place = std::size_t(i);
        if (i != start) {
            Leg& leg = last[place];
            km[place] = km[std::size_t(leg.before)] + roads[std::size_t(leg.road)].km;
            leg.hectometres = int(std::lround(km[place] * 10));
            ways.leg_of[place] = int(ways.legs.size());
            ways.legs.push_back(leg);
            if (!through[place]) continue;
        }
        const double so_far = ways.hours[place];
        for (const Link& link : links.of(i)) {
            const double reached = so_far + link.hours;
            if (reached >= ways.hours[std::size_t(link.to)]) continue;
            ways.hours[std::size_t(link.to)] = reached;
            last[std::size_t(link.to)] = {link.to, i, link.road, 0};
            front.put(reached, link.to);
        }
    }
    return ways;
}

/// What differs between two days.
struct Changes {
    std::vector<char> road_closed, place_closed;  ///< [R], [P] can no longer be passed
    std::vector<int> new_roads;                   ///< that can be passed, or lead on from a place that can
    bool any_closed = false;
};

Changes changes_between(const std::vector<Road>& roads, const Passable& then, const Passable& now) {
    Changes changes{std::vector<char>(roads.size(), false), std::vector<char>(now.through.size(), false), {}};
    for (std::size_t i = 0; i < now.through.size(); ++i) {
        changes.place_closed[i] = then.through[i] && !now.through[i];
        changes.any_closed = changes.any_closed || changes.place_closed[i];
    }
    for (std::size_t r = 0; r < roads.size(); ++r) {
        changes.road_closed[r] = then.open[r] && !now.open[r];
        changes.any_closed = changes.any_closed || changes.road_closed[r];
        const auto leads_on = [&](int end) {
            return now.through[std::size_t(end)] && !then.through[std::size_t(end)];
        };
        if (now.open[r] && (!then.open[r] || leads_on(roads[r].from) || leads_on(roads[r].to)))
            changes.new_roads.push_back(int(r));
    }
    return changes;
}

/// Whether the ways from a place are still the fastest: none uses what is closed, and nothing new is as fast.
bool are_same(int start, const WaysFrom& ways, const Changes& changes, const std::vector<Road>& roads,
              const std::vector<double>& hours) {
    for (const int r : changes.new_roads) {
        const double a = ways.hours[std::size_t(roads[std::size_t(r)].from)];
        const double b = ways.hours[std::size_t(roads[std::size_t(r)].to)];
        if (std::isinf(a) && std::isinf(b)) continue;
        if (std::min(a, b) + hours[std::size_t(r)] <= std::max(a, b)) return false;
    }
    if (!changes.any_closed) return true;
    return std::none_of(ways.legs.begin(), ways.legs.end(), [&](const Leg& leg) {
        return changes.road_closed[std::size_t(leg.road)] ||
               (leg.before != start && changes.place_closed[std::size_t(leg.before)]);
    });
}

}  // namespace

double great_circle_km(double lat_a, double lon_a, double lat_b, double lon_b) {
    constexpr double earth_radius_km = 6371.0088;  // mean radius, IUGG
    constexpr double degree = std::numbers::pi / 180;
    const double south_north = std::sin((lat_b - lat_a) * degree / 2);
    const double west_east = std::sin((lon_b - lon_a) * degree / 2);
    const double h = south_north * south_north +
                     std::cos(lat_a * degree) * std::cos(lat_b * degree) * west_east * west_east;
    return 2 * earth_radius_km * std::asin(std::min(1.0, std::sqrt(h)));
}

double hours_on_road(const Road& road, TravelMode mode, const TravelSettings& travel) {
    if (mode == TravelMode::foot) return road.km / (travel.foot_km_per_day / travel.hours_per_day);
    return road.km / (travel.speed_kmh * speed_factor(road.road_class, travel));
}

FastestWays fastest_ways(int places, const std::vector<Road>& roads, const std::vector<double>& hours,
                         const Passable& now, const FastestWays* known, const Passable* then) {
    const Links links(places, roads, now.open, hours);
    Search search{std::size_t(places)};
    const Changes changes = known ? changes_between(roads, *then, now) : Changes{};
    FastestWays ways;
    for (int start = 0; start < places; ++start) {
        const auto place = std::size_t(start);
        ways.from.push_back(
            known && are_same(start, *known->from[place], changes, roads, hours)
                ? known->from[place]
                : std::make_shared<const WaysFrom>(ways_from(start, links, roads, now.through, search)));
    }
    return ways;
}

}  // namespace nuzuh
