#include "sim/study/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/random.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

std::vector<Estimate> none(int axes) { return {std::size_t(axes), {not_known, not_known, not_known}}; }

/// Numbers of the blocks without a failed set.
std::vector<Index> whole_blocks(const ArrayXd& outputs, Index block_size) {
    std::vector<Index> whole;
    for (Index n = 0; n < outputs.size() / block_size; ++n)
        if (outputs.segment(n * block_size, block_size).isFinite().all()) whole.push_back(n);
    return whole;
}

BlockCount count_blocks(const ArrayXd& outputs, Index block_size, const std::vector<Index>& whole) {
    const int all = int(outputs.size() / block_size);
    return {int(whole.size()), all - int(whole.size())};
}

/// What is summed over blocks drawn with replacement.
ArrayXd resampled_sums(const ArrayXXd& terms, Stream stream) {
    const Index blocks = terms.rows();
    ArrayXd times = ArrayXd::Zero(blocks);
    for (Index n = 0; n < blocks; ++n)
        times[std::min(Index(stream.uniform() * double(blocks)), blocks - 1)] += 1;
    return terms.matrix().transpose() * times.matrix();
}

/// A statistic of sums over blocks, with its interval for each of its values.
///
/// @param terms      [block, term]
/// @param statistic  from the sums of the terms to values, NaN where there is none
template <class Statistic>
std::vector<Estimate> estimates(const ArrayXXd& terms, const Bootstrap& bootstrap,
                                const Statistic& statistic) {
    const ArrayXd values = statistic(ArrayXd(terms.colwise().sum()));
    std::vector<std::vector<double>> samples(std::size_t(values.size()));
    for (int r = 0; r < bootstrap.resamples; ++r) {
        const Stream stream = Draws(bootstrap.seed, std::uint64_t(r)).at(Purpose::bootstrap, 0);
        const ArrayXd again = statistic(resampled_sums(terms, stream));
        for (Index v = 0; v < values.size(); ++v)
            if (std::isfinite(again[v])) samples[std::size_t(v)].push_back(again[v]);
    }
    std::vector<Estimate> out;
    const double tail = (1 - bootstrap.level) / 2;
    for (Index v = 0; v < values.size(); ++v) {
        const auto& sample = samples[std::size_t(v)];
        out.push_back({values[v], not_known, not_known});
        if (!std::isfinite(values[v]) || sample.empty()) continue;
        out.back().low = quantile(sample, tail);
        out.back().high = quantile(sample, 1 - tail);
    }
    return out;
}

/// [block, term]: y_A + y_B and its squares, then for every axis what the two indices sum.
ArrayXXd sobol_terms(const ArrayXd& y, const std::vector<Index>& blocks, Index axes) {
    ArrayXXd terms(Index(blocks.size()), 2 + 3 * axes);
    for (Index row = 0; row < terms.rows(); ++row) {
        const auto block = y.segment(blocks[std::size_t(row)] * (axes + 2), axes + 2);
        const double a = block[0], b = block[axes + 1];
        terms(row, 0) = a + b;
        terms(row, 1) = a * a + b * b;
        for (Index i = 0; i < axes; ++i) {
            const double change = block[1 + i] - a;
            terms(row, 2 + i) = b * change;
            terms(row, 2 + axes + i) = change;
            terms(row, 2 + 2 * axes + i) = change * change;
        }
    }
    return terms;
}

/// Mean, variance, first-order and total indices from the sums of the terms above.
ArrayXd sobol_statistic(const ArrayXd& sums, double blocks, Index axes) {
    ArrayXd out(2 + 2 * axes);
    const double mean = sums[0] / (2 * blocks);
    const double variance = std::max(0.0, sums[1] / (2 * blocks) - mean * mean);
    out[0] = mean;
    out[1] = variance;
    const ArrayXd covariance = (sums.segment(2, axes) - mean * sums.segment(2 + axes, axes)) / blocks;
    const double share = variance > 0 ? 1 / variance : not_known;
    out.segment(2, axes) = covariance * share;
    out.tail(axes) = sums.tail(axes) / (2 * blocks) * share;
    return out;
}

/// [trajectory, axis] change of the output a whole range of the axis.
ArrayXXd elementary_effects(const ArrayXd& y, const ArrayXXd& sets, const std::vector<Index>& blocks,
                            double step) {
    const Index axes = sets.cols();
    ArrayXXd effects = ArrayXXd::Zero(Index(blocks.size()), axes);
    for (Index row = 0; row < effects.rows(); ++row) {
        for (Index corner = blocks[std::size_t(row)] * (axes + 1), last = corner + axes; corner < last;
             ++corner) {
            const ArrayXd moved = sets.row(corner + 1) - sets.row(corner);
            Index axis = 0;
            if (moved.abs().maxCoeff(&axis) > 0)
                effects(row, axis) = (y[corner + 1] - y[corner]) / std::copysign(step, moved[axis]);
        }
    }
    return effects;
}

/// Mean effect, mean size and spread from the sums of effects, sizes, deviations from the mean and their squares.
ArrayXd morris_statistic(const ArrayXd& sums, double trajectories, Index axes) {
    ArrayXd out(3 * axes);
    out.head(2 * axes) = sums.head(2 * axes) / trajectories;
    const ArrayXd squares = sums.tail(axes) - sums.segment(2 * axes, axes).square() / trajectories;
    out.tail(axes) = (squares.max(0) / (trajectories - 1)).sqrt();
    return out;
}

}  // namespace

SobolIndices sobol_indices(const ArrayXd& outputs, int axes, const Bootstrap& bootstrap) {
    const auto blocks = whole_blocks(outputs, axes + 2);
    SobolIndices out{count_blocks(outputs, axes + 2, blocks), not_known, not_known, none(axes), none(axes)};
    if (blocks.size() < 2) return out;
    const double centre = outputs[blocks[0] * (axes + 2)];  // sums of squares lose no digits to a large mean
    const ArrayXXd terms = sobol_terms(outputs - centre, blocks, axes);
    const auto all = estimates(terms, bootstrap, [&](const ArrayXd& sums) {
        return sobol_statistic(sums, double(blocks.size()), axes);
    });
    out.mean = centre + all[0].value;
    out.variance = all[1].value;
    out.first.assign(all.begin() + 2, all.begin() + 2 + axes);
    out.total.assign(all.begin() + 2 + axes, all.end());
    return out;
}

MorrisEffects morris_effects(const ArrayXd& outputs, const ArrayXXd& sets, int levels,
                             const Bootstrap& bootstrap) {
    const int axes = int(sets.cols());
    const auto blocks = whole_blocks(outputs, axes + 1);
    MorrisEffects out{count_blocks(outputs, axes + 1, blocks), none(axes), none(axes), none(axes)};
    if (blocks.size() < 2) return out;
    const double step = levels / (2.0 * (levels - 1));
    const ArrayXXd effects = elementary_effects(outputs, sets, blocks, step);
    const ArrayXXd off = effects.rowwise() - effects.colwise().mean();
    ArrayXXd terms(effects.rows(), 4 * axes);
    terms << effects, effects.abs(), off, off.square();
    const auto all = estimates(terms, bootstrap, [&](const ArrayXd& sums) {
        return morris_statistic(sums, double(blocks.size()), axes);
    });
    out.mu.assign(all.begin(), all.begin() + axes);
    out.mu_star.assign(all.begin() + axes, all.begin() + std::ptrdiff_t{2} * axes);
    out.sigma.assign(all.begin() + std::ptrdiff_t{2} * axes, all.end());
    return out;
}

}  // namespace nuzuh
