// The rules of leaving in eight runs at a time, as they stand in model/rules.hpp and engine/conditions.hpp;
// tests/engines/pooled_test.cpp holds one against the other.
#pragma once

#include "sim/engine/pooled/crowd.hpp"
#include "sim/engine/pooled/octet_math.hpp"

namespace nuzuh::pooled {

using namespace octet;

NUZUH_INLINE V load(double everywhere) { return all(everywhere); }
using octet::load;

NUZUH_INLINE void add(const V& more, Octet& to) { store(load(to) + more, to); }

/// 1 / x, and 0 where x is 0.
NUZUH_INLINE V inverse(const V& x) {
    const Bits some = x > 0;
    return only(some, 1.0 / select(some, x, all(1)));
}

/// What everyone at a place shares when it is decided who leaves.
struct AtPlace {
    V neighbours;  ///< 1 + neighbours * share of them away
    V front;       ///< h0 + h_front * front
    V noise;
    V capture;  ///< [1/day]
    V onward;   ///< rate of moving on [1/day]
    V access;
};

NUZUH_INLINE AtPlace at_place(const Setting& setting, const Ground& ground, const Outlook& outlook,
                              std::size_t i) {
    const auto& leave = setting.leave;
    const V gone = only(load(setting.at_start[i]) > 0,
                        max(1.0 - load(outlook.at_home[i]) * load(setting.per_start[i]), V{}));
    const V displaced = load(outlook.displaced[i]), capacity = load(setting.capacity[i]),
            rate = load(setting.onward[i]);
    const V unsheltered = 1.0 - capacity * inverse(displaced);
    return {1.0 + load(leave.neighbours) * gone,
            load(leave.h0) + load(leave.h_front) * load(ground.front[i]),
            load(outlook.noise[i]),
            ground.fallen[i] ? load(leave.h_capture) : V{},
            rate + only(displaced > capacity, (load(leave.onward_without_shelter) - rate) * unsheltered),
            load(ground.access[i])};
}

/// Hazard of leaving home.
NUZUH_INLINE V home_hazard(const Setting& setting, const AtPlace& place, const V& response) {
    if (setting.departures_given) return V{};
    return place.noise * (place.front + load(setting.leave.h_max) * response * place.neighbours) +
           place.capture;
}

/// Hazard of moving on where people stay displaced, given that of leaving home.
NUZUH_INLINE V onward_hazard(const Setting& setting, const AtPlace& place, const V& home) {
    if (setting.departures_given) return V{};
    return home * load(setting.leave.displaced_factor) + place.onward;
}

/// Hazard of moving on for those who wait: patience at a crossing, at once where they were turned away.
NUZUH_INLINE V gate_hazard(const Setting& setting, const V& home, bool is_crossing) {
    if (!is_crossing) return all(1e9);
    if (setting.departures_given) return V{};
    return home * load(setting.leave.displaced_factor) + load(setting.leave.onward_without_shelter);
}

}  // namespace nuzuh::pooled
