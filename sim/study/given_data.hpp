// Which parameters matter, from the runs of any design.
#pragma once

#include <vector>

#include <Eigen/Core>

#include "sim/study/sensitivity.hpp"

namespace nuzuh {

/// Fewer sets tell nothing apart. Judgement: two intervals of five.
constexpr int fewest_sets = 10;

/// How an output hangs on each axis, whatever design the sets are of.
struct GivenDataIndices {
    int used = 0;     ///< sets
    int dropped = 0;  ///< sets of which a run was not done
    /// [axis] -1..1: whether the output rises or falls with the axis; NaN for an axis of words, which have no order.
    std::vector<Estimate> rank_correlation;
    /// [axis] 0..1: how far knowing the axis moves the distribution of the output, of whatever shape.
    std::vector<Estimate> pawn;
    /// [axis] what PAWN comes to for an axis without any effect, in 95 of 100 cases: below it nothing is shown.
    std::vector<double> pawn_by_chance;
};

/// Spearman's correlation of the ranks, mean ranks for ties; NaN where one of the two is the same everywhere.
double rank_correlation(const Eigen::ArrayXd& x, const Eigen::ArrayXd& y);

/// Rank correlations and PAWN indices from the outputs at any sets.
///
///     rho_i = correlation of the ranks of x_i and of y, mean ranks for ties
///     PAWN_i = median over intervals I of x_i of  sup_y |F(y | x_i in I) - F(y)|
///
/// with up to ten intervals of equal numbers of sets, of ten sets or more where there are so many; an axis of at most ten
/// different values has an interval for each.
///
/// @param outputs  [set] NaN where a run was not done
/// @param sets     [set, axis]
/// @param is_word  [axis] whether its numbers stand for words
/// @return         all NaN where the output is the same everywhere or fewer than `fewest_sets` are left
///
/// Source   PAWN from a generic sample: Pianosi and Wagener 2018, Environmental Modelling & Software 108, 197-207; its
///          value by chance, as the dummy parameter there: outputs shuffled. Rank correlation: Spearman 1904.
///          Intervals: bootstrap over sets, by percentiles for correlations, and mirrored at the estimate for PAWN, which
///          resampling raises (Davison and Hinkley 1997, section 5.2).
/// Draws    keyed by the bootstrap's seed.
/// Cost     O(resamples x axes x sets).
GivenDataIndices given_data_indices(const Eigen::ArrayXd& outputs, const Eigen::ArrayXXd& sets,
                                    const std::vector<bool>& is_word, const Bootstrap& bootstrap = {});

}  // namespace nuzuh
