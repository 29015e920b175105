// Tables for other programs: CSV files that are whole or absent.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/commands.hpp"

namespace nuzuh::app {

/// Whether a file can be written, asked before anything is computed for it; prints why not.
///
/// @param target  "": no file is asked for, which is fine
/// @param spared  files of which it must be none: what is read, and what else is written
bool can_write_table(const std::string& target, bool force,
                     const std::vector<std::filesystem::path>& spared = {});

/// Writes the text and says so. @throws  h5::Error when it cannot be written
void write_table(const std::string& target, const std::string& text, bool force, const Session& session);

}  // namespace nuzuh::app
