// Whether a piece of road crosses a border.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sim/region/roads.hpp"

namespace nuzuh::region {

/// Segments of borders, found by the cell they lie in.
class BorderGrid {
public:
    /// Adds a segment of a border.
    void add(RoadPoint a, RoadPoint b);
    /// Whether the segment from a to b cuts a border or touches it, on a plane of degrees.
    bool crosses(RoadPoint a, RoadPoint b) const;

private:
    std::vector<std::pair<RoadPoint, RoadPoint>> segments_;
    std::unordered_map<std::int64_t, std::vector<int>> cells_;
};

}  // namespace nuzuh::region
