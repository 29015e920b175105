// The rules of hazard_choice, as pure functions. Both engines call these and no others, which is what makes
// them comparable.
#pragma once

#include "sim/model/settings.hpp"

namespace nuzuh {

/// Chance that a household leaves during one step of constant hazard.
///
///     chance = 1 - exp(-hazard * length)
///
/// so four quarter-days give the chance of one whole day, and no bombardment, however heavy, passes one.
///
/// @param hazard_per_day  leave hazard [1/day], >= 0
/// @param length_days     length of the step [day], > 0
/// @return                probability [-] in [0, 1]; 1 is reached only by rounding
double leave_chance(double hazard_per_day, double length_days);

/// Response of leaving to exposure.
///
///     response = x^n / (1 + x^n),  x = exposure / threshold
///
/// @param exposure   strikes in memory [strikes], >= 0
/// @param threshold  exposure at half response [strikes], > 0
/// @param steepness  n [-], > 0
/// @return           [-] in [0, 1), 0 without exposure, 1/2 at the threshold
double response(double exposure, double threshold, double steepness);

/// Hazard with which a mobile household leaves a place because of what happens there, before access out and
/// shared noise.
///
///     hazard = h0 + h_max * response * (1 + neighbours * gone) + h_front * front
///
/// @param response   of the household's group to exposure at the place [-]
/// @param gone       share of the place's own households that are away [-] in [0, 1]
/// @param front      front pressure [-] in [0, 1]
/// @return           [1/day]
double danger_hazard(const LeaveSettings& leave, double response, double gone, double front);

/// Exposure after a step.
///
///     exposure * 2^(-length / half-life) + strikes_in_reach * length
///
/// @return  [strikes]
double remembered_exposure(const LeaveSettings& leave, double exposure, double strikes_in_reach_per_day,
                           double length_days);

/// Danger index of a place.
///
///     log2(1 + exposure * ln 2 / half-life)
///
/// About 1 under a steady strike a day, and one more for each doubling after that: the choice of
/// destination then falls as a power of the strikes, not to nothing.
double danger_index(const LeaveSettings& leave, double exposure);

/// Part of a place's attraction that is left as it fills.
///
///     clip((1 - occupancy) / (1 - buffer), floor, 1)
///
/// @param displaced_persons  displaced people there
/// @param capacity_persons   whom it can shelter; 0: the floor
/// @return                   [-] in [floor, 1]
double throttle(const ChooseSettings& choose, double displaced_persons, double capacity_persons);

/// Rate of moving on from a place where part of the displaced have no shelter: the mean over those with and
/// those without.
///
/// @param onward_per_day  rate of those with shelter [1/day]
/// @return                [1/day]
double onward_rate(const LeaveSettings& leave, double onward_per_day, double displaced_persons,
                   double capacity_persons);

/// Steps that a journey takes, at least one.
int travel_steps(double hours, double hours_per_day, double step_days);

}  // namespace nuzuh
