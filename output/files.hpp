// What files are asked before they are written, and read whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "output/pending_file.hpp"

namespace nuzuh {

/// Why `target` cannot be written by a command that has other files, before anything is computed for it: "" if it can.
///
/// @param spared  files of which it must be none, also when forced: what is read, and what else is written
std::string why_not_target(const std::filesystem::path& target, bool force,
                           std::span<const std::filesystem::path> spared);

/// All bytes of a file.
///
/// @throws  h5::Error
std::vector<std::byte> bytes_of(const std::filesystem::path& file);

}  // namespace nuzuh
