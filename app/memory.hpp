// Whether an ensemble fits into memory, asked before it is run.
#pragma once

#include "sim/study/ensemble.hpp"

namespace nuzuh::app {

/// Bytes that run_ensemble will need at most for its results and engines, beyond the world.
double ensemble_bytes(const World& world, const EnsembleSpec& spec);

/// Bytes that this process may still use: free memory of the machine or of the control group, whichever is
/// less; infinite where neither can be read.
double available_bytes();

/// Has the C library keep memory that is freed. A study takes the same megabytes for each segment; glibc would give
/// them back, and the system clear them anew, which takes a tenth of a millisecond a run.
void keep_freed_memory();

/// "12.3 GB".
std::string bytes_text(double bytes);

}  // namespace nuzuh::app
