// From which homes people who are registered at camps have come.
#pragma once

#include <Eigen/Core>

#include "sim/model/world.hpp"

namespace nuzuh {

/// Intensity of the conflict at a place on a day of the period, times what is left of its force [-].
double conflict_force(const World& world, int place, int day);

/// Share of each home among those who come to camps, for every day of the period.
///
/// Those who leave on the day, or on the next day on which anybody does, or else on the last one before. Where nobody
/// ever leaves: people in places in conflict, by population times what is left of its force, on the day or the next
/// such; where there is no conflict either, all people who live outside camps.
///
/// @return  [P, days] columns add to 1; no columns where nobody lives outside camps
/// Source   judgement
Eigen::ArrayXXd homes_by_day(const World& world);

}  // namespace nuzuh
