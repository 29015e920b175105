// Quantiles of samples, in one definition for every figure.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace nuzuh {

/// A quantile of a sample in rising order, by linear interpolation between its order statistics.
///
///     x[b] + (r - b) (x[b + 1] - x[b]),  r = p (n - 1), b = floor(r)
///
/// @param sorted  numbers in rising order
/// @param p       in [0, 1]
/// @return        NaN for an empty sample
///
/// Source   type 7 of Hyndman and Fan 1996, "Sample quantiles in statistical packages"
template <class Sample>
double quantile_of_sorted(const Sample& sorted, double p) {
    if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
    const double rank = p * double(sorted.size() - 1);
    const auto below = std::size_t(rank);
    const double low = sorted[below], high = sorted[std::min(below + 1, sorted.size() - 1)];
    return low + (rank - double(below)) * (high - low);
}

/// The same of a sample in any order.
inline double quantile(std::vector<double> sample, double p) {
    std::sort(sample.begin(), sample.end());
    return quantile_of_sorted(sample, p);
}

/// 5, 25, 50, 75 and 95 % quantiles (type 7).
using Band = std::array<double, 5>;

inline Band band_of(std::vector<double> sample) {
    constexpr Band levels{0.05, 0.25, 0.5, 0.75, 0.95};
    std::sort(sample.begin(), sample.end());
    Band band;
    for (std::size_t q = 0; q < levels.size(); ++q) band[q] = quantile_of_sorted(sample, levels[q]);
    return band;
}

}  // namespace nuzuh
