// A reported figure as an observation of what runs simulate.
#pragma once

#include <vector>

#include "sim/model/settings.hpp"

namespace nuzuh {

/// Standard deviation of the logarithm by which the model itself is off: median of its prior. Judgement.
constexpr double typical_discrepancy = 0.15;

/// Half the width of a 90 % range in standard deviations of a normal distribution.
constexpr double half_width_90 = 1.6448536269514722;

/// Logarithm of persons; of less than one, that of one.
double log_of(double persons);

/// What is known of a figure beside what it says.
struct Observation {
    ReportedFigure figure;
    double low = 0, high = 0;  ///< logarithms of the ends between which it may lie, see `reported_range`
    double chance = 0;         ///< standard deviation by chance and inputs
    double bias = 0;           ///< log of the mean of runs, less that of the expected run
    double weight = 1;         ///< independent figures that it stands for
};

Observation observation_of(const ReportedFigure& figure);

/// Lets figures of a series (the same quantity and place) stand for the root of their number of independent ones: judgement,
/// since reports of a cumulative series share their errors.
void weigh_series(std::vector<Observation>& observations);

/// How many standard deviations a simulated value is off what was reported, by the uncertainty of the report, chance, inputs and the
/// model's own discrepancy; 0 between the ends of a bound or a range.
///
/// @param log_simulated  logarithm of persons
/// @param discrepancy    standard deviation of the logarithm by which the model is off
///
/// Source   implausibility: Craig, Goldstein, Seheult, Smith 1997 (doi:10.1007/978-1-4612-2290-3_2)
double implausibility(const Observation& o, double log_simulated, double discrepancy);

/// log density of what was reported, given what was simulated: normal where the figure is a number with an uncertainty,
/// and flat between its ends, with normal flanks, where it is a bound or a range.
///
/// @param log_simulated  logarithm of persons
/// @param discrepancy    standard deviation of the logarithm by which the model is off
double log_likelihood(const Observation& o, double log_simulated, double discrepancy);

}  // namespace nuzuh
