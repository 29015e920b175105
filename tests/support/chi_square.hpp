// Goodness of fit of drawn counts to exact probabilities.
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include <boost/math/distributions/chi_squared.hpp>

namespace nuzuh::test {

/// Chance that a right sampler strays at least as far from its probabilities as these counts do.
///
/// Neighbouring categories are pooled until each is expected at least 10 times, so that Pearson's statistic
/// follows the chi-square distribution closely enough far out in its tail.
///
/// @param counts         how often each category was drawn
/// @param probabilities  of the categories; add to 1
/// @return               p-value; 0 if something impossible was drawn, 1 with a single category
inline double chi_square_p_value(std::span<const long> counts, std::span<const double> probabilities) {
    double draws = 0;
    for (const long n : counts) draws += double(n);

    std::vector<double> expected{0};
    std::vector<double> seen{0};
    for (std::size_t c = 0; c < counts.size(); ++c) {
        if (probabilities[c] == 0 && counts[c] > 0) return 0;
        expected.back() += probabilities[c] * draws;
        seen.back() += double(counts[c]);
        if (expected.back() >= 10) {
            expected.push_back(0);
            seen.push_back(0);
        }
    }
    if (expected.size() > 1) {  // what is left at the end joins the last full category
        expected[expected.size() - 2] += expected.back();
        seen[seen.size() - 2] += seen.back();
        expected.pop_back();
        seen.pop_back();
    }
    if (expected.size() < 2) return 1;

    double statistic = 0;
    for (std::size_t c = 0; c < expected.size(); ++c) {
        statistic += (seen[c] - expected[c]) * (seen[c] - expected[c]) / expected[c];
    }
    const boost::math::chi_squared distribution(double(expected.size() - 1));
    return boost::math::cdf(boost::math::complement(distribution, statistic));
}

}  // namespace nuzuh::test
