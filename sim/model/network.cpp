#include "sim/model/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>
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

struct Link {
    int to;
    int road;
};

constexpr double never = std::numeric_limits<double>::infinity();

/// The open roads of each place.
std::vector<std::vector<Link>> links_of(int places, const std::vector<Road>& roads,
                                        const std::vector<bool>& open) {
    std::vector<std::vector<Link>> links(static_cast<std::size_t>(places));
    for (std::size_t r = 0; r < roads.size(); ++r) {
        if (!open[r]) continue;
        links[std::size_t(roads[r].from)].push_back({roads[r].to, int(r)});
        links[std::size_t(roads[r].to)].push_back({roads[r].from, int(r)});
    }
    return links;
}

WaysFrom ways_from(int start, const std::vector<std::vector<Link>>& links, const std::vector<Road>& roads,
                   const std::vector<double>& hours, const std::vector<bool>& through) {
    const std::size_t places = links.size();
    WaysFrom ways{std::vector<double>(places, never), {}, std::vector<int>(places, -1)};
    std::vector<double> km(places, 0);  // by road
    ways.legs.reserve(places);
    std::vector<Link> last(places, {-1, -1});  // where a place is reached from
    std::vector<char> settled(places, false);
    using Front = std::pair<double, int>;  // hours from the start, place
    std::priority_queue<Front, std::vector<Front>, std::greater<>> front;
    ways.hours[std::size_t(start)] = 0;
    front.push({0, start});
    while (!front.empty()) {
        const auto [so_far, i] = front.top();
        front.pop();
        const auto place = std::size_t(i);
        if (settled[place]) continue;
        settled[place] = true;
        if (i != start) {
            const auto& [before, road] = last[place];
            km[place] = km[std::size_t(before)] + roads[std::size_t(road)].km;
            ways.leg_of[place] = int(ways.legs.size());
            ways.legs.push_back({i, before, road, int(std::lround(km[place] * 10))});
        }
        if (i != start && !through[place]) continue;
        for (const auto& link : links[place]) {
            const double reached = so_far + hours[std::size_t(link.road)];
            if (reached >= ways.hours[std::size_t(link.to)]) continue;
            ways.hours[std::size_t(link.to)] = reached;
            last[std::size_t(link.to)] = {i, link.road};
            front.push({reached, link.to});
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
    const auto links = links_of(places, roads, now.open);
    const Changes changes = known ? changes_between(roads, *then, now) : Changes{};
    FastestWays ways;
    for (int start = 0; start < places; ++start) {
        const auto place = std::size_t(start);
        ways.from.push_back(
            known && are_same(start, *known->from[place], changes, roads, hours)
                ? known->from[place]
                : std::make_shared<const WaysFrom>(ways_from(start, links, roads, hours, now.through)));
    }
    return ways;
}

}  // namespace nuzuh
