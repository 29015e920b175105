// What both engines do with people who set out: steps of travel and the roads they use.
#pragma once

#include <vector>

#include "sim/engine/record.hpp"
#include "sim/model/rules.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// Steps of travel between any two places, for one state of the network and one way of travelling.
///
/// Shape    [to P, from P]; 0 where there is no way.
inline Eigen::ArrayXXi steps_between(const World& world, const FastestWays& ways) {
    const double hours_per_day = world.settings.behaviour.travel.hours_per_day;
    Eigen::ArrayXXi steps = Eigen::ArrayXXi::Zero(world.place_count(), world.place_count());
    for (int i = 0; i < world.place_count(); ++i) {
        for (int j : ways.by_distance[i]) {
            steps(j, i) = travel_steps(ways.hours(i, j), hours_per_day, world.dt);
        }
    }
    return steps;
}

/// Adds the people of each journey to every road of its fastest way.
///
/// @param setting_out  [to P, from P] persons
/// @param route        [R] persons, added to
/// Cost     O(P) a start: loads are passed back along the tree of fastest ways.
inline void load_roads(const FastestWays& ways, const Eigen::ArrayXXd& setting_out, Eigen::ArrayXd& route) {
    Eigen::ArrayXd load(setting_out.rows());
    for (int i = 0; i < int(setting_out.cols()); ++i) {
        load = setting_out.col(i);
        if (!(load.sum() > 0)) continue;
        const auto& order = ways.by_distance[i];
        for (auto j = order.rbegin(); j != order.rend(); ++j) {
            if (load(*j) == 0) continue;
            route(ways.last_road(i, *j)) += load(*j);
            if (ways.last_stop(i, *j) != i) load(ways.last_stop(i, *j)) += load(*j);
        }
    }
}

/// Steps of travel for every state of the network and way of travelling, worked out once an engine.
class TravelTable {
public:
    explicit TravelTable(const World& world) {
        for (const auto& state : world.ways) {
            auto& modes = steps_.emplace_back();
            for (const auto& ways : state) {
                modes.push_back(steps_between(world, ways));
                longest_ = std::max(longest_, modes.back().maxCoeff());
            }
        }
        for (const auto& state : steps_) {
            auto& modes = within_.emplace_back();
            for (const auto& steps : state) {
                auto& lengths = modes.emplace_back();
                for (int s = 1; s <= longest_; ++s) lengths.push_back(journeys_of(steps, s));
            }
        }
    }
    /// [to P, from P]; 0 where there is no way.
    const Eigen::ArrayXXi& steps(int ways, int mode) const { return steps_[ways][mode]; }
    /// Journeys that take a given number of steps.
    struct Journeys {
        Eigen::ArrayXXd exist;          ///< [to P, from P] 1 where the journey takes that long, else 0
        std::vector<int> destinations;  ///< places that some such journey leads to
    };
    const Journeys& journeys(int ways, int mode, int steps) const {
        return within_[ways][mode][std::size_t(steps - 1)];
    }
    int longest() const { return longest_; }

private:
    static Journeys journeys_of(const Eigen::ArrayXXi& steps, int length) {
        Journeys result{(steps == length).cast<double>(), {}};
        for (int j = 0; j < int(steps.rows()); ++j) {
            if ((steps.row(j) == length).any()) result.destinations.push_back(j);
        }
        return result;
    }

    std::vector<std::vector<Eigen::ArrayXXi>> steps_;
    std::vector<std::vector<std::vector<Journeys>>> within_;
    int longest_ = 1;
};

}  // namespace nuzuh
