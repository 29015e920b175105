// Which places are in reach of one another.
#pragma once

#include <vector>

namespace nuzuh {

/// Where ways lead, there and back alike, in one state of the network.
struct Reach {
    std::vector<std::vector<int>> of;  ///< [P] places that a place can be reached from, itself among them
    std::vector<int> same;             ///< [P] the first place with the same
    std::vector<std::vector<int>> members;  ///< [P] of such a first place: all with the same; else empty
};

}  // namespace nuzuh
