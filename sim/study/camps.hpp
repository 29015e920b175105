// Camps as they were counted, and how far a run is from them.
#pragma once

#include <vector>

#include <Eigen/Core>

#include "sim/engine/record.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// Camps with registrations, in the order of the network.
std::vector<int> counted_camps(const World& world);

/// Registrations at these places.
///
/// @return  [camps, days] persons at the end of each day of the period
Eigen::ArrayXXd registered_at(const World& world, const std::vector<int>& camps);

/// People displaced at these places in a run that was recorded every day.
///
/// @return  [camps, days] persons
Eigen::ArrayXXd displaced_at(const World& world, const RunResult& run, const std::vector<int>& camps);

/// Averaged relative difference between simulated and registered people, the score that Flee's field publishes.
struct RelativeDifference {
    double plain = 0;     ///< mean over days of sum_camps |S - D| / max(1, sum_camps D)
    double rescaled = 0;  ///< the same with S scaled on each day so that its sum is that of D; 0 people stay 0
};

/// @param simulated,registered  [camps, days] persons
///
/// Source   Flee 3, extract-validation-results.py; half of it is the share of people who are misplaced
RelativeDifference relative_difference(const Eigen::ArrayXXd& simulated, const Eigen::ArrayXXd& registered);

}  // namespace nuzuh
