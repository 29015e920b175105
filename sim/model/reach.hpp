// Which places are in reach of one another.
#pragma once

#include <vector>

#include "sim/model/network.hpp"

namespace nuzuh {

/// Where ways lead, there and back alike, in one state of the network: two places are in reach of each other if they
/// have a part of the network in common. Places that can be passed have one part; others end ways, and have that of each
/// neighbour.
struct Reach {
    int part_count = 0;
    std::vector<std::vector<int>> parts;    ///< [P] ascending
    std::vector<int> same;                  ///< [P] the first place with the same parts
    std::vector<std::vector<int>> members;  ///< [P] of such a first place: all with the same; else empty
    std::vector<std::vector<int>> of;  ///< [P] of such a first place: places in its reach, itself among them

    /// Whether a way leads from one place to the other; to itself it does.
    bool leads(int from, int to) const;
};

/// Works out the parts of a network: what is joined by open roads between places that can be passed.
Reach reach_of(int places, const std::vector<Road>& roads, const Passable& now);

}  // namespace nuzuh
