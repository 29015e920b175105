// How people stand at the start of a step, and what follows at its end, in several runs at a time.
#pragma once

#include "sim/engine/pooled/place_rules.hpp"
#include "sim/rules/choosing.hpp"

namespace nuzuh::pooled {

/// Counts who is at a place, and takes note of who pulls others: households that settled, the less the longer ago where
/// memory fades.
///
/// @param step_ended  whether memory fades by a step
template <class V>
NUZUH_INLINE void count_at(Lanes<V> in, const Parameters& parameters, bool step_ended, Households& now,
                           DecisionContext& context, std::size_t i) {
    const std::size_t places = parameters.places;
    const V fading = in(parameters.choose.network_fading);
    V at_home = in(context.immobile[i]), displaced{}, settled{};
    for (std::size_t k = 0, c = i; k < parameters.mobile; ++k, c += places) {
        at_home += in(now.home[c]) + in(now.back[c]);
        settled += in(now.settled[c]);
        displaced += in(parameters.persons[k]) * in(now.settled[c]);
    }
    if (step_ended) {
        const V remembered =
            rules::remembered_arrivals(in(now.pulling[i]), fading, settled, in(context.settled[i]));
        in.put(fading > 0 ? remembered : settled, now.pulling[i]);
    }
    in.put(settled, context.settled[i]);
    in.put(at_home, context.at_home[i]);
    in.put(displaced, context.displaced[i]);
    const bool here = any(at_home + settled > 0);
    context.anyone[i] = in.first == 0 ? here : context.anyone[i] || here;
}

/// The same for all places.
template <class V>
void count(Lanes<V> in, const Parameters& parameters, bool step_ended, Households& now,
           DecisionContext& context) {
    for (std::size_t i = 0; i < parameters.places; ++i) count_at(in, parameters, step_ended, now, context, i);
}

/// The same at the end of a step, where more than the end of journeys may have changed it.
template <class V>
void count_gates(Lanes<V> in, const Parameters& parameters, const Inputs& inputs, Households& now,
                 DecisionContext& context) {
    for (std::size_t i = 0; i < parameters.places; ++i) {
        if (!inputs.is_free[i] || parameters.is_abroad[i]) count_at(in, parameters, true, now, context, i);
    }
}

/// Counts who is where, for the record of a step.
template <class V>
void take_stock(Lanes<V> in, const Parameters& parameters, const Households& now,
                const DecisionContext& context, bool anyone_waits, Fields& fields, Batch& all_households) {
    const std::size_t places = parameters.places;
    V households{};
    for (std::size_t i = 0; i < places; ++i) {
        V at_home{}, waiting{}, on_the_road{};
        households += in(context.at_home[i]) + in(context.settled[i]);
        for (std::size_t k = 0, c = i; k < parameters.groups; ++k, c += places) {
            const V persons = in(parameters.persons[k]);
            at_home += persons * in(now.home[c]);
            if (k >= parameters.mobile) continue;
            at_home += persons * in(now.back[c]);
            if (anyone_waits) {
                waiting += persons * in(now.waiting[c]);
                households += in(now.waiting[c]);
            }
            for (std::size_t s = 0; s < now.road.size(); ++s) {
                const V travelling = in(now.road[s][c]) + in(now.homeward[s][c]);
                on_the_road += persons * travelling;
                households += travelling;
            }
        }
        in.put(at_home, fields[PlaceField::at_home][i]);
        in.put(waiting, fields[PlaceField::waiting][i]);
        in.put(on_the_road, fields[PlaceField::on_the_road][i]);
    }
    in.put(households, all_households);
}

/// Those on their way home are back; whose home fell meanwhile arrive there in flight. Arrivals settle where anybody may
/// come to, and these places are counted.
///
/// @param slot  of the ring, with those who arrive; emptied but for arrivals where not everybody may stay
template <class V>
void end_journeys(Lanes<V> in, const Parameters& parameters, const Inputs& inputs, std::size_t slot,
                  Households& now, Fields& fields, DecisionContext& context) {
    const std::size_t places = parameters.places;
    Batches &homeward = now.homeward[slot], &arriving = now.road[slot];
    for (std::size_t j = 0; j < places; ++j) {
        const auto fallen = in(inputs.fallen[j]) > 0;
        V returns{}, arrivals{};
        for (std::size_t k = 0, c = j; k < parameters.mobile; ++k, c += places) {
            const V persons = in(parameters.persons[k]);
            V come = in(arriving[c]), home = in(homeward[c]);
            if (any(fallen)) {
                const V not_home = only(fallen, home);
                come += not_home;
                home -= not_home;
                in.add(not_home, now.away[c]);
                if (parameters.counts_causes)
                    in.add(persons * not_home, fields[arrivals_by(Cause::capture)][j]);
            }
            in.add(home, now.back[c]);
            returns += persons * home;
            arrivals += persons * come;
            if (inputs.is_free[j]) in.add(come, now.settled[c]);
            in.put(inputs.is_free[j] ? V{} : come, arriving[c]);
            in.put(V{}, homeward[c]);
        }
        in.put(returns, fields[PlaceField::returns][j]);
        in.put(arrivals, fields[PlaceField::arrivals][j]);
        if (inputs.is_free[j] && !parameters.is_abroad[j]) count_at(in, parameters, true, now, context, j);
    }
}

/// Hazards of going home: the mean of the rates of homes in reach over all who are away, 0 for homes that are not.
template <class V>
void find_ways_home(Lanes<V> in, const Parameters& parameters, const Households& now, const Inputs& inputs,
                    DecisionContext& context) {
    const std::size_t places = parameters.places;
    by_groups(
        0, parameters.mobile, [&](std::size_t k, auto together) __attribute__((always_inline)) {
            constexpr std::size_t groups = together;
            V everyone[groups] = {};
            for (std::size_t o = 0; o < places; ++o) {
                for (std::size_t g = 0; g < groups; ++g) everyone[g] += in(now.away[(k + g) * places + o]);
            }
            for (std::size_t g = 0; g < groups; ++g)
                in.put(in(parameters.return_rate) * rules::inverse(everyone[g]), context.per_head[k + g]);
            for (int home : inputs.open) {
                const V rate = in(inputs.returning[std::size_t(home)]);
                for (std::size_t g = 0, c = k * places + std::size_t(home); g < groups; ++g, c += places)
                    in.put(in(now.away[c]) * rate, context.open[c]);
            }
            for (const auto& [reach, holds] : context.reaches) {
                for (std::size_t i = 0; i < places; ++i) {
                    if (reach->same[i] != int(i)) continue;
                    V open[groups] = {};
                    for (int o : reach->of[i]) {
                        if (!inputs.is_open[std::size_t(o)]) continue;
                        for (std::size_t g = 0; g < groups; ++g)
                            open[g] += in(context.open[(k + g) * places + std::size_t(o)]);
                    }
                    for (std::size_t g = 0; g < groups; ++g) {
                        const V back = open[g] * in(context.per_head[k + g]);
                        for (int member : reach->members[i]) {
                            Batch& there = context.back[(k + g) * places + std::size_t(member)];
                            in.put(in(holds) > 0 ? back : in(there), there);
                        }
                    }
                }
            }
        });
}

/// Pull of each place that attracts anybody: noise of shares * room * network.
template <class V>
void find_pull(Lanes<V> in, const Parameters& parameters, const Inputs& inputs, const Households& now,
               DecisionContext& context) {
    const auto& choose = parameters.choose;
    const V power = in(choose.network_pull), softening = in(choose.network_softening),
            floor = in(choose.capacity_floor), outside = in(choose.outside_buffer);
    V everyone{};
    for (const Batch& households : now.pulling) everyone += in(households);
    const V per = rules::per_softening(softening, everyone);
    for (int to : inputs.to) {
        const auto j = std::size_t(to);
        const V network = rules::network_factor(in(now.pulling[j]), per, power);
        const V occupancy = in(context.displaced[j]) * in(parameters.per_capacity[j]);
        const V room = rules::room_factor(occupancy, in(parameters.capacity[j]), outside, floor);
        in.put(network * (room * in(context.overdispersion[j])), context.pull[j]);
    }
}

/// Several places at a time: sums that do not wait for one another.
template <std::size_t together, class V, class Number>
NUZUH_INLINE std::size_t weights(Lanes<V> in, const Number* matrix, const Parameters& parameters,
                                 const Inputs& inputs, const Batches& pull, std::size_t at, Batches& total) {
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
template <class V, class Number>
void add_weights(Lanes<V> in, const Number* matrix, const Parameters& parameters, const Inputs& inputs,
                 const Batches& pull, Batches& total) {
    const std::size_t done = weights<4>(in, matrix, parameters, inputs, pull, 0, total);
    weights<1>(in, matrix, parameters, inputs, pull, done, total);
}

}  // namespace nuzuh::pooled
