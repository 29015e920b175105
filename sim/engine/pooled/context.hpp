// How people stand at the start of a step, and what follows at its end, in several runs at a time.
#pragma once

#include "sim/engine/pooled/place_rules.hpp"
#include "sim/rules/choosing.hpp"

namespace nuzuh::pooled {

/// Counts who is at a place, and takes note of who pulls others: households that settled, the less the longer ago where
/// memory fades.
///
/// @param step_ended  whether memory fades by a step
template <class In>
NUZUH_INLINE void count_at(In in, const BatchParameters& parameters, const State& state, bool step_ended,
                           DecisionContext& context, std::size_t i) {
    using V = typename In::V;
    const auto places = std::size_t(parameters.places);
    const V fading = in(parameters.choose.network_fading);
    V at_home = in(parameters.immobile[i]), displaced{}, settled{};
    for (std::size_t k = 0, c = i; k < std::size_t(parameters.mobile); ++k, c += places) {
        at_home += in(state.home[c]) + in(state.back[c]);
        settled += in(state.settled[c]);
        displaced += in(parameters.persons[k]) * in(state.settled[c]);
    }
    if (step_ended) {
        const V remembered =
            rules::remembered_arrivals(in(context.pulling[i]), fading, settled, in(context.settled[i]));
        in.put(fading > 0 ? remembered : settled, context.pulling[i]);
    }
    in.put(settled, context.settled[i]);
    in.put(at_home, context.at_home[i]);
    in.put(displaced, context.displaced[i]);
    const bool here = any(at_home + settled > 0);
    context.anyone[i] = in.first == 0 ? here : context.anyone[i] || here;
}

/// The same for all places.
template <class In>
void count(In in, const BatchParameters& parameters, const State& state, bool step_ended,
           DecisionContext& context) {
    for (std::size_t i = 0; i < std::size_t(parameters.places); ++i)
        count_at(in, parameters, state, step_ended, context, i);
}

/// The same at the end of a step, where more than the end of journeys may have changed it.
template <class In>
void count_gates(In in, const BatchParameters& parameters, const BatchInputs& inputs, const State& state,
                 DecisionContext& context) {
    for (std::size_t i = 0; i < std::size_t(parameters.places); ++i) {
        if (!inputs.is_free[i] || parameters.is_abroad[i]) count_at(in, parameters, state, true, context, i);
    }
}

/// Counts who is where, for the record of a step.
template <class In>
void take_stock(In in, const BatchParameters& parameters, const State& state, const DecisionContext& context,
                bool anyone_waits, Stock& stock) {
    using V = typename In::V;
    const auto places = std::size_t(parameters.places);
    V households{};
    for (std::size_t i = 0; i < places; ++i) {
        V at_home{}, waiting{}, on_the_road{};
        households += in(context.at_home[i]) + in(context.settled[i]);
        for (std::size_t k = 0, c = i; k < std::size_t(parameters.groups); ++k, c += places) {
            const V persons = in(parameters.persons[k]);
            at_home += persons * in(state.home[c]);
            if (k >= std::size_t(parameters.mobile)) continue;
            at_home += persons * in(state.back[c]);
            if (anyone_waits) {
                waiting += persons * in(state.waiting[c]);
                households += in(state.waiting[c]);
            }
            for (std::size_t s = 0; s < state.road.size(); ++s) {
                const V travelling = in(state.road[s][c]) + in(state.homeward[s][c]);
                on_the_road += persons * travelling;
                households += travelling;
            }
        }
        in.put(at_home, stock.at_home[i]);
        in.put(waiting, stock.waiting[i]);
        in.put(on_the_road, stock.on_the_road[i]);
    }
    in.put(households, stock.households);
}

/// Those on their way home are back; whose home fell meanwhile arrive there in flight. Arrivals settle where anybody may
/// come to, and these places are counted.
///
/// @param homeward  [M, P] emptied
/// @param arriving  [M, P] emptied at free places
template <class In>
void end_journeys(In in, const BatchParameters& parameters, const BatchInputs& inputs, Batches& homeward,
                  Batches& arriving, State& state, Flows& flows, DecisionContext& context) {
    using V = typename In::V;
    const auto places = std::size_t(parameters.places);
    for (std::size_t j = 0; j < places; ++j) {
        V returns{}, arrivals{};
        for (std::size_t k = 0, c = j; k < std::size_t(parameters.mobile); ++k, c += places) {
            const V persons = in(parameters.persons[k]), home = in(homeward[c]);
            V come = in(arriving[c]);
            if (inputs.fallen[j]) {
                come += home;
                in.add(home, state.away[c]);
            } else {
                in.add(home, state.back[c]);
                returns += persons * home;
            }
            arrivals += persons * come;
            if (inputs.is_free[j]) in.add(come, state.settled[c]);
            in.put(inputs.is_free[j] ? V{} : come, arriving[c]);
            in.put(V{}, homeward[c]);
        }
        in.put(returns, flows[std::size_t(PlaceField::returns)][j]);
        in.put(arrivals, flows[std::size_t(PlaceField::arrivals)][j]);
        if (inputs.is_free[j] && !parameters.is_abroad[j]) count_at(in, parameters, state, true, context, j);
    }
}

/// Hazards of going home: the rate times the share of homes open and in reach among those of all who are away.
template <class In>
void find_ways_home(In in, const BatchParameters& parameters, const State& state, const BatchInputs& inputs,
                    DecisionContext& context) {
    const Reach& reach = *context.reach;
    using V = typename In::V;
    const auto places = std::size_t(parameters.places);
    by_groups(
        0, std::size_t(parameters.mobile), [&](std::size_t k, auto together) __attribute__((always_inline)) {
            constexpr std::size_t groups = together;
            V everyone[groups] = {};
            for (std::size_t o = 0; o < places; ++o) {
                for (std::size_t g = 0; g < groups; ++g) everyone[g] += in(state.away[(k + g) * places + o]);
            }
            for (std::size_t g = 0; g < groups; ++g)
                in.put(in(parameters.return_rate) * rules::inverse(everyone[g]), context.per_head[k + g]);
            for (int home : inputs.open) {
                const V may_return = in(inputs.may_return[std::size_t(home)]);
                for (std::size_t g = 0, c = k * places + std::size_t(home); g < groups; ++g, c += places)
                    in.put(in(state.away[c]) * may_return, context.open[c]);
            }
            for (std::size_t i = 0; i < places; ++i) {
                if (reach.same[i] != int(i)) continue;
                V open[groups] = {};
                for (int o : reach.of[i]) {
                    if (!inputs.is_open[std::size_t(o)]) continue;
                    for (std::size_t g = 0; g < groups; ++g)
                        open[g] += in(context.open[(k + g) * places + std::size_t(o)]);
                }
                for (std::size_t g = 0; g < groups; ++g)
                    in.put(open[g] * in(context.per_head[k + g]), context.back[(k + g) * places + i]);
            }
        });
}

/// Pull of each place that attracts anybody: noise of shares * room * network.
template <class In>
void find_pull(In in, const BatchParameters& parameters, const BatchInputs& inputs,
               DecisionContext& context) {
    using V = typename In::V;
    const auto& choose = parameters.choose;
    const auto places = std::size_t(parameters.places);
    const V power = in(choose.network_pull), softening = in(choose.network_softening),
            floor = in(choose.capacity_floor), outside = in(choose.outside_buffer);
    V everyone{};
    for (std::size_t j = 0; j < places; ++j) everyone += in(context.pulling[j]);
    const V per = rules::per_softening(softening, everyone);
    for (int to : inputs.to) {
        const auto j = std::size_t(to);
        const V network = rules::network_factor(in(context.pulling[j]), per, power);
        const V occupancy = in(context.displaced[j]) * in(parameters.per_capacity[j]);
        const V room = rules::room_factor(occupancy, in(parameters.capacity[j]), outside, floor);
        in.put(network * (room * in(context.overdispersion[j])), context.pull[j]);
    }
}

/// Several places at a time: sums that do not wait for one another.
template <std::size_t together, class In, class Number>
NUZUH_INLINE std::size_t weights(In in, const Number* matrix, const BatchParameters& parameters,
                                 const BatchInputs& inputs, const Batches& pull, std::size_t at,
                                 Batches& total) {
    using V = typename In::V;
    for (; at + together <= inputs.from.size(); at += together) {
        const Number* columns[together];
        V sums[together] = {};
        for (std::size_t c = 0; c < together; ++c)
            columns[c] = matrix + std::ptrdiff_t(inputs.from[at + c]) * parameters.places;
        for (int j : inputs.to) {
            const V pulls = in(pull[std::size_t(j)]);
            for (std::size_t c = 0; c < together; ++c) sums[c] = fused(in(columns[c][j]), pulls, sums[c]);
        }
        for (std::size_t c = 0; c < together; ++c) in.put(sums[c], total[std::size_t(inputs.from[at + c])]);
    }
    return at;
}

/// Weights of all destinations from each place, for one way of travelling.
///
/// @param matrix  [from P, to P] attraction in every run, or of each
/// @param total  [P] set
template <class In, class Number>
void add_weights(In in, const Number* matrix, const BatchParameters& parameters, const BatchInputs& inputs,
                 const Batches& pull, Batches& total) {
    const std::size_t done = weights<4>(in, matrix, parameters, inputs, pull, 0, total);
    weights<1>(in, matrix, parameters, inputs, pull, done, total);
}

}  // namespace nuzuh::pooled
