// Files that tell whether they are as they were written: their last line is the SHA-256 of all before it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nuzuh {

/// What a last line begins with. HDF5 does not look behind the end of its own bytes, and its own checks see few damages:
/// single flipped bits of deflated values pass them.
enum class Sealed { segment, results };

/// Whether the SHA-256 is reckoned again when a file is opened: not for what this process has just written, which would take a
/// hundredth of a study's time.
enum class Seal { is_checked, is_trusted };

/// The last line of a file of these bytes.
std::string seal_of(Sealed kind, std::span<const std::byte> content);

/// What stands before the last line; nothing if there is none, or the bytes are others.
std::optional<std::span<const std::byte>> unsealed(Sealed kind, std::span<const std::byte> file, Seal seal);

/// The same for a file on the disk.
///
/// @throws  h5::Error if it cannot be read
std::string seal_of(Sealed kind, const std::filesystem::path& file);

/// What a file's last line says of it.
enum class SealFound { holds, does_not_hold, none };

/// Cost     reads the file; about four seconds a GB
/// @throws  h5::Error if it cannot be read
SealFound seal_found(Sealed kind, const std::filesystem::path& file);

}  // namespace nuzuh
