// Exact draws from the discrete distributions that the engines need.
#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "sim/base/count.hpp"
#include "sim/base/random.hpp"

namespace nuzuh {

/// Weights laid end to end, with the sums of blocks of them, to find quickly in which of them a number falls.
///
/// @tparam Number  weights, or counts of things that are taken one by one
template <class Number>
class CumulativeWeights {
public:
    /// @param weights  >= 0, not all 0; they must outlive this
    explicit CumulativeWeights(std::span<const Number> weights) : weights_(weights) {
        // Rounding may lead past the end: then it is the last one above 0.
        while (weights_.size() > 1 && !(weights_.back() > 0)) weights_ = weights_.first(weights_.size() - 1);
        block_ = std::max<std::size_t>(8, (weights_.size() + sums_.size() - 1) / sums_.size());
        for (std::size_t begin = 0; begin < weights_.size(); begin += block_) {
            const std::size_t end = std::min(begin + block_, weights_.size());
            Number sum{0};
            for (std::size_t c = begin; c < end; ++c) sum += weights_[c];
            sums_[begin / block_] = sum;
            total_ += sum;
        }
    }
    std::span<const Number> values() const { return weights_; }
    Number total() const { return total_; }

    /// The weight within which x lies, at least 0 and less than the total, given what was taken out of each.
    template <class Taken>
    std::size_t at(Number x, Taken taken) const {
        std::size_t b = 0;
        const std::size_t last = (weights_.size() - 1) / block_;
        while (b < last && x >= sums_[b]) x -= sums_[b++];
        std::size_t c = b * block_;
        while (c + 1 < weights_.size() && x >= weights_[c] - taken(c)) x -= weights_[c] - taken(c), ++c;
        return c;
    }
    std::size_t at(Number x) const {
        return at(x, [](std::size_t) { return Number{0}; });
    }
    /// Takes one out of the c-th.
    void take(std::size_t c) {
        sums_[c / block_] -= 1;
        total_ -= 1;
    }

private:
    std::span<const Number> weights_;
    std::size_t block_;
    std::array<Number, 128> sums_;
    Number total_{0};
};

/// How many of n succeed when each does so with chance p.
///
/// @param n  trials, >= 0
/// @param p  chance [-], clipped to [0, 1]
/// @return   successes, 0..n
///
/// Source   n small: inversion of one uniform; else BTRD (Hormann 1993) from Boost.Random, which does not
///          depend on the standard library.
Count binomial(Stream& stream, Count n, double p);

/// The same where the chance of no success is known: often one number drawn is all it takes.
///
/// @param none  (1 - p)^n
Count binomial(Stream& stream, Count n, double p, double none);

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
/// Draws    one uniform a head for small n, else a binomial a category.
void multinomial(Stream& stream, Count n, const CumulativeWeights<double>& weights, std::span<Count> out);

/// One of the categories, in proportion to weights; never one of weight 0.
std::size_t pick(Stream& stream, const CumulativeWeights<double>& weights);

constexpr Count small_sample_cutoff = 40;  ///< below this, one uniform a head beats a draw a category

/// Takes one out of cells, all heads equally likely; out[c] counts what was taken out of cell c.
///
/// @return  the cell
std::size_t take_one(Stream& stream, CumulativeWeights<Count>& cells, std::span<Count> out);

/// Takes `drawn` households without order out of cells that hold `counts`; out[c] is set to how many come
/// from cell c (multivariate hypergeometric).
///
/// @param counts  [C], their sum at least `drawn`
void without_order(Stream& stream, Count drawn, std::span<const Count> counts, std::span<Count> out);

/// Standard normal draw by the polar method: the samplers of the standard library differ between vendors.
double standard_normal(Stream& stream);

/// Gamma draw with mean 1 and the given standard deviation; 1 where that is 0.
///
/// Source   Marsaglia and Tsang 2000, "A simple method for generating gamma variables", with the power
///          transformation for shapes below 1.
double unit_mean_gamma(Stream& stream, double standard_deviation);

}  // namespace nuzuh
