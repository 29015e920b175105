// The effective scenario, written out.
#pragma once

#include <string>

#include "sim/model/settings.hpp"

namespace nuzuh {

/// The whole scenario as one YAML text: every key with the value in force, defaults included, units as
/// comments, tables in place. `load_scenario` reads it back to the same settings.
std::string effective_yaml(const ScenarioSettings& settings);

}  // namespace nuzuh
