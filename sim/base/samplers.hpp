// Exact draws from the discrete distributions that the engines need.
#pragma once

#include <cstdint>
#include <span>

#include "sim/base/random.hpp"

namespace nuzuh {

using Count = std::int32_t;  ///< a number of households; at most two thousand million, like the people of a run

/// How many of n succeed when each does so with chance p.
///
/// @param n  trials, >= 0
/// @param p  chance [-], clipped to [0, 1]
/// @return   successes, 0..n
///
/// Source   n small: inversion of one uniform; else BTRD (Hormann 1993) from Boost.Random, which does not
///          depend on the standard library.
Count binomial(Stream& stream, Count n, double p);

/// How many marked ones are among `drawn`, taken without order from `marked` + `unmarked`.
///
/// @return  max(0, drawn - unmarked) .. min(drawn, marked)
///
/// Source   inversion outward from the mode: exact up to rounding of the mode's probability (1e-13).
/// Cost     O(standard deviation).
/// Edges    drawn must not exceed marked + unmarked.
Count hypergeometric(Stream& stream, Count marked, Count unmarked, Count drawn);

/// Divides n among categories in proportion to weights; out[c] is increased by what falls to c.
///
/// @param weights  [C], >= 0, not all 0
/// @param total    their sum
/// Draws    one uniform a head for small n, else a binomial a category.
void multinomial(Stream& stream, Count n, std::span<const double> weights, double total,
                 std::span<Count> out);

/// One of the categories, in proportion to weights; never one of weight 0.
///
/// @param weights  [C], >= 0, not all 0
/// @param total    their sum
std::size_t pick(Stream& stream, std::span<const double> weights, double total);

/// Takes `drawn` households without order out of cells that hold `counts`; out[c] is set to how many come
/// from cell c (multivariate hypergeometric).
///
/// @param counts  [C], their sum at least `drawn`
void without_order(Stream& stream, Count drawn, std::span<const Count> counts, std::span<Count> out);

/// Gamma draw with mean 1 and the given standard deviation; 1 where that is 0.
///
/// Source   Marsaglia and Tsang 2000, "A simple method for generating gamma variables", with the power
///          transformation for shapes below 1.
double unit_mean_gamma(Stream& stream, double standard_deviation);

}  // namespace nuzuh
