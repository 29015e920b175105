// Runs that forget the homes of displaced people, eight side by side.
#pragma once

#include "sim/engine/engine.hpp"

namespace nuzuh::pooled {

/// Whether runs can be moved side by side: between the same places, with groups of the same kind; by means on one network.
bool can_stand_together(const Member& a, const Member& b);

/// Compartments without origins: counts by group and place, with those displaced at a place in one pool, whatever
/// their home. People are drawn to where most fled; those who return go to the open homes as all displaced people are
/// away from them.
///
/// Up to eight runs are moved side by side, number by number: every loop of the rules is then eight numbers wide,
/// and what the network fixes is read once for all of them. A run's numbers do not depend on who stands beside it.
///
/// Its state is `State`, a step of it `step`.
///
/// @param members  that `can_stand_together`
std::unique_ptr<Engine> make_pooled(std::span<const Member> members);

}  // namespace nuzuh::pooled
