// The roads that people who set out use.
#pragma once

#include <Eigen/Core>

#include "sim/model/network.hpp"

namespace nuzuh {

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
        const auto& legs = ways.legs(i);
        for (auto leg = legs.rbegin(); leg != legs.rend(); ++leg) {
            const double persons = load(leg->to);
            if (persons == 0) continue;
            route(leg->road) += persons;
            if (leg->before != i) load(leg->before) += persons;
        }
    }
}

}  // namespace nuzuh
