// Who leaves during a step, in eight runs at a time: decided by draws or by their means.
//
// Decisions  a class with a member template At<In>(decisions, lanes, address): decisions about one cell of people,
//            with
//            drawn                      whether households are whole
//            some(question, n, hazard)  how many of n do what has that hazard over the step
//            part(question, n, p)       how many of n do what has that chance
#pragma once

#include "sim/base/random.hpp"
#include "sim/engine/pooled/place_rules.hpp"
#include "sim/engine/pooled/state.hpp"

namespace nuzuh::pooled {

/// Households that leave during a step. [M, P] each.
struct Leaving {
    Batches out;        ///< to other places; by means divided by the weights of all destinations together
    Batches returning;  ///< going home; by means divided by the hazard of it
    Batches gate_returning;  ///< by draws: going home of those who wait
    Batches
        all_returning;  ///< by means: going to a home from all places in its reach, for each who is away from it
};

/// What a household does before it leaves; part of the addresses of decisions.
enum Status : std::uint64_t { staying, at_gate };

/// Decisions about one group at a place; each has a number of its own.
enum Question : std::size_t {
    from_home,   ///< of those never displaced
    once_more,   ///< of those who had returned
    from_place,  ///< of the displaced
    homeward,    ///< of those: go home?
    blocked_at_home = from_home,
    blocked_away = once_more,  ///< would have left had the way out been free
};

/// Decisions by their means.
struct Means {
    template <class In>
    struct At {
        static constexpr bool drawn = false;
        using V = typename In::V;
        NUZUH_INLINE At(const Means&, In, const Address&) {}
        NUZUH_INLINE V some(Question, const V& n, const V& hazard) const { return n * rules::chance(hazard); }
        NUZUH_INLINE V part(Question, const V& n, const V& p) const { return n * p; }
    };
};

/// Those who are away from home, at one place.
template <class In>
struct Parting {
    using V = typename In::V;
    V left;      ///< all who do not stay
    V per_back;  ///< by means: who goes home, divided by the hazard of it
    V home, out, stuck;
};

template <class In, class At>
NUZUH_INLINE Parting<In> part(const At& decide, const typename In::V& onward, const typename In::V& back,
                              double dt, bool anywhere, const typename In::V& somewhere,
                              const typename In::V& here) {
    using V = typename In::V;
    const V both = onward + back;
    Parting<In> result;
    if constexpr (At::drawn) {
        result.left = decide.some(from_place, here, V(both * dt));
        result.home =
            anywhere ? decide.part(homeward, result.left, rules::part_returning(V(V{} + 1), onward, back))
                     : V{};
    } else {
        result.left = here * rules::leave_chance(both, dt);
        result.per_back = rules::leaving_per_hazard(result.left, onward, back);
        result.home = min(V(result.per_back * back), result.left);
    }
    const V wanted = result.left - result.home;
    result.out = only(somewhere > 0, wanted);
    result.stuck = wanted - result.out;
    return result;
}

/// Households at home leave, displaced ones move on or go home. Those who have nowhere to go, or no way out, are
/// counted.
///
/// @param leaving  set; with departures given, `out` holds the households that leave home
template <class In, class Decisions>
void leave(In in, const Decisions& decisions, std::uint64_t step, const BatchParameters& parameters,
           const BatchInputs& inputs, const DecisionContext& context, State& state, Leaving& leaving,
           Flows& flows) {
    using V = typename In::V;
    using At = typename Decisions::template At<In>;
    const auto places = std::size_t(parameters.places);
    const bool anywhere = !inputs.open.empty();
    for (std::size_t i = 0; i < places; ++i) {
        if (parameters.is_abroad[i] || !context.anyone[i]) {
            for (std::size_t k = 0, c = i; k < std::size_t(parameters.mobile); ++k, c += places) {
                in.put(V{}, leaving.out[c]);
                in.put(V{}, leaving.returning[c]);
            }
            continue;
        }
        if (inputs.next_matrix) {
            const double* column = inputs.next_matrix + i * places;
            for (std::size_t j = 0; j < places; j += 8) __builtin_prefetch(column + j, 0, 2);
        }
        const auto place = at_place(in, parameters, inputs, context, i);
        V departures{}, first{}, stuck{}, weights{}, per_weight{};
        for (std::size_t k = 0, c = i; k < std::size_t(parameters.mobile); ++k, c += places) {
            const V persons = in(parameters.persons[k]);
            if (k == 0 || parameters.mode_of_group[k] != parameters.mode_of_group[k - 1]) {
                weights = in(context.total[std::size_t(parameters.mode_of_group[k])][i]);
                if (!At::drawn) per_weight = rules::inverse(weights);
            }
            const At decide(decisions, in, {Purpose::leave, step, i, staying << 32 | k});
            const V rate = place.home(loaded(in, inputs.response, i * std::size_t(parameters.mobile) + k));
            V from_there = in(leaving.out[c]), nowhere_to_go{}, at_home{};
            if (!parameters.departures_given) {
                const V hazard = place.access * rate * parameters.dt;
                const V home = in(state.home[c]), back = in(state.back[c]);
                const V wanted = decide.some(from_home, home, hazard),
                        again = decide.some(once_more, back, hazard);
                const V out = only(weights > 0, wanted);
                from_there = only(weights > 0, wanted + again);
                nowhere_to_go = wanted + again - from_there;
                at_home = home + back - wanted - again;
                in.put(home - out, state.home[c]);
                in.put(back - (from_there - out), state.back[c]);
                in.add(from_there, state.away[c]);
                if (parameters.counts_first) first += persons * out;
            }
            const V here = in(state.settled[c]), onward = place.displaced(rate);
            const auto parting = part<In>(decide, place.access * onward,
                                          in(context.back[k * places + std::size_t(context.reach->same[i])]),
                                          parameters.dt, anywhere, weights, here);
            in.put(here - parting.home - parting.out, state.settled[c]);
            const V out = from_there + parting.out;
            in.put(At::drawn ? out : out * per_weight, leaving.out[c]);
            in.put(At::drawn ? parting.home : parting.per_back, leaving.returning[c]);
            departures += persons * (parameters.departures_given ? parting.out : out);
            if (!parameters.counts_stuck) continue;
            stuck += persons * (nowhere_to_go + parting.stuck);
            if (!inputs.any_siege) continue;
            const At blocked(decisions, in, {Purpose::could_not, step, i, staying << 32 | k});
            const auto chance_at = [&](const V& hazard) __attribute__((always_inline)) {
                return rules::chance_held_back(place.access, hazard, parameters.dt);
            };
            stuck += persons * (blocked.part(blocked_at_home, at_home, chance_at(rate)) +
                                blocked.part(blocked_away, V(here - parting.left), chance_at(onward)));
        }
        in.add(departures, flows[std::size_t(PlaceField::departures)][i]);
        in.add(first, flows[std::size_t(PlaceField::first_departures)][i]);
        in.add(stuck, flows[std::size_t(PlaceField::could_not_leave)][i]);
    }
}

/// The same for those who wait at a gate.
template <class In, class Decisions>
void leave_gates(In in, const Decisions& decisions, std::uint64_t step, const BatchParameters& parameters,
                 const BatchInputs& inputs, const DecisionContext& context, State& state, Leaving& leaving,
                 Flows& flows) {
    using V = typename In::V;
    using At = typename Decisions::template At<In>;
    const auto places = std::size_t(parameters.places);
    const bool anywhere = !inputs.open.empty();
    for (std::size_t i = 0; i < places; ++i) {
        if (!context.may_wait[i]) continue;
        V anyone{};
        for (std::size_t k = 0; k < std::size_t(parameters.mobile); ++k)
            anyone += in(state.waiting[k * places + i]);
        if (parameters.is_abroad[i] || !rules::any(anyone > 0)) continue;
        const auto place = at_place(in, parameters, inputs, context, i);
        const bool crossing = parameters.abroad_behind[i] >= 0;
        V departures{}, stuck{};
        for (std::size_t k = 0, c = i; k < std::size_t(parameters.mobile); ++k, c += places) {
            const V persons = in(parameters.persons[k]), here = in(state.waiting[c]);
            const V weights = in(context.total[std::size_t(parameters.mode_of_group[k])][i]);
            const V rate = place.home(loaded(in, inputs.response, i * std::size_t(parameters.mobile) + k));
            const V hazard = place.waiting(rate, crossing);
            const At decide(decisions, in, {Purpose::leave, step, i, at_gate << 32 | k});
            const auto parting = part<In>(decide, place.access * hazard,
                                          in(context.back[k * places + std::size_t(context.reach->same[i])]),
                                          parameters.dt, anywhere, weights, here);
            in.put(here - parting.home - parting.out, state.waiting[c]);
            if (At::drawn)
                in.put(parting.home, leaving.gate_returning[c]);
            else
                in.add(parting.per_back, leaving.returning[c]);
            in.add(At::drawn ? parting.out : parting.out * rules::inverse(weights), leaving.out[c]);
            departures += persons * parting.out;
            if (!parameters.counts_stuck) continue;
            stuck += persons * parting.stuck;
            if (!inputs.any_siege) continue;
            const At blocked(decisions, in, {Purpose::could_not, step, i, at_gate << 32 | k});
            stuck += persons * blocked.part(blocked_away, V(here - parting.left),
                                            rules::chance_held_back(place.access, hazard, parameters.dt));
        }
        in.add(departures, flows[std::size_t(PlaceField::departures)][i]);
        in.add(stuck, flows[std::size_t(PlaceField::could_not_leave)][i]);
    }
}

}  // namespace nuzuh::pooled
