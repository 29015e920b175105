// Located nodes into settings, field by field.
#pragma once

#include "sim/model/settings.hpp"
#include "sim/model/study_settings.hpp"
#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Fills the settings from the merged scenario; every key that cannot be read is a note, and its member keeps
/// the default.
ScenarioSettings read_settings(const Node& scenario, Notes& notes);

/// The same for the keys of a study, which stand beside those of its scenario.
StudySettings read_study(const Node& study, Notes& notes);

}  // namespace nuzuh::scenario
