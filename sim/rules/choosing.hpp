// Where people go: the attraction of places, and what those who are there already change in it.
//
//     weight of j from i = type * population^eta * exp(-z danger_j) * (hours + T0)^(-beta) * exp(-g worst danger passed)
//                          * network factor * room * noise
#pragma once

#include <cmath>

#include "sim/rules/number.hpp"

namespace nuzuh::rules {

/// P^eta, of places of less than one person too 1.
inline double population_factor(double population, double power) {
    return std::pow(std::max(1.0, population), power);
}

/// Attraction of a place by itself, before people.
///
/// @param of_type        of a place of its kind, 0 where nobody may go [-]
/// @param population     see `population_factor`
/// @param danger_there   z, how much danger deters [-]
/// @param danger         danger index of the place
inline double attraction_there(double of_type, double population, double danger_there, double danger) {
    return of_type * population * std::exp(-danger_there * danger);
}

/// (T + T0)^(-beta): how near a place is in hours of travel; 0 where there is no way.
inline double nearness(double hours, double softening_hours, double distance_power) {
    return std::isfinite(hours) ? std::pow(hours + softening_hours, -distance_power) : 0.0;
}

/// exp(-g R): how far danger R on the way keeps people from going.
///
/// @tparam N  a double or an array of Eigen
template <class N>
auto passing_factor(double danger_on_way, const N& danger) {
    using std::exp;
    return exp(-danger_on_way * danger);
}

/// Part of a place's attraction that is left as it fills.
///
///     clip((1 - displaced / capacity) / (1 - buffer), floor, 1);  the floor without capacity
///
/// @param occupancy   displaced persons for each whom it can shelter [-]; whatever without capacity
/// @param capacity    persons whom it can shelter
/// @param outside     1 - buffer, the buffer being the share of capacity up to which a place attracts in full [-]
/// @return            [-] in [floor, 1]
template <Number V>
NUZUH_INLINE V room_factor(const V& occupancy, const V& capacity, const V& outside, const V& floor) {
    const V free = (1.0 - occupancy) / outside;
    return capacity > 0 ? min(max(free, floor), V(V{} + 1)) : floor;
}

/// 1 / S0: what households from the same home are compared with. One household, or a share of all who are displaced from
/// there where that is more.
///
/// @param softening  share [-]; 0: one household
/// @param all        households from the home that pull others, everywhere
template <Number V>
NUZUH_INLINE V per_softening(const V& softening, const V& all) {
    return 1.0 / max(V(softening * all), V(V{} + 1));
}

/// How households from the same home draw others after them.
///
///     (1 + S / S0)^power
///
/// @param households  S, as far as they are remembered
/// @param per         1 / S0, see `per_softening`
/// @tparam N          a number, or an array of Eigen
template <class N, class V>
NUZUH_INLINE auto network_factor(const N& households, const V& per, const V& power) {
    return exp(power * log(1.0 + households * per));
}

/// Households that pull others after a step, the less the longer ago they came.
///
/// @param remembered  before the step
/// @param left        part of memory that is left after it, see `memory_left`
/// @param now,before  households there
template <Number V>
NUZUH_INLINE V remembered_arrivals(const V& remembered, const V& left, const V& now, const V& before) {
    return remembered * left + max(V(now - before), V{});
}

}  // namespace nuzuh::rules
