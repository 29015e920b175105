// Arithmetic of several numbers at a time.
//
// Multiplications and additions in a fixed order, fused where it is said: the same numbers with every compiler and on
// every processor that has fused operations. x86 processors from before 2013 have none; there the last digits differ.
#pragma once

#include <cstdint>

#if defined(__FMA__) || defined(__AVX512F__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

#include "sim/base/lanes.hpp"

namespace nuzuh::pack {

/// a * b + c, rounded once.
template <class V>
NUZUH_INLINE V fused(const V& a, const V& b, const V& c) {
#ifdef __AVX512F__
    if constexpr (sizeof(V) == 64) return _mm512_fmadd_pd(a, b, c);
#endif
#ifdef __FMA__
    if constexpr (sizeof(V) == 32) return _mm256_fmadd_pd(a, b, c);
    if constexpr (sizeof(V) == 16) return _mm_fmadd_pd(a, b, c);
#endif
#ifdef __ARM_FEATURE_FMA
    if constexpr (sizeof(V) == 16) return vfmaq_f64(c, a, b);
#endif
    return a * b + c;
}
template <class V>
NUZUH_INLINE V fused(const V& a, double b, const V& c) {
    return fused(a, V{} + b, c);
}
template <class V>
NUZUH_INLINE V fused(const V& a, const V& b, double c) {
    return fused(a, b, V{} + c);
}

/// As many whole numbers as V has numbers; of a comparison, all bits where it holds.
template <class V>
using Bits = decltype(V{} < V{});

template <class V>
NUZUH_INLINE V max(const V& a, const V& b) {
    return a > b ? a : b;
}
template <class V>
NUZUH_INLINE V min(const V& a, const V& b) {
    return a < b ? a : b;
}
/// The number where something is so, else 0.
template <class V>
NUZUH_INLINE V only(const Bits<V>& where, const V& number) {
    return where ? number : V{};
}

/// Whether it is so anywhere.
template <class B>
NUZUH_INLINE bool any(const B& where) {
    if constexpr (sizeof where == 64)
        return any(__builtin_shufflevector(where, where, 0, 1, 2, 3) |
                   __builtin_shufflevector(where, where, 4, 5, 6, 7));
    else if constexpr (sizeof where == 32)
        return any(__builtin_shufflevector(where, where, 0, 1) | __builtin_shufflevector(where, where, 2, 3));
    else
        return (where[0] | where[1]) != 0;
}

constexpr double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;  ///< parts of ln 2

/// x = k ln 2 + r with |r| <= ln 2 / 2: e^r - 1, and 2^k.
template <class V>
struct Exponential {
    V em1, power;
};

/// Of e^x, or of e^(-x).
///
/// @param x  from -700 to 700
///
/// Source   Taylor's polynomial of degree 13 of e^r - 1 (relative error 1e-17); 2^k put together from its bits. ln 2 in
///          two parts after Cody and Waite 1980.
template <int sign = 1, class V>
NUZUH_INLINE Exponential<V> exponential(const V& x) {
    constexpr double per_ln2 = sign * 1.4426950408889634;
    constexpr double shift =
        0x1.8p52;  // adding it rounds to a whole number, and leaves that in the lowest bits
    const V shifted = fused(x, V{} + per_ln2, shift);
    const V k = shifted - shift;
    const V r = fused(k, -ln2_low, fused(k, -ln2_high, sign > 0 ? x : V(-x)));
    constexpr double c[] = {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
                            1.0 / 362880,     1.0 / 40320,     1.0 / 5040,     1.0 / 720,
                            1.0 / 120,        1.0 / 24,        1.0 / 6,        0.5};
    // Even and odd powers apart: two short chains of dependent operations instead of a long one.
    const V square = r * r;
    V even = V{} + c[1], odd = V{} + c[0];
    for (int n = 2; n < 12; n += 2) {
        odd = fused(odd, square, c[n]);
        even = fused(even, square, c[n + 1]);
    }
    const auto whole = __builtin_bit_cast(Bits<V>, shifted);
    const V q = fused(odd, r, even);
    return {fused(q, square, r), __builtin_bit_cast(V, (whole << 52) + (std::int64_t(1023) << 52))};
}

template <class V>
NUZUH_INLINE V within_700(const V& x) {
    return min(max(x, V{} - 700), V{} + 700);
}

/// e^x - 1, within 2 units in the last place of std::expm1.
///
/// @param x  below -700 as -700, above 700 as 700
template <class V>
NUZUH_INLINE V expm1(const V& x) {
    const auto [em1, power] = exponential(within_700(x));
    return fused(em1, power, V(power - 1.0));
}

/// e^x, within 2 units in the last place of std::exp.
///
/// @param x  below -700 as -700, above 700 as 700
template <class V>
NUZUH_INLINE V exp(const V& x) {
    const auto [em1, power] = exponential(within_700(x));
    return fused(em1, power, power);
}

/// 1 - e^(-x): the chance of what has hazard x.
///
/// @param x  >= 0
template <class V>
NUZUH_INLINE V chance(const V& x) {
    const auto [em1, power] = exponential<-1>(min(x, V{} + 700));
    return fused(V(-em1), power, V(1.0 - power));
}

/// ln x.
///
/// @param x  positive, finite and no denormal number
///
/// Source   x = 2^k m with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh(s), s = (m - 1) / (m + 1), by its series up to
///          s^21 (relative error 1e-17). Within 3 units in the last place of std::log.
template <class V>
NUZUH_INLINE V ln(const V& x) {
    constexpr std::int64_t root_half = 0x3fe6a09e00000000;  // its upper bits suffice
    const auto bits = __builtin_bit_cast(Bits<V>, x);
    const Bits<V> exponent = (bits - root_half) >> 52;
    const V m = __builtin_bit_cast(V, bits - (exponent << 52));
    const V s = (m - 1.0) / (m + 1.0);
    const V q = s * s;
    V p = V{} + 2.0 / 21;
    for (int odd = 19; odd > 1; odd -= 2) p = fused(p, q, 2.0 / odd);
    const V k = __builtin_convertvector(exponent, V);
    return fused(k, ln2_high, fused(s, 2.0, fused(V(p * q), s, V(k * ln2_low))));
}

/// Cosine of a part of a whole turn.
///
/// @param turn  from 0 to 1
///
/// Source   the sine of the distance to the nearer of a quarter and three quarters, by Taylor's polynomial of degree 21
///          (error below 1e-15).
template <class V>
NUZUH_INLINE V cosine_of_turn(const V& turn) {
    constexpr double whole = 6.283185307179586;
    const V half = turn - 0.5;
    const V x = (max(half, V(-half)) - 0.25) * whole;
    const V square = x * x;
    V p = V{} + 1.0;
    for (int n = 20; n > 0; n -= 2) p = fused(p, V(square * (-1.0 / (n * (n + 1)))), 1.0);
    return x * p;
}

}  // namespace nuzuh::pack
