// Which pairs of towns get a route of their own.
#pragma once

#include <vector>

#include "sim/region/road_graph.hpp"

namespace nuzuh::region {

/// The shortest road between two towns, a before b.
struct TownPair {
    int a = 0, b = 0;
    double km = 0;
    std::vector<int> way;  ///< its stretches, from one end to the other
};

/// Pairs of towns, shortest first, that those before do not join within `detour` times their shortest road: over open
/// roads, then over all, so that what closed roads shorten is there besides the open way round.
///
/// Searches go out from each town in rounds of twice the distance. A search does not go on from a vertex x behind a town w
/// that the kept routes reach well enough: where kept(u, w) + detour * road(w, x) <= detour * road(u, x), every town v
/// whose shortest way leads over x is joined well enough by way of w, because w and v are nearer to each other than u
/// and v. So the pairs are the same as if every search had gone to the end.
/// @param graph  reduced
std::vector<TownPair> pairs_to_keep(const RoadGraph& graph, double detour);

}  // namespace nuzuh::region
