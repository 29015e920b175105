// The case folders of Flee 3: places, routes, conflicts, closures and registrations of a historical conflict.
#pragma once

#include <filesystem>
#include <optional>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Whether a folder looks like a case: it holds `input_csv`.
bool is_flee_case(const std::filesystem::path& folder);

/// Reads a case into the tree of a scenario whose every value stands where the case says it, so that
/// everything downstream (overrides, checks, messages with file, line and column) works as for a scenario.
///
/// What Flee silently ignores is a warning; what stops Flee, or cannot be kept, is an error.
///
/// @param folder    holds `input_csv`, `source_data` and perhaps `simsetting.yml`
/// @param settings  another file of settings; "" for the folder's own
///
/// Source   Flee 3 and FabFlee (Groen and others 2024), read at commits 02cd2cbd and 99335a00
/// @return  nothing when files are missing or cannot be read
std::optional<Node> read_flee_case(const std::filesystem::path& folder, const std::filesystem::path& settings,
                                   Sources& sources, Notes& notes);

}  // namespace nuzuh::scenario
