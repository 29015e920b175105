// Places and roads, and the fastest open way between any two.
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include "sim/model/settings.hpp"

namespace nuzuh {

/// A road with its ends as indices of places; it carries people both ways.
struct Road {
    int from = 0;
    int to = 0;
    double km = 0;
    RouteClass road_class = RouteClass::secondary;
};

/// Great-circle distance [km] on a sphere of radius 6371.0088 km (haversine formula).
double great_circle_km(double lat_a, double lon_a, double lat_b, double lon_b);

/// Hours needed for a road in flight.
///
///     by vehicle  km / (speed * factor of the class)
///     on foot     km / (km per day / hours per day)
double hours_on_road(const Road& road, TravelMode mode, const TravelSettings& travel);

/// Fastest ways between all pairs of places while one set of roads is open.
///
/// Shape    [P, P], from row to column; unreachable: infinite hours, no last road.
struct FastestWays {
    Eigen::ArrayXXd hours;
    Eigen::ArrayXXi last_road;  ///< index of the last road of the way; -1 where there is none
    Eigen::ArrayXXi last_stop;  ///< place before the destination on the way; -1 where there is none
    /// The last stretch of the way to a place.
    struct Leg {
        int to;
        int before;  ///< place before it on the way
        int road;
    };
    std::vector<std::vector<Leg>> legs;  ///< [P] to every place reachable from each, nearest first
};

/// Dijkstra's algorithm from every place. Ties are broken by the smaller place index, so that a network has
/// one set of ways.
///
/// @param hours  [R] hours for each road
/// @param open   [R] whether it can be used
/// @param through [P] whether people can pass through the place on the way elsewhere
FastestWays fastest_ways(int places, const std::vector<Road>& roads, const std::vector<double>& hours,
                         const std::vector<bool>& open, const std::vector<bool>& through);

}  // namespace nuzuh
