// What the rules of leaving need at one place, taken from batches into registers.
#pragma once

#include <type_traits>

#include "sim/engine/pooled/people.hpp"

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

template <class V>
NUZUH_INLINE V loaded(Lanes<V> in, const Interleaved& from, std::size_t c) {
    return from.common ? in(from.common[c]) : in(from.of_each[c]);
}

template <class V>
NUZUH_INLINE rules::LeaveRates<V> loaded(Lanes<V> in, const rules::LeaveRates<Batch>& from) {
    rules::LeaveRates<V> rates;
    rules::for_each_rate(
        rates,
        from, [&](auto& rate, const Batch& batch) __attribute__((always_inline)) { rate = in(batch); });
    return rates;
}

/// What the hazards at one place follow from.
template <class V>
struct AtPlace {
    rules::LeaveRates<V> leave;
    rules::SharedHazards<V> shared;
    V onward, sheltered;  ///< rates of moving on, of all and of those with shelter [1/day]
    V without_shelter;    ///< part of the displaced [-]
    V access;
};

template <class V>
NUZUH_INLINE AtPlace<V> at_place(Lanes<V> in, const Parameters& parameters, const Inputs& inputs,
                                 const DecisionContext& context, std::size_t i) {
    const auto leave = loaded(in, parameters.leave);
    const V per_start = in(parameters.per_start[i]);
    const V gone = rules::share_gone(V(in(context.at_home[i]) * per_start), per_start > 0);
    return {leave,
            rules::shared_hazards(leave, gone, loaded(in, inputs.front, i), in(context.noise[i]),
                                  in(inputs.fallen[i]) > 0, loaded(in, inputs.ordered, i)),
            rules::onward_rate(in(parameters.onward[i]), leave.onward_without_shelter,
                               in(context.displaced[i]), in(parameters.capacity[i])),
            in(parameters.onward[i]),
            rules::share_without_shelter(in(context.displaced[i]), in(parameters.capacity[i])),
            loaded(in, inputs.access, i)};
}

}  // namespace nuzuh::pooled
