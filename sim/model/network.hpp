// Places and roads, and the fastest open way between any two.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sim/base/made_when_asked.hpp"
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

/// The roads at each place, open or not.
class RoadsAt {
public:
    /// A road as it leaves a place.
    struct End {
        int to;  ///< place at its other end
        int road;
    };

    /// @throws  std::length_error if more roads than a position can count meet at a place
    RoadsAt(int places, const std::vector<Road>& roads);

    using Position = std::uint16_t;
    static constexpr Position none = std::numeric_limits<Position>::max();

    /// The road at a position of a place, and where it leads.
    const End& at(int place, Position position) const { return ends_[first_[std::size_t(place)] + position]; }
    /// All roads at a place.
    std::span<const End> at(int place) const {
        const auto first = first_[std::size_t(place)];
        return std::span(ends_).subspan(first, first_[std::size_t(place) + 1] - first);
    }
    /// Position of a road at one of its ends.
    Position position(int place, int road) const {
        const auto& [from, positions] = roads_[std::size_t(road)];
        return positions[from == place ? 0 : 1];
    }

private:
    struct OfRoad {
        int from;
        std::array<Position, 2> position;  ///< at the two ends
    };
    std::vector<std::size_t> first_;  ///< [P + 1]
    std::vector<End> ends_;
    std::vector<OfRoad> roads_;
};

/// The last stretch of the way to a place.
struct Leg {
    int before;  ///< place before it on the way
    int road;
    int hectometres;  ///< of the whole way by road [100 m]
};

/// The fastest ways from one place.
struct WaysFrom {
    std::vector<double> hours;  ///< [P] infinite where there is no way
    std::vector<int> reached;   ///< every other place that is reached, nearest first
    std::vector<RoadsAt::Position>
        back;  ///< [P] the road on which the way to a place ends, among those there; `none` where there is no way
    std::vector<int> hectometres;  ///< [P] by road [100 m]
    std::shared_ptr<const RoadsAt> roads;

    bool leads_to(int j) const { return back[std::size_t(j)] != RoadsAt::none; }
    /// The last road of a way, and the place before.
    const RoadsAt::End& last(int j) const { return roads->at(j, back[std::size_t(j)]); }
    /// The last stretch of the way to a place; none where there is no way, and to the place itself.
    std::optional<Leg> leg_to(int j) const {
        if (!leads_to(j)) return {};
        return Leg{last(j).to, last(j).road, hectometres[std::size_t(j)]};
    }
};

struct StateOfRoads;

/// The fastest ways between all pairs of places while one set of roads is open. Those from a place are found when they are
/// first asked for.
class FastestWays {
public:
    MadeWhenAsked<WaysFrom>
        from;  ///< [P]; shared with earlier states in which they are the same, as far as these were asked for

    double hours(int start, int to) const { return from[std::size_t(start)]->hours[std::size_t(to)]; }
    const std::vector<int>& reached(int start) const { return from[std::size_t(start)]->reached; }
    std::optional<Leg> leg(int start, int to) const { return from[std::size_t(start)]->leg_to(to); }

    /// A time that no way exceeds, however far apart its ends [h]. Ways from a few places in the middle are found for it.
    double longest_hours() const;

private:
    friend FastestWays fastest_ways(int places, const std::vector<Road>& roads,
                                    const std::vector<double>& hours, const Passable& now,
                                    const FastestWays* before);
    std::shared_ptr<const StateOfRoads> state_;
};

/// Dijkstra's algorithm from a place. Ties are broken by the smaller place index, so that a network has one set of
/// ways.
///
/// @param hours   [R] hours for each road
/// @param before  ways of the same network while something else could be passed; nullptr: none. What was asked for there is
///                shared where no change touches it, and mended where one does.
FastestWays fastest_ways(int places, const std::vector<Road>& roads, const std::vector<double>& hours,
                         const Passable& now, const FastestWays* before = nullptr);

}  // namespace nuzuh
