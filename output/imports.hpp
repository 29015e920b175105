// Imported scenarios and tables onto the disk: all files, or none that was not there.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/load.hpp"

namespace nuzuh {

/// Files that were written, the one that names the others first; or why none was.
using Written = Result<std::vector<std::filesystem::path>>;

/// Writes a case of Flee 3 as a scenario, and its tables in a folder of the scenario's name beside it.
///
/// @param folder  of the case
/// @param target  the scenario; "": the name of the case with .yaml, in the working directory
/// @throws        h5::Error when one cannot be written, as all below
Written write_flee_case(const LoadedScenario& loaded, const std::string& folder, std::filesystem::path target,
                        bool force);

/// Writes a region: scenario.yaml, its tables in network/, and report.csv.
///
/// @param report  what was guessed, left out or put elsewhere, with file and row
/// @param read    files of which it must be none
Written write_region(const ScenarioSettings& settings, const Findings& report,
                     const std::filesystem::path& folder, bool force,
                     std::span<const std::filesystem::path> read);

/// Writes strikes as a table that a scenario can name.
///
/// @param events  tables that they were read from, the first gives the default name
/// @param target  the table; "": the name of the first with .bombardment.csv, in the working directory
/// @param read    files of which it must be none, beside the events
Written write_bombardment(const std::vector<BombardmentSettings>& bombardment,
                          const std::vector<std::string>& events, std::filesystem::path target, bool force,
                          std::vector<std::filesystem::path> read);

}  // namespace nuzuh
