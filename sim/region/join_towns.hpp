// Towns on roads.
#pragma once

#include <vector>

#include "sim/region/road_graph.hpp"

namespace nuzuh::region {

/// Parts of the roads between which no road leads.
struct RoadParts {
    std::vector<int> of;     ///< [point] number of its part; parts are numbered by their first point
    std::vector<double> km;  ///< [part] length of its roads
};

RoadParts parts_of(const RoadMap& roads);

/// The nearest point of a road to a town.
struct NearestRoad {
    int segment = -1;  ///< -1: none in reach
    double along = 0;  ///< share of the segment before it, from 0 to 1
    double km = 0;     ///< how far off
};

/// The nearest point of a road to each town, within `reach_km`.
///
/// A part with less than 10 km of road, such as a car park, is passed over for a larger part at most 1 km farther off
/// [judgement].
std::vector<NearestRoad> nearest_roads(const RoadMap& roads, const RoadParts& parts,
                                       const std::vector<Town>& towns, double reach_km);

/// How far the nearest road is from a town, wherever it is [km].
double km_to_nearest_road(const RoadMap& roads, const Town& town);

/// The graph of the roads of parts that hold a town, with towns as vertices of their own or, where a town is nearest to
/// an end of a segment, in its place.
RoadGraph graph_with_towns(const RoadMap& roads, const RoadParts& parts,
                           const std::vector<NearestRoad>& nearest);

}  // namespace nuzuh::region
