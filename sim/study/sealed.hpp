// Files that know whether they are damaged: a line that says what they are, a SHA-256 of the rest, the rest.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace nuzuh {

/// @param heading  a line, with its end
std::vector<std::byte> sealed(std::string_view heading, std::span<const std::byte> content);

bool has_heading(std::span<const std::byte> file, std::string_view heading);

/// The content of a file that has this heading; nothing if its SHA-256 does not hold.
std::optional<std::span<const std::byte>> unsealed(std::string_view heading, std::span<const std::byte> file);

}  // namespace nuzuh
