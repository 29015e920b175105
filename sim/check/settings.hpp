// Everything that can be wrong with a scenario although each of its values is in range.
#pragma once

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh {

/// All that keeps a scenario from making sense, and warnings for what it says without effect.
///
/// @param right  settings in which there is no error; what only names and dates can put wrong is not looked for again,
///               nor warned of, if they are the same there
/// @return  findings with dotted paths; no error among them means that a World can be built
Findings check_settings(const ScenarioSettings& settings, const ScenarioSettings* right = nullptr);

}  // namespace nuzuh
