// A study from the command line, checked as a whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "output/study.hpp"

namespace nuzuh::app {

/// Reads a study and makes its design; prints everything that is wrong with it to stderr.
///
/// @param says  whether this process prints
/// @return      nothing if there are errors
std::optional<Study> checked_study(const std::string& path, const std::vector<std::string>& overrides,
                                   const Session& session, bool says = true);

}  // namespace nuzuh::app
