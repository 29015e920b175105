// Members of an ensemble that are done, kept while others are at work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sim/engine/record.hpp"

namespace nuzuh {

/// Some members of an ensemble, as far as its results are made from them.
struct DoneMembers {
    std::vector<std::int32_t> numbers;  ///< of the members, ascending
    std::vector<RunResult> results;     ///< [numbers]
    std::vector<std::vector<std::byte>>
        states;                             ///< [numbers] after the last step; empty unless the state is kept
    std::vector<std::int64_t> origin_sums;  ///< over them, [T, home P, place P] thousandths of a person
};

/// The content of a file, with a SHA-256.
std::vector<std::byte> bytes_of(const DoneMembers& done);

/// Reads it back; nothing if it is damaged or no such file.
std::optional<DoneMembers> read_done_members(std::span<const std::byte> bytes);

}  // namespace nuzuh
