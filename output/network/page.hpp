// The page of a network: what a scenario says of places, roads and strikes, to be looked at before anything is run.
#pragma once

#include <string>

#include "sim/base/finding.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// One HTML page without any other file or address; see `html_page`.
///
/// @param findings  what was found doubtful, which the page lists and marks on its map
std::string network_page(const World& world, const Findings& findings);

}  // namespace nuzuh
