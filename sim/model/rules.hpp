// The rules of hazard_choice, as pure functions. Both engines call these and no others, which is what makes
// them comparable.
#pragma once

#include <array>
#include <string_view>
#include <utility>

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

/// How dangerous a place is on a day, from no strikes to fallen; everything from `from_1` on is danger.
///
/// Source   judgement: the index is 1, 2 and 3 under 1, 3 and 7 strikes a day that go on; ground troops come above
///          any bombardment, because people who stay then seldom get another chance to leave.
enum class DangerBand { below_1, from_1, from_2, from_3, assault, fallen, count_ };
constexpr int danger_band_count = int(DangerBand::count_);

/// Name and meaning of each band.
constexpr std::array<std::pair<std::string_view, std::string_view>, danger_band_count> danger_bands{{
    {"below 1", "danger index below 1: less than a strike a day in reach"},
    {"1 to 2", "danger index from 1 to 2: one to three strikes a day in reach"},
    {"2 to 3", "danger index from 2 to 3: three to seven strikes a day in reach"},
    {"3 and more", "danger index of 3 or more: seven strikes a day in reach or more"},
    {"under assault", "under ground assault, whatever the danger index"},
    {"fallen", "has fallen"},
}};

/// Band of a place that is neither under assault nor fallen.
DangerBand danger_band(double danger_index);

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
