// Where those who leave go, by means.
#pragma once

#include "sim/engine/pooled/state.hpp"

namespace nuzuh::pooled {

/// Puts everyone who leaves on the road, by means.
void set_out_in_means(const Runs& runs, State& state, Scratch& scratch);

}  // namespace nuzuh::pooled
