// The network as it changes: roads that are closed, places that nobody passes any more.
#pragma once

#include <cstddef>
#include <vector>

#include <Eigen/Core>

#include "sim/model/world.hpp"

namespace nuzuh {

/// By pair of places.
using Pairs = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>;

/// What a state of the network says of pairs of places, worked out once for all its days.
struct Reach {
    Pairs is_way;  ///< [from, to]; a way that exists exists for every way of travelling
    std::vector<Eigen::ArrayXXd> nearness;  ///< [mode][to, from] (T + T0)^(-beta); 0 where there is no way
};

/// The network on each day, with one set of fastest ways for each state it passes through.
class NetworkStates {
public:
    /// @param world  of which ways, journeys and the longest journey are filled in as states come up
    explicit NetworkStates(World& world);

    /// Index of the state on a day, see World::ways.
    ///
    /// @param fallen  [P] places that people do not pass
    int on(Date date, const Eigen::Array<bool, Eigen::Dynamic, 1>& fallen);

    const Reach& reach(int state) const { return reach_[std::size_t(state)]; }

private:
    struct State {
        std::vector<bool> open;     ///< [R]
        std::vector<bool> through;  ///< [P]
        bool operator==(const State&) const = default;
    };
    struct Change {
        std::ptrdiff_t road;
        const RouteChange* entry;
    };

    std::vector<bool> open_roads(Date date) const;
    void add_ways(const State& state);
    void add_reach();

    World& world_;
    std::vector<Change> changes_;  ///< in the order of the scenario: a later one holds
    std::vector<State> seen_;
    std::vector<Reach> reach_;
};

}  // namespace nuzuh
