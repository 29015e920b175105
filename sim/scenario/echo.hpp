// The effective scenario, written out.
#pragma once

#include <string>

#include "sim/model/settings.hpp"
#include "sim/model/study_settings.hpp"

namespace nuzuh {

/// The whole scenario as one YAML text: every key with the value in force, defaults included, units as
/// comments, tables in place. `load_scenario` reads it back to the same settings.
std::string effective_yaml(const ScenarioSettings& settings);

/// A study as one YAML text that `load_study` takes back: the effective scenario, axes, design and the rest.
std::string effective_yaml(const ScenarioSettings& scenario, const StudySettings& study);

}  // namespace nuzuh
