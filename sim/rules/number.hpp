// The numbers that the rules are written for: a double, or a pack of doubles of several runs in one register. A few rules
// also take whole arrays of Eigen.
//
// A rule is a template on its number and says the same for all of them. Elementary functions of a double are those of the
// standard library, those of a pack are those of base/pack_math.hpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>

#include "sim/base/pack_math.hpp"

namespace nuzuh::rules {

/// A double, or a pack of 2, 4 or 8 of them.
template <class V>
concept Number = std::same_as<V, double> || std::same_as<V, pack::Pack<2>> ||
    std::same_as<V, pack::Pack<4>> || std::same_as<V, pack::Pack<8>>;

using pack::any;
using pack::max;
using pack::min;
using pack::only;

NUZUH_INLINE bool any(bool where) { return where; }
NUZUH_INLINE double max(double a, double b) { return std::max(a, b); }
NUZUH_INLINE double min(double a, double b) { return std::min(a, b); }
template <Number V>
NUZUH_INLINE V exp(const V& x) {
    if constexpr (std::same_as<V, double>)
        return std::exp(x);
    else
        return pack::exp(x);
}
template <Number V>
NUZUH_INLINE V log(const V& x) {
    if constexpr (std::same_as<V, double>)
        return std::log(x);
    else
        return pack::ln(x);
}
/// 1 - e^(-x): the chance of what has hazard x over a whole step, x >= 0.
template <Number V>
NUZUH_INLINE V chance(const V& x) {
    if constexpr (std::same_as<V, double>)
        return -std::expm1(-x);
    else
        return pack::chance(x);
}
/// The number where something is so, else 0.
NUZUH_INLINE double only(bool where, double number) { return where ? number : 0; }
/// 1 / x, and 0 where x is 0.
template <Number V>
NUZUH_INLINE V inverse(const V& x) {
    return only(x > 0, V(1.0 / x));
}

}  // namespace nuzuh::rules
