// The first half of a step of agents: who leaves a place.
#pragma once

#include "sim/engine/agent/scratch.hpp"
#include "sim/engine/agent/state.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::agent {

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
    for (std::size_t c = 0; c < there.size(); ++c) there[c] = state.households({where(c), int(c / 2), i, i});
    const double missing = take_given<Policy, Count>(setup.policy, setup.world, state.step, i, there, out,
                                                     state.departures_to_come[std::size_t(i)]);
    for (std::size_t c = 0; c < out.size(); ++c) {
        const int k = int(c / 2);
        for (; out[c] > 0; --out[c]) {
            const bool resident = where(c) == Whereabouts::home && state.residents_of(k, i).households > 0;
            const HouseholdId id =
                resident ? take_resident(setup.policy, state, k, i) : state.cells.pop({where(c), k, i, i});
            leaving.push_back({id, k, i, Leaver::nowhere, 0, where(c)});
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
    const auto count = [&](const Cell& cell, Count stayed) {
        if (stayed == 0 || cell.k >= world.mobile_groups) return;
        const double hazard = cell.where == Whereabouts::settled   ? hazards.away(cell.k, i)
                              : cell.where == Whereabouts::waiting ? hazards.waiting(cell.k, i)
                                                                   : hazards.home(cell.k, i);
        const auto places = std::uint64_t(setup.places());
        const auto number =
            (std::uint64_t(cell.k) * places + std::uint64_t(i)) * places + std::uint64_t(cell.o);
        const Count n = setup.policy.part_of(
            {Purpose::could_not, std::uint64_t(state.step), number, std::uint64_t(cell.where)}, stayed,
            rules::chance_held_back(access, hazard, world.dt));
        persons += setup.persons(cell.k) * double(n);
    };
    for (int k = 0; k < world.mobile_groups; ++k)
        count({Whereabouts::home, k, i, i}, state.households({Whereabouts::home, k, i, i}));
    state.cells.each(i, [&](const Cell& cell, Count households) {
        if (cell.where != Whereabouts::home) count(cell, households);
    });
}

/// Takes those whose threshold is passed out of the cells of place i.
///
/// @param leaving  set
template <class Policy>
void take_out(const Setup<Policy>& setup, State& state, int i, const Hazards& hazards,
              std::vector<Leaver>& leaving, StepRecord& record) {
    const World& world = setup.world;
    double& could_not_leave = record.at(i, PlaceField::could_not_leave);
    leaving.clear();
    if (world.departures.size() > 0) could_not_leave += take_given_departures(setup, state, i, leaving);
    for (int k = 0; k < world.mobile_groups; ++k) {
        const Residents& here = state.residents_of(k, i);
        while (here.households > 0 && here.threshold < state.hazards.home(i, k)) {
            leaving.push_back(
                {take_resident(setup.policy, state, k, i), k, i, Leaver::nowhere, 0, Whereabouts::home});
        }
    }
    state.cells.take_due(
        i, [&](const Cell& cell) { return state.hazards.at(cell); },
        [&](const Cell& cell, HouseholdId id) {
            leaving.push_back({id, cell.k, cell.o, Leaver::nowhere, 0, cell.where});
        });
    if (world.inputs[std::size_t(state.step)].access(i) < 1)
        count_held_back(setup, state, i, hazards, could_not_leave);
}

}  // namespace nuzuh::agent
