// Places beyond the border of a region.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh::region {

/// Places that are cut off from where most people live when no route across a border is taken, and joined to it by one.
///
/// @param crosses_border  [route of the network]
std::set<std::string> beyond_border_routes(const Network& network, const std::vector<bool>& crosses_border);

/// Makes of each place beyond the border, to which a route from within leads, a place abroad and the crossing that leads there, on the
/// same spot. Its people are not counted, routes between two such places and places that none leads to are left out.
void put_abroad(const std::set<std::string>& beyond, Network& network, Findings& report);

}  // namespace nuzuh::region
