// Everything that can be wrong with a scenario although each of its values is in range.
#pragma once

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh {

/// All that keeps a scenario from making sense, and warnings for what it says without effect.
///
/// @return  findings with dotted paths; no error among them means that a World can be built
Findings check_settings(const ScenarioSettings& settings);

}  // namespace nuzuh
