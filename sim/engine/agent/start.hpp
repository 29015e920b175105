// Where households are when a run starts.
#pragma once

#include <limits>

#include <fmt/format.h>

#include "sim/engine/agent/state.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/start.hpp"

namespace nuzuh::agent {

template <class Policy>
State::State(const Setup<Policy>& setup)
    : residents(std::size_t(setup.groups() * setup.places())),
      cells(setup.places()),
      hazards(setup.world),
      road(std::size_t(setup.world.network->longest_journey),
           std::vector<std::vector<Traveller>>(std::size_t(setup.places()))),
      history(std::size_t(setup.world.households_from.sum())),
      unused_quota(std::size_t(setup.places()), 0.0),
      departures_to_come(std::size_t(setup.places()), 0.0),
      pull(setup.policy, setup.world, Homes(setup.world, Homes::every_place), true),
      under_way(setup.world, setup.spec) {
    const World& world = setup.world;
    const std::size_t all = history.size();
    if (all >= std::numeric_limits<HouseholdId>::max()) {
        throw ModelFault(fmt::format("{} households are more than this engine can number", all));
    }
    if (setup.traces > 0) {
        trace_every = HouseholdId(std::max<std::size_t>(1, all / std::size_t(setup.traces)));
    }
    HouseholdId first = 0;
    for (int i = 0; i < setup.places(); ++i) {
        for (int k = 0; k < setup.groups(); ++k) {
            residents_of(k, i) = {world.households(k, i), first, 0};
            residents_of(k, i).draw(setup.policy);
            first += HouseholdId(world.households(k, i));
        }
    }
    displaced = displaced_at_start(setup.policy, world);
    for (std::size_t r = 0; r < displaced.size(); ++r) {
        const auto& row = world.displaced[r];
        for (Count n = displaced[r]; n > 0; --n)
            settle(setup.policy, *this, {Whereabouts::settled, row.group, row.place, row.home}, first++);
    }
}

}  // namespace nuzuh::agent
