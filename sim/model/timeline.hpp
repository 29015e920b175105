// What a scenario fixes for each step, worked out once for all runs.
#pragma once

#include "sim/base/finding.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

constexpr int longest_memory_days = 366;  ///< strikes longer before the period are forgotten; judgement

/// Fills `world.network`, `inputs`, `responses`, `attraction`, `departures`, `conflicts` and `registered` from its
/// settings, places and roads.
///
/// Strikes dated before the period are remembered on its first day.
///
/// @param earlier  worlds whose parts are shared where all that is behind them is the same
///
/// Cost     O(steps * P^2); the attraction matrices take steps * modes * P^2 * 8 bytes.
void lay_out_timeline(World& world, EarlierWorlds earlier);

}  // namespace nuzuh
