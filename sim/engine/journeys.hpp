// The roads that people who set out use.
#pragma once

#include <algorithm>
#include <span>
#include <utility>

#include <Eigen/Core>

#include "sim/model/network.hpp"

namespace nuzuh {

/// Persons bound for a place.
struct Journey {
    int to;
    double persons;
};

/// Adds the people of journeys from place i to every road of their fastest ways.
///
/// @param load   [P] zeros, to work with
/// @param route  [R] persons, added to
/// Cost     O(P) at most, by passing loads back along the tree of fastest ways; a few are followed each for itself.
inline void load_roads(const WaysFrom& ways, int i, std::span<const Journey> journeys, Eigen::ArrayXd& load,
                       Eigen::ArrayXd& route) {
    constexpr std::size_t long_way = 32;  // roads
    if (journeys.size() * long_way < ways.reached.size()) {
        for (const auto& [to, persons] : journeys) {
            for (int j = to; j != i;) {
                const auto& [before, road] = ways.last(j);
                route(road) += persons;
                j = before;
            }
        }
        return;
    }
    for (const auto& [to, persons] : journeys) load(to) += persons;
    // Without asking whether anybody is there: that cannot be guessed, and adding nobody is quicker.
    for (auto j = ways.reached.rbegin(); j != ways.reached.rend(); ++j) {
        const auto& [before, road] = ways.last(*j);
        const double persons = std::exchange(load(*j), 0.0);
        route(road) += persons;
        load(before) += persons;
    }
    load(i) = 0;
}

/// The same from every place.
///
/// @param setting_out  [to P, from P] persons; set to 0
inline void load_roads(const FastestWays& ways, Eigen::ArrayXXd& setting_out, Eigen::ArrayXd& route) {
    Eigen::ArrayXd load = Eigen::ArrayXd::Zero(setting_out.rows());
    std::vector<Journey> journeys;
    for (int i = 0; i < int(setting_out.cols()); ++i) {
        journeys.clear();
        for (int j = 0; j < int(setting_out.rows()); ++j) {
            if (setting_out(j, i) > 0) journeys.push_back({j, setting_out(j, i)});
        }
        if (!journeys.empty()) load_roads(*ways.from[std::size_t(i)], i, journeys, load, route);
    }
    setting_out.setZero();
}

}  // namespace nuzuh
