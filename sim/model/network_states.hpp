// The network as it changes.
#pragma once

#include "sim/model/world.hpp"

namespace nuzuh {

/// Whether a front's town has fallen by a day.
inline bool has_fallen(const FrontSettings& front, Date date) { return front.falls && date >= *front.falls; }

/// Whether a change of a road holds under the scenario's rules: Flee 3 as it runs ignores closures of single links, and alone
/// closes all links of a place.
bool holds(const RouteChange& change, const ScenarioSettings& settings);

/// Which roads the scenario leaves open, day by day; of changes to one road a later one holds.
class RoadStatus {
public:
    explicit RoadStatus(const World& world);
    /// @return  [R]
    std::vector<bool> open_on(Date date) const;

private:
    struct Change {
        std::size_t road;
        const RouteChange* entry;
    };
    std::vector<bool> at_first_;
    std::vector<Change> changes_;
};

/// Whether the ways of two worlds are the same wherever the same can be passed.
bool has_same_ways(const World& a, const World& b);

/// The ways of every step: roads open and close, and nobody passes a place that has fallen.
///
/// @param world    with places, roads, modes and period
/// @param earlier  states that one of these has are taken from it
PassableNetwork passable_network(const World& world, EarlierWorlds earlier = {});

/// How many ways from one place, `WaysFrom`, the states of a network have between them when all have been asked for: what changes of
/// roads leave as it was is shared. Of 32 places and more it is reckoned from 16 to 31 of them, whose ways are found for it.
///
/// @param states  [states][modes]
double distinct_ways(const std::vector<std::vector<FastestWays>>& states, int places);

/// What ways, nearness and proposals take when all have been asked for, and journeys where they are held [bytes]. States share what
/// changes of roads leave as it was; how much that is, is reckoned from the ways of some places.
double bytes_of_ways(const World& world);

/// How long ways take.
Journeys journeys_of(const World& world, const FastestWays& ways);

}  // namespace nuzuh
