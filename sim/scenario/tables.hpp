// CSV tables and network folders put in the place where a scenario names them.
#pragma once

#include <filesystem>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Replaces `network: folder` by its tables, and every list entry `{table: file.csv}` by the file's rows.
///
/// @param folder  what the paths are relative to
void put_tables_in(Node& scenario, const std::filesystem::path& folder, Sources& sources, Notes& notes);

/// Whether this network was read from a folder (and so replaces another whole) or written in place.
bool is_from_folder(const Node& network);

}  // namespace nuzuh::scenario
