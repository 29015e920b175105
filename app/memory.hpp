// Whether an ensemble fits into memory, asked before it is run.
#pragma once

#include "sim/study/ensemble.hpp"

namespace nuzuh::app {

/// Bytes that run_ensemble will need at most for its results and engines, beyond the world.
double ensemble_bytes(const World& world, const EnsembleSpec& spec);

}  // namespace nuzuh::app
