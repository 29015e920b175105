// Who leaves during a step, in eight runs at a time: decided by draws or by their means.
//
// Decisions  a class with a member template At<V>(decisions, lanes, address): decisions about one cell of people,
//            with
//            drawn                      whether households are whole
//            some(question, n, hazard)  how many of n do what has that hazard over the step
//            part(question, n, p)       how many of n do what has that chance
#pragma once

#include "sim/base/random.hpp"
#include "sim/engine/pooled/place_rules.hpp"
#include "sim/engine/whereabouts.hpp"

namespace nuzuh::pooled {

/// Decisions about one group at a place; each has a number of its own.
enum Question : std::size_t {
    first_time,  ///< of those never displaced
    once_more,   ///< of those who had returned
    from_place,  ///< of the displaced
    homeward,    ///< of those: go home?
    blocked_at_home = first_time,
    blocked_away = once_more,  ///< would have left had the way out been free
};

/// Decisions by their means.
struct Means {
    template <class V>
    struct At {
        static constexpr bool drawn = false;
        NUZUH_INLINE At(const Means&, Lanes<V>, const Address&) {}
        NUZUH_INLINE V some(Question, const V& n, const V& hazard) const { return n * rules::chance(hazard); }
        NUZUH_INLINE V part(Question, const V& n, const V& p) const { return n * p; }
    };
};

/// Those who are away from home, at one place.
template <class V>
struct Parting {
    V left;      ///< all who do not stay
    V per_back;  ///< by means: who goes home, divided by the hazard of it
    V home, out, stuck;
};

template <class V, class At>
NUZUH_INLINE Parting<V> part(const At& decide, const V& onward, const V& back, double dt, bool anywhere,
                             const V& somewhere, const V& here) {
    const V both = onward + back;
    Parting<V> result;
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

/// Divides those of a group who leave a place among causes.
///
/// @param from_home, from_here  persons at home, and those displaced or waiting
/// @param by_cause              added to
template <Whereabouts where, class V>
NUZUH_INLINE void add_causes(Lanes<V> in, const Parameters& parameters, const AtPlace<V>& place,
                             const V& response, bool at_crossing, const V& from_home, const V& from_here,
                             ByCause<Batch>& by_cause) {
    constexpr bool waiting = where == Whereabouts::waiting;
    const auto add = [&](const V& persons, Cause cause) __attribute__((always_inline)) {
        in.add(persons, by_cause[cause]);
    };
    if (waiting && !at_crossing) return add(from_here, Cause::turning_away);
    if (parameters.departures_given) return;
    const auto home = rules::causes_at_home(place.leave, place.shared, response);
    const auto here = rules::causes_displaced(place.leave, home, place.sheltered,
                                              waiting ? V{} + 1 : place.without_shelter);
    const auto of_home = rules::shares_of(home), of_here = rules::shares_of(here);
    for (std::size_t c = 0; c < cause_count; ++c)
        in.add(from_home * of_home.of[c] + from_here * of_here.of[c], by_cause.of[c]);
}

/// Those at one place decide: households at home leave, displaced ones move on or go home. Who has nowhere to go, or no
/// way out, is counted.
///
/// @tparam where    settled: those at home, and those displaced there; waiting: those at the gate
/// @param  leaving  set, and those at the gate added; with departures given, `out` holds the households that leave home
template <Whereabouts where, class V, class Decisions>
// NOLINTNEXTLINE(readability-function-size): handed one by one, the compiler sees what none of the others changes
NUZUH_INLINE void leave_place(Lanes<V> in, const Decisions& decisions, std::uint64_t step,
                              const Parameters& parameters, const Inputs& inputs,
                              const DecisionContext& context, std::size_t i, Households& now,
                              Leaving& leaving, Fields& fields) {
    using At = typename Decisions::template At<V>;
    constexpr bool waiting = where == Whereabouts::waiting;
    const bool anywhere = !inputs.open.empty(), at_crossing = parameters.abroad_behind[i] >= 0;
    const std::size_t places = parameters.places;
    const auto place = at_place(in, parameters, inputs, context, i);
    V departures{}, first{}, stuck{}, weights{}, per_weight{};
    for (std::size_t k = 0, c = i; k < parameters.mobile; ++k, c += places) {
        const V persons = in(parameters.persons[k]);
        if (k == 0 || parameters.mode_of_group[k] != parameters.mode_of_group[k - 1]) {
            weights = in(context.total[std::size_t(parameters.mode_of_group[k])][i]);
            if (!At::drawn) per_weight = rules::inverse(weights);
        }
        const std::uint64_t cell = std::uint64_t(waiting) << 32 | k;  // who waits is part of the addresses
        const At decide(decisions, in, {Purpose::leave, step, i, cell});
        const V response = loaded(in, inputs.response, i * parameters.mobile + k);
        const V rate = rules::hazard_at_home(place.leave, place.shared, response);
        V from_home = waiting ? V{} : in(leaving.out[c]), nowhere_to_go{}, at_home{};
        if (!waiting && !parameters.departures_given) {
            const V hazard = place.access * rate * parameters.dt;
            const V home = in(now.home[c]), back = in(now.back[c]);
            const V wanted = decide.some(first_time, home, hazard),
                    again = decide.some(once_more, back, hazard);
            const V out = only(weights > 0, wanted);
            from_home = only(weights > 0, wanted + again);
            nowhere_to_go = wanted + again - from_home;
            at_home = home + back - wanted - again;
            in.put(home - out, now.home[c]);
            in.put(back - (from_home - out), now.back[c]);
            in.add(from_home, now.away[c]);
            if (parameters.counts_first) first += persons * out;
        }
        Batch& away = (waiting ? now.waiting : now.settled)[c];
        const V here = in(away), onward = waiting
                                              ? V(rules::hazard_waiting(place.leave, rate, at_crossing))
                                              : V(rules::hazard_displaced(place.leave, rate, place.onward));
        const auto parting = part(decide, V(place.access * onward), in(context.back[c]), parameters.dt,
                                  anywhere, weights, here);
        in.put(here - parting.home - parting.out, away);
        const V leavers = from_home + parting.out, out = At::drawn ? leavers : leavers * per_weight,
                returning = At::drawn ? parting.home : parting.per_back;
        in.put(waiting ? in(leaving.out[c]) + out : out, leaving.out[c]);
        if (waiting && At::drawn)
            in.put(returning, leaving.gate_returning[c]);
        else
            in.put(waiting ? in(leaving.returning[c]) + returning : returning, leaving.returning[c]);
        departures += persons * (parameters.departures_given ? parting.out : leavers);
        if (parameters.counts_causes)
            add_causes<where>(in, parameters, place, response, at_crossing, V(persons * from_home),
                              V(persons * parting.out), leaving.by_cause[c]);
        if (!parameters.counts_stuck) continue;
        stuck += persons * (nowhere_to_go + parting.stuck);
        if (!inputs.any_siege) continue;
        const At blocked(decisions, in, {Purpose::could_not, step, i, cell});
        const auto held_back = [&](Question question, const V& stayed, const V& hazard)
            __attribute__((always_inline)) {
            return blocked.part(question, stayed,
                                rules::chance_held_back(place.access, hazard, parameters.dt));
        };
        V held = held_back(blocked_away, V(here - parting.left), onward);
        if (!waiting) held += held_back(blocked_at_home, at_home, rate);
        stuck += persons * held;
    }
    in.add(departures, fields[PlaceField::departures][i]);
    in.add(first, fields[PlaceField::first_departures][i]);
    in.add(stuck, fields[PlaceField::could_not_leave][i]);
}

/// Everyone decides whether to leave: all but those who wait, or those alone.
template <Whereabouts where, class V, class Decisions>
// NOLINTNEXTLINE(readability-function-size): handed one by one, the compiler sees what none of the others changes
void leave(Lanes<V> in, const Decisions& decisions, std::uint64_t step, const Parameters& parameters,
           const Inputs& inputs, const DecisionContext& context, Households& now, Leaving& leaving,
           Fields& fields) {
    constexpr bool waiting = where == Whereabouts::waiting;
    const std::size_t places = parameters.places;
    for (std::size_t i = 0; i < places; ++i) {
        V anyone{};
        for (std::size_t k = 0; waiting && context.may_wait[i] && k < parameters.mobile; ++k)
            anyone += in(now.waiting[parameters.at(k, i)]);
        if (parameters.is_abroad[i] || !(waiting ? any(anyone > 0) : bool(context.anyone[i]))) {
            for (std::size_t k = 0, c = i; !waiting && k < parameters.mobile; ++k, c += places) {
                in.put(V{}, leaving.out[c]);
                in.put(V{}, leaving.returning[c]);
            }
            continue;
        }
        if (inputs.next_matrix && !waiting) {
            const double* column = inputs.next_matrix + i * places;
            for (std::size_t j = 0; j < places; j += 8) __builtin_prefetch(column + j, 0, 2);
        }
        leave_place<where>(in, decisions, step, parameters, inputs, context, i, now, leaving, fields);
    }
}

}  // namespace nuzuh::pooled
