// The axes of a study, as they are written and as they are read.
#pragma once

#include "sim/model/settings.hpp"
#include "sim/model/study_settings.hpp"
#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// The tree with its axes, written `KEY: {from: A, to: B}` or `KEY: [A, B, C]`, as a list of entries
/// with `key`.
Node with_axes_as_list(const Node& study, Notes& notes);

/// Says what is wrong with axes beside their form: keys that do not exist or change nothing in a run, values that
/// the setting does not take.
void check_axes(const Node& study, const StudySettings& read, const ScenarioSettings& scenario, Notes& notes);

}  // namespace nuzuh::scenario
