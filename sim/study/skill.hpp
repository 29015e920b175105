// Scores of simulated against counted people: how far off they are, and how honest about it.
#pragma once

#include <vector>

#include <Eigen/Core>

namespace nuzuh {

/// Averaged relative difference of counts at places, mean over days.
///
///     mean over t of  sum over c of |S(t, c) - D(t, c)| / max(1, sum over c of D(t, c))
///
/// A misplaced person counts twice. Rescaled, S of each day is multiplied so that its sum is that of D (it stays 0
/// where nobody is simulated): what is left is how people are divided.
///
/// Shape    [T, C] persons
/// Source   Suleimenova, Bell and Groen 2017 (doi:10.1038/s41598-017-13828-9); Flee's validation
double averaged_relative_difference(const Eigen::ArrayXXd& simulated, const Eigen::ArrayXXd& counted,
                                    bool rescaled = false);

/// Mean absolute scaled error: the mean absolute error in units of what a forecast that nothing changes for `lag`
/// records is wrong by on the same series.
///
/// @return  [-] below 1 is better than that forecast; NaN where the counts never change
/// Source   Hyndman and Koehler 2006 (doi:10.1016/j.ijforecast.2006.03.001)
double mean_absolute_scaled_error(const Eigen::ArrayXd& simulated, const Eigen::ArrayXd& counted, int lag);

/// Continuous ranked probability score of an ensemble.
///
///     mean |x - y| - 1/2 mean |x - x'|
///
/// @return  in the unit of the value; the absolute error if there is one member
/// Source   Gneiting and Raftery 2007, equation 21 (doi:10.1198/016214506000001437)
double crps(std::vector<double> ensemble, double value);

/// Score of a central interval: its width, and 2 / alpha for each unit the value lies outside.
///
/// @param alpha  1 - level of the interval, in (0, 1)
/// Source   Gneiting and Raftery 2007, equation 43
double interval_score(double low, double high, double alpha, double value);

/// Weighted interval score of the median and eleven central intervals of an ensemble, levels 10 to 98 %.
///
/// @return  in the unit of the value; the absolute error if there is one member
/// Source   Bracher, Ray, Gneiting and Reich 2021 (doi:10.1371/journal.pcbi.1008618)
double weighted_interval_score(std::vector<double> ensemble, double value);

/// Whether a value lies in the central interval of an ensemble.
///
/// @param level  in (0, 1): 0.9 for the 90 % band
bool covers(std::vector<double> ensemble, double level, double value);

/// Pearson's correlation; NaN where one of the two is constant.
double correlation(const Eigen::ArrayXd& a, const Eigen::ArrayXd& b);

/// All scores of one series, or of all together.
struct Skill {
    double relative_difference = 0;  ///< ARD of the mean over members
    double rescaled_difference = 0;  ///< ARD rescaled, of the same; of one place alone: not defined, 0
    double scaled_error = 0;         ///< MASE of the median against no change for a week
    double crps = 0;                 ///< [persons] mean over days
    double interval_score = 0;       ///< WIS [persons] mean over days
    double log_interval_score =
        0;                  ///< WIS of log(1 + persons), Bosse et al. 2023 (doi:10.1371/journal.pcbi.1011393)
    double covered_50 = 0;  ///< [-] share of days on which the 50 % band holds the count
    double covered_90 = 0;
    double correlation = 0;  ///< of the median with the counts
};

/// Scores of an ensemble, place by place and in all.
///
/// Shape    C counted places.
struct SkillTable {
    std::vector<Skill> by_place;  ///< [C]
    Skill total;                  ///< the sum over places as one series
    Skill all;                    ///< ARD over places; the other scores averaged over places
};

/// Every score of an ensemble.
///
/// @param members        [M][T, C] persons
/// @param counted        [T, C] persons
/// @param records_a_week [-] lag of the error that errors are scaled by, at least 1
SkillTable skill(const std::vector<Eigen::ArrayXXd>& members, const Eigen::ArrayXXd& counted,
                 int records_a_week);

}  // namespace nuzuh
