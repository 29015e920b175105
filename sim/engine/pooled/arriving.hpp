// The last part of a step: arriving, being let in or turned away, and crossing.
#pragma once

#include <algorithm>
#include <functional>
#include <utility>

#include "sim/engine/pooled/state.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh::pooled {

/// Lets in those for whom there is room; the others wait at the gate.
template <class Policy>
void arrive_at(const Setup<Policy>& setup, State& state, std::size_t run, std::size_t j, Scratch& scratch) {
    if (!(scratch.fields[PlaceField::arrivals][j].of[run] > 0)) return;
    const Parameters& parameters = setup.parameters;
    const bool crossing = parameters.abroad_behind[j] >= 0;
    const bool hard = setup.world().places[j].admission == Admission::hard;
    double free = parameters.capacity[j].of[run];
    std::vector<typename Policy::Number> at_gate;
    for (std::size_t k = 0, c = j; k < parameters.mobile; ++k, c += parameters.places) {
        at_gate.push_back(typename Policy::Number(scratch.road[1][c].of[run]));
        if (hard) free -= setup.persons(k, run) * state.settled[c].of[run];
    }
    const double room = rules::room_on_arrival(crossing, scratch.inputs.fallen[j].of[run] > 0, hard, free);
    const auto admitted = let_in_by_cell(setup.policies[run], state.step, 2 * j, setup.sizes[run], at_gate,
                                         std::identity(), room);
    double turned_away = 0;
    for (std::size_t k = 0, c = j; k < parameters.mobile; ++k, c += parameters.places) {
        double& arriving = scratch.road[1][c].of[run];
        const double in = double(admitted[k]), turned = arriving - in;
        state.settled[c].of[run] += in;
        state.waiting[c].of[run] += turned;
        arriving = 0;
        turned_away += setup.persons(k, run) * turned;
    }
    if (turned_away > 0) scratch.anyone_waits = true;
    if (!crossing) scratch.fields[PlaceField::turned_away][j].of[run] += turned_away;
}

/// Takes those of a group who crossed, whatever their homes, out of those who might return.
template <class Policy>
void forget_homes(const Setup<Policy>& setup, State& state, std::size_t run, std::size_t k, std::size_t c,
                  typename Policy::Number n) {
    if (!(n > 0)) return;
    using Number = typename Policy::Number;
    const std::size_t places = setup.parameters.places, first = setup.parameters.at(k, 0);
    std::vector<Number> away, out(places);
    for (std::size_t o = 0; o < places; ++o) away.push_back(Number(state.away[first + o].of[run]));
    const Address address{Purpose::who_admitted, std::uint64_t(state.step), 2 * c + 1,
                          setup.sizes[run].persons.size() + k};
    setup.policies[run].without_order(address, n, away, out);
    for (std::size_t o = 0; o < places; ++o) state.away[first + o].of[run] -= double(out[o]);
}

/// Lets people through a crossing, in random order, up to its quota. Their homes are drawn among those of all who are
/// away.
template <class Policy>
void cross(const Setup<Policy>& setup, State& state, std::size_t run, std::size_t c, Fields& fields) {
    const Parameters& parameters = setup.parameters;
    const double quota = setup.world(run).inputs[std::size_t(state.step)].quota(Eigen::Index(c));
    double& unused_quota = state.unused_quota[c].of[run];
    const double room = rules::room_at_crossing(quota, parameters.dt, std::exchange(unused_quota, 0.0));
    if (!(room > 0)) return;
    std::vector<typename Policy::Number> queue;
    for (std::size_t k = 0; k < parameters.mobile; ++k)
        queue.push_back(typename Policy::Number(state.waiting[parameters.at(k, c)].of[run]));
    const auto anyone_waits = [&] {
        return std::any_of(queue.begin(), queue.end(), [](auto n) { return n > 0; });
    };
    double passing = 0;
    if (anyone_waits()) {
        const auto let = let_in_by_cell(setup.policies[run], state.step, 2 * c + 1, setup.sizes[run], queue,
                                        std::identity(), room);
        const auto abroad = std::size_t(parameters.abroad_behind[c]);
        for (std::size_t k = 0; k < parameters.mobile; ++k) {
            queue[k] -= let[k];
            state.waiting[parameters.at(k, c)].of[run] = double(queue[k]);
            state.settled[parameters.at(k, abroad)].of[run] += double(let[k]);
            passing += setup.persons(k, run) * double(let[k]);
            forget_homes(setup, state, run, k, c, let[k]);
        }
    }
    unused_quota = rules::quota_carry_over(quota, room, passing, anyone_waits());
    fields[PlaceField::admitted][c].of[run] = passing;
}

/// Everyone whose journey ends arrives; people cross.
template <class Policy>
void arrive(const Setup<Policy>& setup, State& state, Scratch& scratch) {
    const Parameters& parameters = setup.parameters;
    const Inputs& inputs = scratch.inputs;
    kernels().end_journeys(parameters, inputs, state.road.slot(state.step, 1), state, scratch.fields,
                           scratch.context);
    for (std::size_t j = 0; j < parameters.places; ++j) {
        if (inputs.is_free[j]) continue;
        scratch.context.may_wait[j] = true;
        for (std::size_t run = 0; run < setup.count(); ++run) {
            arrive_at(setup, state, run, j, scratch);
            if (parameters.abroad_behind[j] >= 0) cross(setup, state, run, j, scratch.fields);
        }
    }
    kernels().count_gates(parameters, inputs, state, scratch.context);
}

}  // namespace nuzuh::pooled
