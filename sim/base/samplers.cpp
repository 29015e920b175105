#include "sim/base/samplers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <boost/random/binomial_distribution.hpp>

namespace nuzuh {

double standard_normal(Stream& stream) {
    while (true) {
        const double x = 2 * stream.uniform() - 1;
        const double y = 2 * stream.uniform() - 1;
        const double s = x * x + y * y;
        if (s > 0 && s < 1) return x * std::sqrt(-2 * std::log(s) / s);
    }
}

namespace {

constexpr double inverted_below = 11;  ///< successes on average

/// Few or rare successes: walks the cumulative distribution up from 0 with one uniform.
///
/// @param chance  of 0
Count binomial_by_inversion(double u, Count n, double p, double chance) {
    if (u < chance) return 0;
    const double odds = p / (1 - p);
    Count x = 0;
    while (u >= chance && x < n) {
        u -= chance;
        ++x;
        chance *= odds * double(n - x + 1) / double(x);
    }
    return x;
}

/// ln n!, from a table for small n and Stirling's series (error below 1e-15 relative) above it.
double log_factorial(double n) {
    constexpr int tabulated = 1024;
    static const auto table = [] {
        std::array<double, tabulated> t{};
        for (int m = 2; m < tabulated; ++m) t[std::size_t(m)] = t[std::size_t(m - 1)] + std::log(m);
        return t;
    }();
    if (n < tabulated) return table[std::size_t(n)];
    constexpr double half_log_two_pi = 0.91893853320467274178;
    const double r = 1 / n;
    return (n + 0.5) * std::log(n) - n + half_log_two_pi + r / 12 - r * r * r / 360;
}

double log_choose(double n, double k) { return log_factorial(n) - log_factorial(k) - log_factorial(n - k); }

double gamma(Stream& stream, double shape) {
    if (shape < 1) {
        const double u = stream.uniform() + 0x1.0p-54;
        return gamma(stream, shape + 1) * std::pow(u, 1 / shape);
    }
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    while (true) {
        const double x = standard_normal(stream);
        const double root = 1 + c * x;
        if (root <= 0) continue;
        const double v = root * root * root;
        const double u = stream.uniform() + 0x1.0p-54;
        if (u < 1 - 0.0331 * (x * x) * (x * x)) return d * v;  // nearly always, and without a logarithm
        if (std::log(u) < x * x / 2 + d - d * v + d * std::log(v)) return d * v;
    }
}

}  // namespace

Count binomial(Stream& stream, Count n, double p) {
    if (n <= 0 || !(p > 0)) return 0;
    if (p >= 1) return n;
    if (n == 1) return stream.uniform() < p ? 1 : 0;
    if (p > 0.5) return n - binomial(stream, n, 1 - p);
    if (double(n) * p < inverted_below)
        return binomial_by_inversion(stream.uniform(), n, p, std::exp(double(n) * std::log1p(-p)));
    return boost::random::binomial_distribution<Count>(n, p)(stream);
}

Count binomial(Stream& stream, Count n, double p, double none) {
    if (p > 0.5 || double(n) * p >= inverted_below) return binomial(stream, n, p);
    return binomial_by_inversion(stream.uniform(), n, p, none);
}

Count hypergeometric(Stream& stream, Count marked, Count unmarked, Count drawn) {
    const Count low = std::max<Count>(0, drawn - unmarked);
    const Count high = std::min(drawn, marked);
    if (low == high) return low;
    const double total = double(marked + unmarked);
    const Count mode =
        std::clamp<Count>(Count(double(drawn + 1) * double(marked + 1) / (total + 2)), low, high);
    const auto up = [&](Count k) {  // P(k + 1) / P(k)
        return double(marked - k) * double(drawn - k) / (double(k + 1) * double(unmarked - drawn + k + 1));
    };
    const double at_mode =
        std::exp(log_choose(double(marked), double(mode)) +
                 log_choose(double(unmarked), double(drawn - mode)) - log_choose(total, double(drawn)));
    double u = stream.uniform() - at_mode;
    double above = at_mode;
    double below = at_mode;
    for (Count right = mode, left = mode; u >= 0 && (right < high || left > low);) {
        if (right < high) {
            above *= up(right++);
            if ((u -= above) < 0) return right;
        }
        if (left > low) {
            below /= up(--left);
            if ((u -= below) < 0) return left;
        }
    }
    return mode;
}

void multinomial(Stream& stream, Count n, const CumulativeWeights<double>& weights, std::span<Count> out) {
    if (n < small_sample_cutoff) {
        for (; n > 0; --n) ++out[pick(stream, weights)];
        return;
    }
    const auto values = weights.values();
    const std::size_t last = values.size() - 1;
    double total = weights.total();
    for (std::size_t c = 0; c < last && n > 0; ++c) {
        if (values[c] <= 0) continue;
        const Count here = binomial(stream, n, values[c] / total);
        out[c] += here;
        n -= here;
        total -= values[c];
    }
    out[last] += n;
}

std::size_t pick(Stream& stream, const CumulativeWeights<double>& weights) {
    return weights.at(stream.uniform() * weights.total());
}

std::size_t take_one(Stream& stream, CumulativeWeights<Count>& cells, std::span<Count> out) {
    const auto x = Count(stream.uniform() * double(cells.total()));
    const std::size_t c = cells.at(x, [&](std::size_t one) { return out[one]; });
    ++out[c];
    cells.take(c);
    return c;
}

void without_order(Stream& stream, Count drawn, std::span<const Count> counts, std::span<Count> out) {
    if (counts.size() == 1) {
        out[0] = drawn;
        return;
    }
    std::fill(out.begin(), out.end(), Count{0});
    if (drawn == 0) return;
    if (drawn < small_sample_cutoff) {
        CumulativeWeights<Count> cumulative(counts);
        for (; drawn > 0; --drawn) take_one(stream, cumulative, out);
        return;
    }
    Count total = std::accumulate(counts.begin(), counts.end(), Count{0});
    for (std::size_t c = 0; c < counts.size() && drawn > 0; ++c) {
        if (counts[c] == 0) continue;
        out[c] = hypergeometric(stream, counts[c], total - counts[c], drawn);
        drawn -= out[c];
        total -= counts[c];
    }
}

double unit_mean_gamma(Stream& stream, double standard_deviation) {
    if (!(standard_deviation > 0)) return 1;
    const double variance = standard_deviation * standard_deviation;
    return gamma(stream, 1 / variance) * variance;
}

}  // namespace nuzuh
