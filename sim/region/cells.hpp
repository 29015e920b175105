// The earth in cells of a twentieth of a degree.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "sim/region/roads.hpp"

namespace nuzuh {

/// Whether `visit(cell)` is true of any cell that the box around two points touches; stops at the first.
///
/// @param reach  by which the box is wider on each side [degrees]
template <class Visit>
bool any_cell(RoadPoint a, RoadPoint b, RoadPoint reach, const Visit& visit) {
    constexpr double cells_per_degree = 20;
    const auto cell = [](double degrees) { return std::int64_t(std::floor(degrees * cells_per_degree)); };
    const auto south = cell(std::min(a.lat, b.lat) - reach.lat),
               north = cell(std::max(a.lat, b.lat) + reach.lat);
    const auto west = cell(std::min(a.lon, b.lon) - reach.lon),
               east = cell(std::max(a.lon, b.lon) + reach.lon);
    for (auto row = south; row <= north; ++row) {
        for (auto column = west; column <= east; ++column) {
            if (visit(row * 100'000 + column)) return true;
        }
    }
    return false;
}

}  // namespace nuzuh
