// The network of a region as it is put together.
#pragma once

#include <string>
#include <vector>

#include "sim/region/gazetteer.hpp"

namespace nuzuh::region {

/// Places, and the units that they lie in as areas.
Network network_of(const Gazetteer& gazetteer);

/// A post as a place of no people until it is known whether it is a crossing.
PlaceSettings place_of_post(const std::string& id, const BorderPost& post);

/// Routes between places, and forks as waypoints. Whether each route crosses a border is returned.
std::vector<bool> add_routes(const RoadMap& roads, const RoadSpec& spec, Network& network, Findings& report);

}  // namespace nuzuh::region
