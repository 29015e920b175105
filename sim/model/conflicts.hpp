// Where there is conflict, how strong, and for how long already.
#pragma once

#include <vector>

#include <Eigen/Core>

#include "sim/model/settings.hpp"

namespace nuzuh {

/// Conflict by place and day of the period.
///
/// Shape    [P, days]
struct ConflictSeries {
    Eigen::ArrayXXd intensity;  ///< [-] 0 where there is none
    Eigen::ArrayXXi age_days;   ///< days since it began, also before the period; 0 where there is none
};

/// @param place_of  index of each entry's place
ConflictSeries conflict_series(const ScenarioSettings& settings, const std::vector<int>& place_of);

/// What is left of the force of a conflict of this age: the factor of the last entry that has begun, 1 before any.
double decay_factor(const std::vector<ConflictDecay>& decay, int age_days);

}  // namespace nuzuh
