// From settings to a World: the only way to one.
#pragma once

#include "sim/base/finding.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// Builds the world that a scenario describes, or says everything that keeps it from making sense: unknown
/// names, dates out of order or outside the period, shares that do not add up, places nobody can reach.
/// Findings carry dotted paths (`fronts[2].place`), no file positions.
///
/// @param settings  of the scenario
/// @param earlier   a study whose sets differ in behaviour alone works out its ways and strikes once
Result<World> make_world(ScenarioSettings settings, EarlierWorlds earlier = {});

}  // namespace nuzuh
