// What planners ask for, in a results file: people by danger, first days at which places are full, needs.
#pragma once

#include "output/builder.hpp"
#include "sim/study/ensemble.hpp"

namespace nuzuh {

void write_planner_quantities(ResultsBuilder& file, const World& world, const EnsembleResult& result,
                              int threads);

}  // namespace nuzuh
