// The last part of a step of agents: arriving, being let in or turned away, and crossing.
#pragma once

#include <utility>

#include "sim/engine/agent/state.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh::agent {

/// Which of many households find room, drawn without order within each size of household.
///
/// @param gate  tells apart the gates of a step
template <class Policy>
std::vector<bool> admitted(const Setup<Policy>& setup, int step, const std::vector<Traveller>& many,
                           std::uint64_t gate, double room_persons) {
    const SizeClasses& sizes = setup.sizes;
    std::vector<std::vector<HouseholdId>> ids(sizes.persons.size());
    std::vector<std::vector<std::size_t>> positions(ids.size());
    for (std::size_t p = 0; p < many.size(); ++p) {
        const auto size = std::size_t(sizes.class_of_group[std::size_t(many[p].k)]);
        ids[size].push_back(many[p].id);
        positions[size].push_back(p);
    }
    std::vector<typename Policy::Number> of_size;
    for (const auto& some : ids) of_size.push_back(Count(some.size()));
    const auto when = std::uint64_t(step);
    const auto fit = let_in(setup.policy, {Purpose::admit, when, gate}, sizes, of_size, room_persons);
    std::vector<bool> in(many.size(), fit == of_size);
    if (fit == of_size) return in;
    for (std::size_t s = 0; s < ids.size(); ++s) {
        if (fit[s] == 0) continue;
        for (int index : setup.policy.some_of({Purpose::who_admitted, when, gate}, fit[s], ids[s]))
            in[positions[s][std::size_t(index)]] = true;
    }
    return in;
}

/// Room for those who arrive at the gate of a place [persons].
template <class Policy>
double room_at_gate(const Setup<Policy>& setup, const State& state, int j) {
    const World& world = setup.world;
    const auto place = std::size_t(j);
    const bool hard = world.places[place].admission == Admission::hard;
    double free = world.capacity[place];
    if (hard) {
        state.cells.each(j, [&](const Cell& cell, Count households) {
            if (cell.where == Whereabouts::settled) free -= setup.persons(cell.k) * double(households);
        });
    }
    return rules::room_on_arrival(world.abroad_behind[place] >= 0,
                                  world.inputs[std::size_t(state.step)].fallen(j), hard, free);
}

/// Lets in those who arrived at a gate as far as there is room; the others wait there.
template <class Policy>
void let_in_at(const Setup<Policy>& setup, State& state, int j, const std::vector<Traveller>& at_gate,
               StepRecord& record) {
    const bool crossing = setup.world.abroad_behind[std::size_t(j)] >= 0;
    const auto in = admitted(setup, state.step, at_gate, 2 * std::uint64_t(j), room_at_gate(setup, state, j));
    for (std::size_t a = 0; a < at_gate.size(); ++a) {
        const Traveller& one = at_gate[a];
        settle(setup.policy, state, {in[a] ? Whereabouts::settled : Whereabouts::waiting, one.k, j, one.o},
               one.id);
        if (in[a] || crossing) continue;
        record.at(j, PlaceField::turned_away) += setup.persons(one.k);
        trace(state, one.id, one.o, j, TraceKind::turned_away);
    }
}

/// Those who come home to place j, and those who arrive there in flight.
///
/// @param arriving  emptied
/// @param arrived   who arrives in flight; set
template <class Policy>
void arrive_at(const Setup<Policy>& setup, State& state, int j, std::vector<Traveller>& arriving,
               std::vector<FromHome>& arrived, StepRecord& record) {
    const World& world = setup.world;
    const bool fallen = world.inputs[std::size_t(state.step)].fallen(j);
    const bool gate = fallen || world.abroad_behind[std::size_t(j)] >= 0 ||
                      world.places[std::size_t(j)].admission == Admission::hard;
    std::vector<Traveller> at_gate;
    arrived.clear();
    for (const Traveller& one : arriving) {
        if (one.o == j && !fallen) {
            record.at(j, PlaceField::returns) += setup.persons(one.k);
            trace(state, one.id, one.o, j, TraceKind::returns_home);
            settle(setup.policy, state, {Whereabouts::back, one.k, j, j}, one.id);
            continue;
        }
        record.at(j, PlaceField::arrivals) += setup.persons(one.k);
        if (one.o == j && state.under_way.counts())
            record.at(j, arrivals_by(Cause::capture)) += setup.persons(one.k);
        arrived.push_back({j, one.o, setup.persons(one.k)});
        auto& visited = state.history[one.id].places_visited;
        if (visited < 255) ++visited;
        trace(state, one.id, one.o, j, TraceKind::arrives);
        if (gate) {
            at_gate.push_back(one);
        } else {
            settle(setup.policy, state, {Whereabouts::settled, one.k, j, one.o}, one.id);
        }
    }
    arriving.clear();
    if (!at_gate.empty()) let_in_at(setup, state, j, at_gate, record);
}

/// Lets people through a crossing, in random order, up to its quota.
template <class Policy>
void cross(const Setup<Policy>& setup, State& state, int c, StepRecord& record) {
    const World& world = setup.world;
    const double quota = world.inputs[std::size_t(state.step)].quota(c);
    double& unused = state.unused_quota[std::size_t(c)];
    const double room = rules::room_at_crossing(quota, world.dt, std::exchange(unused, 0.0));
    if (!(room > 0)) return;
    const std::vector<Traveller> queue = queue_at(state, c);
    const auto in = admitted(setup, state.step, queue, 2 * std::uint64_t(c) + 1, room);
    const int abroad = world.abroad_behind[std::size_t(c)];
    std::vector<HouseholdId> ids;
    double passed = 0;
    for (std::size_t first = 0, end = 0; first < queue.size(); first = end) {
        const auto [id, k, o] = queue[first];
        ids.clear();
        for (; end < queue.size() && queue[end].k == k && queue[end].o == o; ++end) {
            if (in[end]) ids.push_back(queue[end].id);
        }
        std::sort(ids.begin(), ids.end());
        state.cells.take({Whereabouts::waiting, k, c, o}, ids);
        for (HouseholdId one : ids) {
            settle(setup.policy, state, {Whereabouts::settled, k, abroad, o}, one);
            trace(state, one, o, abroad, TraceKind::crosses);
        }
        passed += setup.persons(k) * double(ids.size());
    }
    const bool all = std::find(in.begin(), in.end(), false) == in.end();
    unused = rules::quota_carry_over(quota, room, passed, !all);
    record.at(c, PlaceField::admitted) = passed;
}

}  // namespace nuzuh::agent
