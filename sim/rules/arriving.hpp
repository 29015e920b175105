// Who may stay where they arrive, and who gets through a crossing.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace nuzuh::rules {

/// Persons for whom there is room when people arrive at a place.
///
/// @param at_crossing  everybody waits first at a crossing
/// @param fallen       nobody stays in a place that has fallen
/// @param hard         whether those beyond capacity are turned away rather than left without shelter
/// @param free         [persons] capacity less those who are displaced there already
inline double room_on_arrival(bool at_crossing, bool fallen, bool hard, double free) {
    if (at_crossing || fallen) return 0;
    return hard ? free : std::numeric_limits<double>::infinity();
}

/// Persons whom a crossing lets through in a step: its quota, and what of it was left by earlier steps.
inline double room_at_crossing(double quota_per_day, double length_days, double carry_over) {
    return quota_per_day > 0 ? quota_per_day * length_days + carry_over : 0;
}

/// What is left of a quota for the next step, because the next household in line did not fit: a small quota would
/// else be rounded to nothing.
///
/// @param room     see `room_at_crossing` [persons]
/// @param passing  [persons] who went through
/// @param waiting  whether anybody is left in line; a quota that nobody waits for lapses
inline double quota_carry_over(double quota_per_day, double room, double passing, bool waiting) {
    return quota_per_day > 0 && waiting ? room - passing : 0;
}

/// Steps that a journey takes, at least one.
inline int travel_steps(double hours, double hours_per_day, double step_days) {
    return std::max(1, int(std::ceil(hours / (hours_per_day * step_days) - 1e-9)));
}

}  // namespace nuzuh::rules
