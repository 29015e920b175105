// What planners ask for, in a results file: people by danger, first days at which places are full, needs.
#pragma once

#include "output/sink.hpp"
#include "sim/study/ensemble.hpp"

namespace nuzuh {

/// The names along the axis of danger bands.
void write_band_names(ResultsSink& to);

/// @param series  of the result, as far as they are kept
void write_planner_quantities(ResultsSink& to, const World& world, const EnsembleResult& result,
                              const EnsembleResult& series, int threads);

}  // namespace nuzuh
