// The network as it changes.
#pragma once

#include "sim/model/world.hpp"

namespace nuzuh {

/// Whether a front's town has fallen by a day.
inline bool has_fallen(const FrontSettings& front, Date date) { return front.falls && date >= *front.falls; }

/// The ways of every step: roads open and close, and nobody passes a place that has fallen.
///
/// @param world  with places, roads, modes and period
PassableNetwork passable_network(const World& world);

/// How long ways take.
Journeys journeys_of(const World& world, const FastestWays& ways);

}  // namespace nuzuh
