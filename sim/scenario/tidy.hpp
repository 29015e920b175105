// A scenario as files that people read and change.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sim/model/settings.hpp"

namespace nuzuh {

/// A scenario file and the tables that it names.
struct ScenarioFiles {
    std::string yaml;
    std::vector<std::pair<std::string, std::string>> tables;  ///< path relative to the scenario, content
};

/// The scenario with only what differs from the defaults, long lists and the network as CSV tables in a folder of
/// its own. `load_scenario` reads it back to the same settings.
///
/// @param heading  a comment at the top, without '#'; may have several lines
/// @param folder   name of the folder of tables, beside the scenario
ScenarioFiles scenario_files(const ScenarioSettings& settings, const std::string& heading,
                             const std::string& folder);

/// Bombardment as a table that a scenario can name: `bombardment: [{table: FILE}]`.
std::string bombardment_csv(const std::vector<BombardmentSettings>& bombardment);

}  // namespace nuzuh
