// One forecast of several: a mean of their quantiles, weighted by how each did before.
#pragma once

#include <vector>

namespace nuzuh {

/// How rules did in forecasts of something that is known by now.
struct PastScores {
    std::vector<double> by_rule;  ///< [R] WIS of log(1 + persons), mean
    double counts = 1;  ///< for how many forecasts it counts: less of other days ahead than those asked
};

/// How much a past forecast counts where something is asked of so many days ahead: the shorter over the longer.
double nearness(int days_ahead, int days_ahead_asked);

/// Weights of rules in a pool, by the inverse square of their scores.
///
///     w_r in proportion to s_r^-2,  s_r = (n0 p_r / p + n S_r / S) / (n0 + n)
///
/// S_r is the mean score of rule r over n past forecasts, p_r what is expected of it beforehand; S and p are means over rules.
/// n0 = 5 (judgement).
///
/// @param expected  [R] p_r, above 0
/// @return          [R] that add to 1
/// Source   inverse squares: Bates and Granger 1969 (doi:10.1057/jors.1969.103); pools weighted by relative WIS in epidemic
///          forecasts: Ray and others 2023 (doi:10.1016/j.ijforecast.2022.06.005)
std::vector<double> pool_weights(const std::vector<double>& expected, const std::vector<PastScores>& past);

/// Quantiles, half a percent apart, of log(1 + persons), averaged over rules.
///
/// @param members  [R][M] persons, as likely as each other
/// @return         [201] persons, as likely as each other, in rising order
std::vector<double> pooled(const std::vector<std::vector<double>>& members,
                           const std::vector<double>& weights);

}  // namespace nuzuh
