// Counts of households between cells.
#pragma once

#include "sim/engine/engine.hpp"

namespace nuzuh::compartment {

/// The compartment engine: for each group, households at home, back home, displaced at a place or waiting there by home,
/// and on the road by destination, home and steps left.
///
/// Its state is `State`, a step of it `step`.
std::unique_ptr<Engine> make_compartments(const World& world, const EngineSpec& spec);

}  // namespace nuzuh::compartment
