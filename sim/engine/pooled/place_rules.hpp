// The rules of leaving in several runs at a time, as they stand in model/rules.hpp and engine/conditions.hpp;
// tests/engines/pooled_test.cpp holds one against the other.
#pragma once

#include <type_traits>

#include "sim/base/pack_math.hpp"
#include "sim/engine/pooled/state.hpp"

namespace nuzuh::pooled {

using namespace pack;

/// Calls work(k, how many) for some groups at a time: sums of several do not wait for one another.
template <class Work>
NUZUH_INLINE void by_groups(std::size_t first, std::size_t end, const Work& work) {
    std::size_t k = first;
    for (; k + 4 <= end; k += 4) work(k, std::integral_constant<std::size_t, 4>());
    for (; k + 2 <= end; k += 2) work(k, std::integral_constant<std::size_t, 2>());
    for (; k < end; ++k) work(k, std::integral_constant<std::size_t, 1>());
}

/// 1 / x, and 0 where x is 0.
template <class V>
NUZUH_INLINE V inverse(const V& x) {
    const auto some = x > 0;
    return only(some, V(1.0 / (some ? x : V{} + 1)));
}

template <class In>
NUZUH_INLINE typename In::V loaded(In in, const Interleaved& from, std::size_t c) {
    return from.common ? in(from.common[c]) : in(from.of_each[c]);
}

/// What everyone at a place shares when it is decided who leaves.
template <class In>
struct AtPlace {
    typename In::V neighbours;  ///< 1 + neighbours * share of them away
    typename In::V front;       ///< h0 + h_front * front
    typename In::V noise;
    typename In::V capture;  ///< [1/day]
    typename In::V onward;   ///< rate of moving on [1/day]
    typename In::V access;
};

template <class In>
NUZUH_INLINE AtPlace<In> at_place(In in, const BatchParameters& parameters, const BatchInputs& inputs,
                                  const DecisionContext& context, std::size_t i) {
    using V = typename In::V;
    const auto& leave = parameters.leave;
    const V gone = only(in(parameters.at_start[i]) > 0,
                        max(1.0 - in(context.at_home[i]) * in(parameters.per_start[i]), V{}));
    const V displaced = in(context.displaced[i]), capacity = in(parameters.capacity[i]),
            rate = in(parameters.onward[i]);
    V onward = rate;
    if (const auto crowded = displaced > capacity; pack::any(crowded))
        onward +=
            only(crowded, (in(leave.onward_without_shelter) - rate) * (1.0 - capacity * inverse(displaced)));
    return {1.0 + in(leave.neighbours) * gone,
            in(leave.h0) + in(leave.h_front) * loaded(in, inputs.front, i),
            in(context.noise[i]),
            inputs.fallen[i] ? in(leave.h_capture) : V{},
            onward,
            loaded(in, inputs.access, i)};
}

/// Hazard of leaving home.
template <class In>
NUZUH_INLINE typename In::V home_hazard(In in, const BatchParameters& parameters, const AtPlace<In>& place,
                                        const typename In::V& response) {
    if (parameters.departures_given) return typename In::V{};
    return place.noise * (place.front + in(parameters.leave.h_max) * response * place.neighbours) +
           place.capture;
}

/// Hazard of moving on where people stay displaced, given that of leaving home.
template <class In>
NUZUH_INLINE typename In::V onward_hazard(In in, const BatchParameters& parameters, const AtPlace<In>& place,
                                          const typename In::V& home) {
    if (parameters.departures_given) return typename In::V{};
    return home * in(parameters.leave.displaced_factor) + place.onward;
}

/// Hazard of moving on for those who wait: patience at a crossing, at once where they were turned away.
template <class In>
NUZUH_INLINE typename In::V gate_hazard(In in, const BatchParameters& parameters, const typename In::V& home,
                                        bool is_crossing) {
    if (!is_crossing) return in(1e9);
    if (parameters.departures_given) return typename In::V{};
    return home * in(parameters.leave.displaced_factor) + in(parameters.leave.onward_without_shelter);
}

}  // namespace nuzuh::pooled
