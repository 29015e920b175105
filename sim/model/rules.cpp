#include "sim/model/rules.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nuzuh {

double leave_chance(double hazard_per_day, double length_days) {
    return -std::expm1(-hazard_per_day * length_days);
}

double response(double exposure, double threshold, double steepness) {
    if (!(exposure > 0)) return 0;
    return 1 / (1 + std::pow(threshold / exposure, steepness));
}

double danger_hazard(const LeaveSettings& leave, double response, double gone, double front) {
    return leave.h0 + leave.h_max * response * (1 + leave.neighbours * gone) + leave.h_front * front;
}

double remembered_exposure(const LeaveSettings& leave, double exposure, double strikes_in_reach_per_day,
                           double length_days) {
    return exposure * std::exp2(-length_days / leave.memory_half_life_days) +
           strikes_in_reach_per_day * length_days;
}

double danger_index(const LeaveSettings& leave, double exposure) {
    return std::log2(1 + exposure * std::numbers::ln2 / leave.memory_half_life_days);
}

DangerBand danger_band(double danger_index) {
    if (danger_index < 1) return DangerBand::below_1;
    if (danger_index < 2) return DangerBand::from_1;
    return danger_index < 3 ? DangerBand::from_2 : DangerBand::from_3;
}

double throttle(const ChooseSettings& choose, double displaced_persons, double capacity_persons) {
    if (!(capacity_persons > 0)) return choose.capacity_floor;
    const double free = 1 - displaced_persons / capacity_persons;
    return std::clamp(free / (1 - choose.capacity_buffer), choose.capacity_floor, 1.0);
}

double onward_rate(const LeaveSettings& leave, double onward_per_day, double displaced_persons,
                   double capacity_persons) {
    if (displaced_persons <= capacity_persons) return onward_per_day;
    const double unsheltered = 1 - capacity_persons / displaced_persons;
    return onward_per_day + (leave.onward_without_shelter - onward_per_day) * unsheltered;
}

int travel_steps(double hours, double hours_per_day, double step_days) {
    return std::max(1, int(std::ceil(hours / (hours_per_day * step_days) - 1e-9)));
}

}  // namespace nuzuh
