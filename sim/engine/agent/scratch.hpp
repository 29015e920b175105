// What a step of the agents works with.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/engine/agent/household.hpp"
#include "sim/engine/destinations.hpp"
#include "sim/engine/journeys.hpp"

namespace nuzuh::agent {

/// Part of the households that leave one place: enough to be worth a thread's while.
struct Chunk {
    int i;                                        ///< place
    std::size_t first, last;                      ///< of its leavers
    double departures = 0, first_departures = 0;  ///< [persons]
    bool anyone_stays = false;                    ///< for want of a destination
};

/// What a thread needs to decide where households go.
struct Choice {
    Destinations destinations;
    std::vector<std::uint64_t> order;  ///< of leavers: number of their weights, then their own (32 bits)
};

/// Work of a step that is of no use after it; kept from step to step for its memory.
///
/// Shape    P places.
struct Scratch {
    std::vector<std::vector<Leaver>> leaving;    ///< [P]
    std::vector<std::vector<FromHome>> arrived;  ///< [P]
    std::vector<Choice> choices;                 ///< [threads]
    std::vector<std::vector<Journey>> bound;     ///< [modes] from the place at hand, for the roads
    Eigen::ArrayXd load;                         ///< [P] zeros, to work with
    bool divided = false;  ///< whether so many moved in the last step that threads divide the work

    Scratch(const World& world, int threads)
        : leaving(std::size_t(world.place_count())),
          arrived(leaving.size()),
          choices(std::size_t(threads)),
          bound(world.modes.size()),
          load(Eigen::ArrayXd::Zero(world.place_count())) {}
};

}  // namespace nuzuh::agent
