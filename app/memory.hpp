// Whether an ensemble fits into memory, asked before it is run.
#pragma once

#include "sim/study/ensemble.hpp"

namespace nuzuh::app {

/// Whether the large series of members lie on the disk while others are at work: from a gigabyte on, and from a megabyte a
/// member on, since each takes a file. Results are the same. Judgement: what a small machine has to spare.
bool needs_shelf(const World& world, const EnsembleSpec& spec);

/// Bytes that run_ensemble will need at most for its results and engines, beyond the world.
double ensemble_bytes(const World& world, const EnsembleSpec& spec);

}  // namespace nuzuh::app
