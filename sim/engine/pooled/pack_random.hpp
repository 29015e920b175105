// Random numbers of eight runs at a time, addressed by what they are for.
#pragma once

#include "sim/base/pack_math.hpp"
#include "sim/base/random.hpp"

namespace nuzuh::pack {

/// Seeds of the runs side by side, and which run each is.
struct Keys {
    alignas(64) std::uint64_t seed[batch_runs] = {}, run[batch_runs] = {};
};

/// As many random words as a pack has numbers.
template <class V>
using Words = typename Register<std::uint64_t, sizeof(V)>::type;

/// Four numbers in each lane, uniform in [0, 1), of 52 random bits: a pure function of seed, run, address and block.
///
/// Source   Threefry4x64-20: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"; it needs
///          only what processors do to several numbers at once. tests/unit/pack_draws_test.cpp holds it to the
///          Random123 library's.
template <class V>
struct Uniforms {
    using U = Words<V>;
    V of[4];

    /// @param block  which four of those that belong to the address
    NUZUH_INLINE Uniforms(const U& seed, const U& run, const Address& address, const U& block) {
        constexpr int turns[8][2] = {{14, 16}, {52, 57}, {23, 40}, {5, 37},
                                     {25, 33}, {46, 12}, {58, 22}, {32, 32}};
        const U key[5] = {seed, run, {}, {}, seed ^ run ^ std::uint64_t(0x1BD11BDAA9FC1A22)};
        U x[4] = {key[0] + (block | std::uint64_t(address.purpose) << 32), key[1] + address.when,
                  U{} + address.a, U{} + address.b};
#pragma GCC unroll 20
        for (int round = 0; round < 20; ++round) {
            const int second = round % 2 ? 3 : 1;
            const auto mix = [&](U & sum, U & turned, int bits) __attribute__((always_inline)) {
                sum += turned;
                turned = ((turned << bits) | (turned >> (64 - bits))) ^ sum;
            };
            mix(x[0], x[second], turns[round % 8][0]);
            mix(x[2], x[4 - second], turns[round % 8][1]);
            if (round % 4 < 3) continue;
            const int n = round / 4 + 1;
            for (int w = 0; w < 4; ++w) x[w] += key[(w + n) % 5];
            x[3] += std::uint64_t(n);
        }
        for (int w = 0; w < 4; ++w)
            of[w] = __builtin_bit_cast(V, (x[w] >> 12) | std::uint64_t(0x3ff0000000000000)) - 1.0;
    }

    /// Of runs side by side.
    NUZUH_INLINE static Uniforms of_runs(Lanes<V> in, const Keys& keys, const Address& address,
                                         std::uint64_t block = 0) {
        U seed, run;
        std::memcpy(&seed, keys.seed + in.first, sizeof seed);
        std::memcpy(&run, keys.run + in.first, sizeof run);
        return Uniforms(seed, run, address, U{} + block);
    }
};

}  // namespace nuzuh::pack
