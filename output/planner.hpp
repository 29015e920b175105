// What planners ask for, in a results file: people by danger, first days at which places are full, needs.
#pragma once

#include "output/sink.hpp"
#include "sim/study/ensemble.hpp"

namespace nuzuh {

/// The names along the axis of danger bands.
void write_band_names(ResultsSink& to);

void write_planner_quantities(ResultsSink& to, const World& world, const EnsembleResult& result, int threads);

}  // namespace nuzuh
