// How a step ends: arrivals, gates and crossings.
#pragma once

#include "sim/engine/compartment/state.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh::compartment {

/// Those on their way home are back; whose home fell meanwhile arrive there in flight.
template <class Policy, class Number>
void come_home(const Setup<Policy>& setup, State<Number>& state, Cells<Number>& homeward,
               Cells<Number>& arriving, StepRecord& record) {
    for (int o = 0; o < setup.places(); ++o) {
        for (int k = 0; k < setup.groups(); ++k) {
            const Number n = homeward(k, o);
            if (!(n > 0)) continue;
            if (setup.inputs(state.step).fallen(o)) {
                arriving(setup.row(k, o), o) += n;
            } else {
                state.back(k, o) += n;
                record.at(o, PlaceField::returns) += setup.persons(k) * double(n);
            }
        }
    }
    homeward.setZero();
}

/// Draws who of those at a gate is let in, see `let_in_by_cell`.
///
/// @param at_gate  [M H] households
template <class Policy, class Column>
auto let_some_in(const Setup<Policy>& setup, int step, std::uint64_t queue, const Column& at_gate,
                 double room_persons) {
    const auto group_of = [&](std::size_t row) { return row / std::size_t(setup.homes.count()); };
    return let_in_by_cell(setup.policy, step, queue, setup.sizes,
                          std::span(at_gate.data(), std::size_t(at_gate.size())), group_of, room_persons);
}

/// Turns those who may not stay at j into people waiting there; the others stay in `arriving`.
template <class Policy, class Number>
void turn_away(const Setup<Policy>& setup, State<Number>& state, Totals<Number>& totals, int j,
               Cells<Number>& arriving, StepRecord& record) {
    const bool fallen = setup.inputs(state.step).fallen(j);
    const bool crossing = setup.world.abroad_behind[std::size_t(j)] >= 0;
    const bool hard = setup.world.places[std::size_t(j)].admission == Admission::hard;
    if (!crossing && !hard && !fallen) return;
    const int homes = setup.homes.count();
    double free = setup.world.capacity[std::size_t(j)];
    for (int k = 0; k < setup.groups() && hard; ++k)
        free -= setup.persons(k) * double(kernels::sum(&state.settled(k * homes, j), homes));
    const double room = rules::room_on_arrival(crossing, fallen, hard, free);
    const auto admitted = let_some_in(setup, state.step, std::uint64_t(2 * j), arriving.col(j), room);
    double turned_away = 0;
    for (int r = 0; r < arriving.rows(); ++r) {
        const Number turned = arriving(r, j) - admitted[std::size_t(r)];
        state.waiting(r, j) += turned;
        arriving(r, j) = admitted[std::size_t(r)];
        turned_away += setup.persons(r / homes) * double(turned);
    }
    if (turned_away > 0) totals.anyone_waits = true;
    if (!crossing) record.at(j, PlaceField::turned_away) += turned_away;
}

/// Those who have travelled long enough arrive: at home, at a place, or at its gate.
template <class Policy, class Number>
void arrive(const Setup<Policy>& setup, State<Number>& state, Totals<Number>& totals, StepRecord& record) {
    const std::size_t now = state.road.slot(state.step, 1);
    if (!(totals.road_households[Eigen::Index(now)] > 0)) return;
    totals.road_households[Eigen::Index(now)] = 0;
    totals.road_persons.col(Eigen::Index(now)).setZero();
    const int homes = setup.homes.count();
    Cells<Number>& arriving = state.road[now];
    come_home(setup, state, state.homeward[now], arriving, record);
    Eigen::ArrayXd from(homes);
    for (int j = 0; j < setup.places(); ++j) {
        from.setZero();
        double people = 0;
        for (int k = 0; k < setup.groups(); ++k) {
            const Number* cells = &arriving(k * homes, j);
            const double n = kernels::sum(cells, homes);
            if (!(n > 0)) continue;
            people += setup.persons(k) * n;
            if (setup.count_origins) kernels::add(cells, setup.persons(k), from.data(), homes);
        }
        if (!(people > 0)) continue;
        record.at(j, PlaceField::arrivals) = people;
        for (int h = 0; h < homes && setup.count_origins; ++h)
            record.arrivals_from(j, setup.homes.place(h)) = from(h);
        turn_away(setup, state, totals, j, arriving, record);
        state.settled.col(j) += arriving.col(j);
        arriving.col(j).setZero();
    }
}

/// Lets people through a crossing, in random order, up to its quota.
template <class Policy, class Number>
void cross(const Setup<Policy>& setup, State<Number>& state, int c, StepRecord& record) {
    const double quota = setup.inputs(state.step).quota(c);
    double& unused_quota = state.unused_quota[std::size_t(c)];
    const double room = rules::room_at_crossing(quota, setup.world.dt, unused_quota);
    auto queue = state.waiting.col(c);
    double passed = 0;
    if (room > 0 && (queue > 0).any()) {
        const auto passing = let_some_in(setup, state.step, std::uint64_t(2 * c + 1), queue, room);
        const int homes = setup.homes.count();
        for (int k = 0; k < setup.groups(); ++k) {
            Number out{0};
            for (int r = k * homes; r < (k + 1) * homes; ++r) {
                queue(r) -= passing[std::size_t(r)];
                state.settled(r, setup.world.abroad_behind[std::size_t(c)]) += passing[std::size_t(r)];
                out += passing[std::size_t(r)];
            }
            passed += setup.persons(k) * double(out);
        }
    }
    unused_quota = rules::quota_carry_over(quota, room, passed, (queue > 0).any());
    record.at(c, PlaceField::admitted) = passed;
}

}  // namespace nuzuh::compartment
