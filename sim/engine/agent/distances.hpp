// How far journeys are, for the histories of households.
#pragma once

#include <cmath>
#include <vector>

#include "sim/engine/journeys.hpp"

namespace nuzuh::agent {

/// Kilometres by road between any two places along the fastest way.
///
/// Shape    [to P, from P]; 0 where there is no way.
inline Eigen::ArrayXXd km_between(const World& world, const FastestWays& ways) {
    Eigen::ArrayXXd km = Eigen::ArrayXXd::Zero(world.place_count(), world.place_count());
    for (int i = 0; i < world.place_count(); ++i) {
        for (const auto& leg : ways.legs(i)) {
            km(leg.to, i) = km(leg.before, i) + world.roads[std::size_t(leg.road)].km;
        }
    }
    return km;
}

/// Length of every journey by road along the fastest way, for every state of the network and way of travelling.
class DistanceTable {
public:
    explicit DistanceTable(const World& world) {
        for (const auto& state : world.network->ways) {
            auto& modes = hectometres_.emplace_back();
            for (const auto& ways : state)
                modes.push_back((km_between(world, ways) * 10).round().cast<int>());
        }
    }
    /// [to P, from P] in 100 m
    const Eigen::ArrayXXi& hectometres(int ways, int mode) const { return hectometres_[ways][mode]; }

private:
    std::vector<std::vector<Eigen::ArrayXXi>> hectometres_;
};

}  // namespace nuzuh::agent
