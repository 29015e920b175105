// A sample as a list of changes to a file that is good: what a random file would never come to be.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace nuzuh::fuzz {

struct Edit {
    std::uint8_t kind = 0;
    std::uint32_t where = 0;
    std::uint64_t value = 0;
};

/// One for every 13 bytes, at most so many.
inline std::vector<Edit> edits_of(std::string_view sample, std::size_t most = 8) {
    constexpr std::size_t size = 13;
    std::vector<Edit> edits;
    for (; sample.size() >= size && edits.size() < most; sample.remove_prefix(size)) {
        Edit edit;
        edit.kind = std::uint8_t(sample[0]);
        std::memcpy(&edit.where, sample.data() + 1, sizeof edit.where);
        std::memcpy(&edit.value, sample.data() + 5, sizeof edit.value);
        edits.push_back(edit);
    }
    return edits;
}

}  // namespace nuzuh::fuzz
