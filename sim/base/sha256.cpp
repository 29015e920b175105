#include "sim/base/sha256.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include <fmt/format.h>

// clang 14 cannot ask for them when the program runs.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#include <immintrin.h>
#define NUZUH_SHA_INSTRUCTIONS
#endif

namespace nuzuh {
namespace {

// First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2).
constexpr std::array<std::uint32_t, 64> round_constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using State = std::array<std::uint32_t, 8>;

std::array<std::uint32_t, 64> message_schedule(const unsigned char* block) {
    std::array<std::uint32_t, 64> w{};
    for (int t = 0; t < 16; ++t) {
        const unsigned char* b = block + std::ptrdiff_t{4} * t;
        w[t] = std::uint32_t(b[0]) << 24 | std::uint32_t(b[1]) << 16 | std::uint32_t(b[2]) << 8 | b[3];
    }
    for (int t = 16; t < 64; ++t) {
        const std::uint32_t s0 = std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ (w[t - 15] >> 3);
        const std::uint32_t s1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ (w[t - 2] >> 10);
        w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    return w;
}

void add_block_in_plain(State& state, const unsigned char* block) {
    const auto w = message_schedule(block);
    auto [a, b, c, d, e, f, g, h] = state;
    for (int t = 0; t < 64; ++t) {
        const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
        const std::uint32_t chosen = (e & f) ^ (~e & g);
        const std::uint32_t t1 = h + sum1 + chosen + round_constants[t] + w[t];
        const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
        const std::uint32_t t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
    }
    const State step = {a, b, c, d, e, f, g, h};
    for (int i = 0; i < 8; ++i) state[i] += step[i];
}

#ifdef NUZUH_SHA_INSTRUCTIONS
/// The same by the instructions that processors have for it: two rounds each.
__attribute__((target("sha,sse4.1"))) void add_block_by_instructions(State& state,
                                                                     const unsigned char* block) {
    const auto load = [](const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); };
    const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i low = _mm_shuffle_epi32(load(&state[0]), 0xb1),
                  high = _mm_shuffle_epi32(load(&state[4]), 0x1b);
    __m128i abef = _mm_alignr_epi8(low, high, 8), cdgh = _mm_blend_epi16(high, low, 0xf0);
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];  // four words each, of the last 16
    for (int t = 0; t < 16; ++t) {
        __m128i& now = w[t % 4];
        const __m128i &last = w[(t + 3) % 4], &before_last = w[(t + 2) % 4];
        if (t < 4)
            now = _mm_shuffle_epi8(load(block + 16 * t), big_endian);
        else
            now = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(now, w[(t + 1) % 4]),
                                                     _mm_alignr_epi8(last, before_last, 4)),
                                       last);
        const __m128i terms = _mm_add_epi32(now, load(&round_constants[4 * t]));
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, terms);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(terms, 0x0e));
    }
    const __m128i feba = _mm_shuffle_epi32(_mm_add_epi32(abef, abef_before), 0x1b);
    const __m128i dchg = _mm_shuffle_epi32(_mm_add_epi32(cdgh, cdgh_before), 0xb1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[0]), _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[4]), _mm_alignr_epi8(dchg, feba, 8));
}

void add_block(State& state, const unsigned char* block) {
    static const bool has_instructions = __builtin_cpu_supports("sha");
    has_instructions ? add_block_by_instructions(state, block) : add_block_in_plain(state, block);
}
#else
void add_block(State& state, const unsigned char* block) { add_block_in_plain(state, block); }
#endif

}  // namespace

void Sha256::add(std::string_view bytes) {
    std::size_t waiting = length_ % block_bytes;
    length_ += bytes.size();
    while (!bytes.empty()) {
        if (waiting == 0 && bytes.size() >= block_bytes) {
            add_block(state_, reinterpret_cast<const unsigned char*>(bytes.data()));
            bytes.remove_prefix(block_bytes);
            continue;
        }
        const std::size_t taken = std::min(bytes.size(), block_bytes - waiting);
        std::memcpy(rest_.data() + waiting, bytes.data(), taken);
        bytes.remove_prefix(taken);
        waiting = (waiting + taken) % block_bytes;
        if (waiting == 0) add_block(state_, rest_.data());
    }
}

std::string Sha256::hex() {
    // A one bit, zeros, and the length in bits as 64 bits, so that whole blocks result.
    const std::uint64_t bits = length_ * 8;
    const std::size_t waiting = length_ % block_bytes;
    std::string end(1, '\x80');
    end.resize((waiting + 9 <= block_bytes ? block_bytes : 2 * block_bytes) - waiting, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        end[end.size() - 1 - i] = char(static_cast<unsigned char>(bits >> (8 * i)));
    add(end);
    std::string hex;
    for (const std::uint32_t word : state_) hex += fmt::format("{:08x}", word);
    return hex;
}

std::string sha256(std::string_view bytes) {
    Sha256 digest;
    digest.add(bytes);
    return digest.hex();
}

}  // namespace nuzuh
