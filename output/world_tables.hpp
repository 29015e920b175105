// What every results file says of the scenario and its network, whatever was run.
#pragma once

#include <limits>
#include <vector>

#include "output/sink.hpp"
#include "output/writer.hpp"
#include "sim/model/world.hpp"
#include "sim/study/kept_places.hpp"

namespace nuzuh {

/// Stands where a number is not there: no capacity, no threshold, a day that never comes.
constexpr float missing = std::numeric_limits<float>::quiet_NaN();

void write_root_attributes(ResultsSink& to, const World& world, const Provenance& provenance);
void write_places(ResultsSink& to, const World& world, const KeptPlaces& kept);
void write_homes(ResultsSink& to, const World& world);
void write_routes(ResultsSink& to, const World& world, const KeptPlaces& kept);
void write_border(ResultsSink& to, const std::vector<BorderPoint>& border);

}  // namespace nuzuh
