// A scenario and its tables onto the disk: all files, or none that was not there.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/scenario/tidy.hpp"

namespace nuzuh::app {

/// The first reason for which one of the files cannot be written; "" if there is none.
///
/// @param read  files of which it must be none
std::string why_not_written(const std::filesystem::path& target, const ScenarioFiles& files, bool force,
                            const std::vector<std::filesystem::path>& read);

/// Writes the tables, then the scenario that names them. @throws  h5::Error when one cannot be written
void write_scenario(const std::filesystem::path& target, const ScenarioFiles& files, bool force);

}  // namespace nuzuh::app
