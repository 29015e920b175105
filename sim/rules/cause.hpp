// What makes people leave a place.
#pragma once

#include <cstddef>

namespace nuzuh {

/// What makes people leave a place: each has a hazard of its own, and hazards divide those who leave in proportion to
/// themselves. What records say of them stands in engine/fields.hpp.
enum class Cause {
    strikes,
    fronts,
    capture,
    orders,
    base_rate,
    moving_on,
    no_shelter,
    turning_away,
    given,
    count_
};
constexpr std::size_t cause_count = std::size_t(Cause::count_);

/// A number of each cause.
template <class V>
struct ByCause {
    V of[cause_count] = {};
    V& operator[](Cause cause) { return of[std::size_t(cause)]; }
    const V& operator[](Cause cause) const { return of[std::size_t(cause)]; }
};

}  // namespace nuzuh
