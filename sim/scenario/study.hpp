// From the file a user writes to a study: a scenario, what is varied in it, and what is kept.
#pragma once

#include "sim/model/study_settings.hpp"
#include "sim/scenario/load.hpp"

namespace nuzuh {

/// A study as read.
struct LoadedStudy {
    LoadedScenario scenario;
    StudySettings study;
};

/// Reads a study: a scenario file that also has `axes` and other keys of a study.
///
/// Every end of a range and every value of an axis is set once, so that a key that does not exist and a value
/// out of its setting's range are findings here, in their own line, before anything is run.
///
/// @return  the study, or every mistake at once; `located` gives lines to what `make_world` and `make_design`
///          find
Result<LoadedStudy> load_study(const std::string& path, const std::vector<std::string>& overrides = {});

/// Whether a file, or what it extends, has keys of a study.
bool is_study(const std::string& path);

}  // namespace nuzuh
