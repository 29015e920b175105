// Uniform numbers for what is drawn millions of times a day.
#pragma once

#include <array>
#include <bit>

#include "sim/base/random.hpp"

namespace nuzuh::flee3 {

/// Uniform numbers for one day of one run, begun by a stream and so as reproducible as it is.
///
/// Source   xoshiro256+: Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators"
///          (doi:10.1145/3460772)
/// Cost     about 1 ns a number
class Generator {
public:
    explicit Generator(Stream& stream) {
        for (auto& word : state_) word = stream();
    }

    /// Uniform on [0, 1): 53 random bits.
    double uniform() {
        auto& [a, b, c, d] = state_;
        const std::uint64_t sum = a + d, shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = std::rotl(d, 45);
        return double(sum >> 11) * 0x1.0p-53;
    }

private:
    std::array<std::uint64_t, 4> state_{};
};

}  // namespace nuzuh::flee3
