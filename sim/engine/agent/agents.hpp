// The agent engine: households, each with a history.
#pragma once

#include "sim/engine/engine.hpp"

namespace nuzuh::agent {

/// The agent engine: the cells of the compartments, filled with households instead of counts.
///
/// A household that settles in a cell draws one unit-exponential threshold and leaves in the step in which the
/// cumulative hazard of the cell passes it (Sellke's construction). Given the cell's hazards this is the same
/// chance each step as a draw a step, because the exponential distribution has no memory; so the counts of
/// this engine and of the stochastic compartments have the same distribution. A step costs what moves, not
/// what exists.
///
/// Its state is `State`, a step of it `step`.
std::unique_ptr<Engine> make_agents(const World& world, const EngineSpec& spec);

}  // namespace nuzuh::agent
