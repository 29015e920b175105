// What files are asked before they are written, and read whole.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "output/pending_file.hpp"
#include "sim/base/finding.hpp"

namespace nuzuh {

/// Why `target` cannot be written by a command that has other files, before anything is computed for it: "" if it can.
///
/// @param spared  files of which it must be none, also when forced: what is read, and what else is written
std::string why_not_target(const std::filesystem::path& target, bool force,
                           std::span<const std::filesystem::path> spared);

/// What helps where a target cannot be written: `--force` if that is all it wants, or another name.
std::string way_to_write(bool forcing_helps, std::string_view another = "another name with -o");
std::string way_to_write(const std::filesystem::path& target, std::span<const std::filesystem::path> spared,
                         std::string_view another = "another name with -o");

/// Why `target` cannot be written, with what helps; nothing if it can.
Findings why_no_target(const std::filesystem::path& target, bool force,
                       std::span<const std::filesystem::path> spared,
                       std::string_view another = "another name with -o");

/// A text and the file that it belongs in.
struct TextFile {
    std::filesystem::path path;
    std::string text;
};

/// Writes several texts: all of them, or none that was not there.
///
/// @throws  h5::Error when one cannot be written
void write_together(const std::vector<TextFile>& files, bool force);

/// All bytes of a file.
///
/// @throws  h5::Error
std::vector<std::byte> bytes_of(const std::filesystem::path& file);

}  // namespace nuzuh
