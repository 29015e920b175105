// Arithmetic on octets inside kernels: eight numbers in as many registers as the processor needs for them.
//
// Plain multiplications and additions in a fixed order: the same numbers on every processor and with every compiler.
#pragma once

#include <cstdint>
#include <cstring>

#include "sim/base/clones.hpp"
#include "sim/engine/pooled/octet.hpp"

namespace nuzuh::octet {

using V = double __attribute__((vector_size(sizeof(Octet))));
using Bits = std::int64_t __attribute__((vector_size(sizeof(Octet))));

NUZUH_INLINE V load(const Octet& from) {
    V v;
    std::memcpy(&v, from.of, sizeof v);
    return v;
}
NUZUH_INLINE void store(const V& v, Octet& to) { std::memcpy(to.of, &v, sizeof v); }
NUZUH_INLINE V all(double value) { return V{} + value; }
/// One number where something is so, another where not. By bits: compilers make an operation for every single number of
/// a conditional expression where no register holds all eight.
NUZUH_INLINE V select(const Bits& where, const V& then, const V& otherwise) {
    Bits one, other;
    std::memcpy(&one, &then, sizeof one);
    std::memcpy(&other, &otherwise, sizeof other);
    const Bits bits = (one & where) | (other & ~where);
    V v;
    std::memcpy(&v, &bits, sizeof v);
    return v;
}
/// The number where something is so, else 0.
NUZUH_INLINE V only(const Bits& where, const V& number) {
    Bits bits;
    std::memcpy(&bits, &number, sizeof bits);
    bits &= where;
    V v;
    std::memcpy(&v, &bits, sizeof v);
    return v;
}
NUZUH_INLINE V max(const V& a, const V& b) { return select(a > b, a, b); }
NUZUH_INLINE V min(const V& a, const V& b) { return select(a < b, a, b); }

NUZUH_INLINE bool any_positive(const V& v) {
    const Bits which = v > 0;
    std::int64_t some = 0;
    for (int run = 0; run < octet_runs; ++run) some |= which[run];
    return some != 0;
}

/// e^x - 1.
///
/// @param given  below -700 as -700, above 700 as 700
///
/// Source   x = k ln 2 + r with |r| <= ln 2 / 2; Taylor's polynomial of degree 13 of e^r - 1 (relative error 1e-17);
///          2^k put together from its bits. ln 2 in two parts after Cody and Waite 1980. Within 2 units in the last
///          place of std::expm1.
NUZUH_INLINE V expm1(const V& given) {
    constexpr double per_ln2 = 1.4426950408889634, ln2_high = 0x1.62e42fee00000p-1,
                     ln2_low = 0x1.a39ef35793c76p-33;
    constexpr double shift =
        0x1.8p52;  // adding it rounds to a whole number, and leaves that in the lowest bits
    const V x = min(max(given, all(-700)), all(700));
    const V shifted = x * per_ln2 + shift;
    const V k = shifted - shift;
    const V r = (x - k * ln2_high) - k * ln2_low;
    constexpr double c[] = {1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800,
                            1.0 / 362880,     1.0 / 40320,     1.0 / 5040,     1.0 / 720,
                            1.0 / 120,        1.0 / 24,        1.0 / 6,        0.5};
    // Even and odd powers apart: two short chains of dependent operations instead of a long one.
    const V square = r * r;
    V even = all(c[1]), odd = all(c[0]);
    for (int n = 2; n < 12; n += 2) {
        odd = odd * square + c[n];
        even = even * square + c[n + 1];
    }
    const V em1 = (odd * r + even) * square + r;
    Bits whole;
    std::memcpy(&whole, &shifted, sizeof whole);
    const Bits bits = (whole << 52) + (std::int64_t(1023) << 52);
    V power;
    std::memcpy(&power, &bits, sizeof power);
    return em1 * power + (power - 1.0);
}

/// 1 - e^(-x): the chance of what has hazard x.
///
/// @param x  >= 0
NUZUH_INLINE V chance(const V& x) { return 0.0 - expm1(-x); }

/// ln x.
///
/// @param x  positive, finite and no denormal number
///
/// Source   x = 2^k m with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh(s), s = (m - 1) / (m + 1), by its series up to
///          s^21 (relative error 1e-17). Within 3 units in the last place of std::log.
NUZUH_INLINE V ln(const V& x) {
    constexpr std::int64_t root_half = 0x3fe6a09e00000000;  // its upper bits suffice
    Bits bits;
    std::memcpy(&bits, &x, sizeof bits);
    const Bits above = bits - root_half;
    const Bits exponent = above >> 52;
    const Bits mantissa = bits - (exponent << 52);
    V m;
    std::memcpy(&m, &mantissa, sizeof m);
    const V s = (m - 1.0) / (m + 1.0);
    const V q = s * s;
    V p = all(2.0 / 21);
    for (int odd = 19; odd > 1; odd -= 2) p = p * q + 2.0 / odd;
    constexpr double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
    const V k = __builtin_convertvector(exponent, V);
    return k * ln2_high + (s * 2.0 + (p * q * s + k * ln2_low));
}

}  // namespace nuzuh::octet
