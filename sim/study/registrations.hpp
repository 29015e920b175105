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

/// Registrations in the order of their dates; of one date as they are given.
std::vector<RegistrationSettings> registrations_by_date(const ScenarioSettings& settings);

/// The last count that was reported of each camp by every day of the period, as it was reported: nothing is interpolated,
/// and no later verification acts on it; 0 before the first.
Registrations reported_on_each_day(const World& world);

/// The scenario as far as registrations were reported by a day: later rows and corrections are left out. A series of which
/// nothing was reported by then holds nobody.
ScenarioSettings reported_by(ScenarioSettings settings, Date day);

/// The scenario with no place limited: what is left when capacities are not to be known.
ScenarioSettings capacities_withheld(ScenarioSettings settings);

}  // namespace nuzuh
