// What a scenario fixes for each step, worked out once for all runs.
//
// Each function makes one member of a World from those that stand above it there, or shares the member of an
// earlier world in which all that is behind it is the same.
#pragma once

#include "sim/model/world.hpp"

namespace nuzuh {

constexpr int longest_memory_days = 366;  ///< strikes longer before the period are forgotten; judgement

/// Conflicts by place and day.
Shared<ConflictSeries> conflicts_of(const World& world, EarlierWorlds earlier);

/// States of the network and the fastest ways in each.
Shared<PassableNetwork> network_of(const World& world, EarlierWorlds earlier);

/// Strikes, fronts, access and the like by step. Strikes dated before the period are remembered on its first day.
Shared<std::vector<StepInputs>> inputs_of(const World& world, EarlierWorlds earlier);

/// Responses of leaving to exposure.
Shared<std::vector<Eigen::ArrayXXd>> responses_of(const World& world, EarlierWorlds earlier);

/// The part of the choice that does not depend on people.
Shared<Attraction> attraction_of(const World& world, EarlierWorlds earlier);

/// [P, steps] persons that leave because departures are given; empty if none are.
Eigen::ArrayXXd departures_of(const World& world);

}  // namespace nuzuh
