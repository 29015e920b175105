// What the decisions of a step rest on.
#pragma once

#include "sim/engine/pooled/state.hpp"

namespace nuzuh::pooled {

/// What the scenarios fix for a step: ways, inputs and attraction.
void take_inputs(const Runs& runs, int step, Scratch& scratch);

/// Attraction from place i in a run, worked out when it is first asked for in a step; by draws.
///
/// @return  [P]
const double* attraction_from(const Runs& runs, int step, std::size_t mode, std::size_t run, std::size_t i,
                              Scratch& scratch);

/// How places attract people who leave, and which homes they may go back to, as people stand at the start of the step.
void find_weights(const Runs& runs, State& state, Scratch& scratch);

}  // namespace nuzuh::pooled
