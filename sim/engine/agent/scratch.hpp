// What a step of the agents works with.
#pragma once

#include <vector>

#include <Eigen/Core>

#include "sim/engine/agent/choice.hpp"
#include "sim/engine/agent/household.hpp"

namespace nuzuh::agent {

/// Part of the households that leave one place: enough to be worth a thread's while.
struct Chunk {
    int i;                                        ///< place
    std::size_t first, last;                      ///< of its leavers
    double departures = 0, first_departures = 0;  ///< [persons]
    bool anyone_stays = false;                    ///< for want of a destination
};

/// Work of a step that is of no use after it; kept from step to step for its memory.
///
/// Shape    P places; a journey is a destination and a number of steps, [steps][P].
struct Scratch {
    std::vector<std::vector<Cell>> due;        ///< [P] cells in which the lowest threshold is passed
    std::vector<std::vector<Leaver>> leaving;  ///< [P]
    std::vector<Eigen::ArrayXXd> setting_out;  ///< [modes][to P, from P] persons
    Eigen::Array<std::size_t, Eigen::Dynamic, Eigen::Dynamic>
        bound_for;  ///< [journeys, chunks] households; then where on the road the
                    ///< next of them stands
    std::vector<Eigen::ArrayXXd> persons_bound;  ///< [modes][to P, chunks]
    std::vector<Choice> choices;                 ///< [threads]
    bool divided = false;  ///< whether so many moved in the last step that threads divide the work

    Scratch(const World& world, int threads)
        : due(std::size_t(world.place_count())),
          leaving(due.size()),
          setting_out(world.modes.size(), Eigen::ArrayXXd::Zero(world.place_count(), world.place_count())),
          choices(std::size_t(threads)) {}
};

}  // namespace nuzuh::agent
