// Registrations at camps, as series to score a run by.
#pragma once

#include <vector>

#include "sim/model/world.hpp"

namespace nuzuh {

/// People registered by record and camp.
///
/// Shape    T records, C camps that have registrations, in the order of the network.
struct Registrations {
    std::vector<int> places;  ///< [C]
    Eigen::ArrayXXd persons;  ///< [T, C] whole persons
};

/// The registrations of a scenario's camps on given days; no camps if it has none.
///
/// Other places may be counted too: what they grow by leaves home, but nobody asks where it went.
///
/// @param days  days since the start of the period
Registrations registrations_on(const World& world, const std::vector<double>& days);

/// The scenario with no place limited: what is left when capacities are not to be known.
ScenarioSettings capacities_withheld(ScenarioSettings settings);

}  // namespace nuzuh
