#include "sim/model/network.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <queue>
#include <tuple>

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
                         const std::vector<bool>& open, const std::vector<bool>& through) {
    std::vector<std::vector<Link>> links(places);
    for (int r = 0; r < int(roads.size()); ++r) {
        if (!open[r]) continue;
        links[roads[r].from].push_back({roads[r].to, r});
        links[roads[r].to].push_back({roads[r].from, r});
    }
    constexpr double never = std::numeric_limits<double>::infinity();
    FastestWays ways{Eigen::ArrayXXd::Constant(places, places, never),
                     Eigen::ArrayXXi::Constant(places, places, -1),
                     Eigen::ArrayXXi::Constant(places, places, -1),
                     {}};
    ways.legs.resize(places);
    using Front = std::tuple<double, int>;  // hours from the start, place
    std::priority_queue<Front, std::vector<Front>, std::greater<>> front;
    std::vector<char> settled;
    for (int start = 0; start < places; ++start) {
        settled.assign(std::size_t(places), false);
        ways.legs[start].reserve(std::size_t(places));
        ways.hours(start, start) = 0;
        front.push({0, start});
        while (!front.empty()) {
            const auto [so_far, i] = front.top();
            front.pop();
            if (settled[i]) continue;
            settled[i] = true;
            if (i != start)
                ways.legs[start].push_back({i, ways.last_stop(start, i), ways.last_road(start, i)});
            if (i != start && !through[i]) continue;
            for (const auto& link : links[i]) {
                const double reached = so_far + hours[link.road];
                if (reached >= ways.hours(start, link.to)) continue;
                ways.hours(start, link.to) = reached;
                ways.last_road(start, link.to) = link.road;
                ways.last_stop(start, link.to) = i;
                front.push({reached, link.to});
            }
        }
    }
    return ways;
}

}  // namespace nuzuh
