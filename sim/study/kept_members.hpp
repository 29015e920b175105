// Members of an ensemble that are kept while others are at work: those that are done, and those that are moved just now.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/engine/record.hpp"

namespace nuzuh {

/// A member between two of its steps.
struct MemberInHand {
    std::int32_t number = 0;
    std::int32_t steps = 0;        ///< done
    std::vector<std::byte> state;  ///< recorder and engine after them
};

/// Some members of an ensemble, as far as its results are made from them.
struct KeptMembers {
    std::vector<std::int32_t> numbers;  ///< of the members that are done, ascending
    std::vector<RunResult> results;     ///< [numbers]
    std::vector<std::vector<std::byte>>
        states;                         ///< [numbers] after the last step; empty unless the state is kept
    std::vector<MemberInHand> in_hand;  ///< by ascending number
    std::vector<std::int64_t>
        origin_sums;  ///< over all of them, [T, place P, home P] thousandths of a person
};

/// The content of a file, with a SHA-256.
///
/// @param run  identifies everything that the members depend on
std::vector<std::byte> bytes_of(const KeptMembers& kept, std::string_view run);

/// Reads it back; nothing if it is damaged, no such file, or of another run.
std::optional<KeptMembers> read_kept_members(std::span<const std::byte> bytes, std::string_view run);

}  // namespace nuzuh
