// Places and roads, and the fastest open way between any two.
#pragma once

#include <memory>
#include <vector>

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

/// What people can pass on a day.
struct Passable {
    std::vector<bool> open;     ///< [R] roads that can be used
    std::vector<bool> through;  ///< [P] places that people can pass on the way elsewhere
    bool operator==(const Passable&) const = default;
};

/// The last stretch of the way to a place.
struct Leg {
    int to;
    int before;  ///< place before it on the way
    int road;
    int hectometres;  ///< of the whole way by road [100 m]
};

/// The fastest ways from one place.
struct WaysFrom {
    std::vector<double> hours;  ///< [P] infinite where there is no way
    std::vector<Leg> legs;      ///< to every other place that is reached, nearest first
    std::vector<int> leg_of;    ///< [P] index of a place's leg; -1 where there is none

    /// The last stretch of the way to a place; nullptr where there is no way, and to the place itself.
    const Leg* leg_to(int j) const {
        const int leg = leg_of[std::size_t(j)];
        return leg < 0 ? nullptr : &legs[std::size_t(leg)];
    }
};

/// The fastest ways between all pairs of places while one set of roads is open.
class FastestWays {
public:
    std::vector<std::shared_ptr<const WaysFrom>>
        from;  ///< [P]; shared with other states in which they are the same

    double hours(int start, int to) const { return from[std::size_t(start)]->hours[std::size_t(to)]; }
    const std::vector<Leg>& legs(int start) const { return from[std::size_t(start)]->legs; }
    const Leg* leg(int start, int to) const { return from[std::size_t(start)]->leg_to(to); }
};

/// Dijkstra's algorithm from every place. Ties are broken by the smaller place index, so that a network has one set of
/// ways.
///
/// @param hours  [R] hours for each road
/// @param known  ways while something else could be passed; nullptr: none. Those from a place which no change touches are
///               shared.
/// @param then   what that was
FastestWays fastest_ways(int places, const std::vector<Road>& roads, const std::vector<double>& hours,
                         const Passable& now, const FastestWays* known = nullptr,
                         const Passable* then = nullptr);

}  // namespace nuzuh
