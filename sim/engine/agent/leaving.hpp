// The first half of a step of agents: who leaves a place.
#pragma once

#include "sim/engine/agent/scratch.hpp"
#include "sim/engine/agent/state.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::agent {

/// Lists, by place, the cells in which the lowest threshold is passed.
///
/// @param due  [P] set
void find_due(const World& world, const State& state, std::vector<std::vector<Cell>>& due);

/// Takes the next of the households that have never moved.
template <class Policy>
HouseholdId take_resident(const Policy& policy, State& state, int k, int i) {
    const HouseholdId id = state.residents_of(k, i).leave(policy);
    // Memory that is read before it is written is mapped twice, and the second time stops all threads.
    state.history[id] = {};
    return id;
}

/// A given number of people leave their homes at place i.
///
/// @return  [persons] given that nobody was there to be
template <class Policy>
double take_given_departures(const Setup<Policy>& setup, State& state, int i, std::vector<Leaver>& leaving) {
    std::vector<Count> there(std::size_t(2 * setup.world.mobile_groups)), out(there);
    const auto where = [](std::size_t c) { return c % 2 == 0 ? Whereabouts::home : Whereabouts::back; };
    for (std::size_t c = 0; c < there.size(); ++c) there[c] = state.households(where(c), int(c / 2), i, i);
    const double missing = take_given<Policy, Count>(setup.policy, setup.world, state.step, i, there, out,
                                                     state.departures_to_come[std::size_t(i)]);
    for (std::size_t c = 0; c < out.size(); ++c) {
        const int k = int(c / 2);
        for (; out[c] > 0; --out[c]) {
            const bool resident = where(c) == Whereabouts::home && state.residents_of(k, i).households > 0;
            const HouseholdId id = resident ? take_resident(setup.policy, state, k, i)
                                            : state.cells.pop(state.cells.index(where(c), k, i, i));
            leaving.push_back({id, k, i, Leaver::nowhere, where(c)});
        }
    }
    return missing;
}

/// Counts those among the households that stayed at place i who would have left had the way out been free.
///
/// @param persons  added to
template <class Policy>
void count_held_back(const Setup<Policy>& setup, const State& state, int i, const Hazards& hazards,
                     double& persons) {
    const World& world = setup.world;
    if (world.places[std::size_t(i)].type == PlaceType::abroad) return;
    const double access = world.inputs[std::size_t(state.step)].access(i);
    const auto count = [&](Whereabouts where, int k, int o, double hazard) {
        const Count stayed = state.households(where, k, i, o);
        if (stayed == 0) return;
        const auto places = std::uint64_t(setup.places());
        const auto cell = (std::uint64_t(k) * places + std::uint64_t(i)) * places + std::uint64_t(o);
        const Count n =
            setup.policy.part_of({Purpose::could_not, std::uint64_t(state.step), cell, std::uint64_t(where)},
                                 stayed, rules::chance_held_back(access, hazard, world.dt));
        persons += setup.persons(k) * double(n);
    };
    for (int k = 0; k < world.mobile_groups; ++k) {
        count(Whereabouts::home, k, i, hazards.home(k, i));
        count(Whereabouts::back, k, i, hazards.home(k, i));
        for (int o = 0; o < setup.places(); ++o) {
            count(Whereabouts::settled, k, o, hazards.away(k, i));
            count(Whereabouts::waiting, k, o, hazards.waiting(k, i));
        }
    }
}

/// Takes those whose threshold is passed out of the cells of place i.
///
/// @param due      its cells in which the lowest threshold is passed
/// @param leaving  set
template <class Policy>
void take_out(const Setup<Policy>& setup, State& state, int i, const Hazards& hazards,
              const std::vector<Cell>& due, std::vector<Leaver>& leaving, StepRecord& record) {
    const World& world = setup.world;
    double& could_not_leave = record.at(i, PlaceField::could_not_leave);
    leaving.clear();
    if (world.departures.size() > 0) could_not_leave += take_given_departures(setup, state, i, leaving);
    for (int k = 0; k < world.mobile_groups; ++k) {
        const Residents& here = state.residents_of(k, i);
        while (here.households > 0 && here.threshold < state.hazards.home(i, k)) {
            leaving.push_back(
                {take_resident(setup.policy, state, k, i), k, i, Leaver::nowhere, Whereabouts::home});
        }
    }
    for (const auto& [where, k, place, o] : due) {
        const std::size_t cell = state.cells.index(where, k, place, o);
        const double hazard = state.hazards.at(where, k, place, o);
        while (state.cells.lowest()[cell] < hazard) {
            leaving.push_back({state.cells.pop(cell), k, o, Leaver::nowhere, where});
        }
    }
    if (world.inputs[std::size_t(state.step)].access(i) < 1)
        count_held_back(setup, state, i, hazards, could_not_leave);
}

}  // namespace nuzuh::agent
