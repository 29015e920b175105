// The earth in cells of a twentieth of a degree.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "sim/region/roads.hpp"

namespace nuzuh::region {

/// Whether `visit(cell)` is true of any cell that the box around two points touches; stops at the first.
///
/// Cells meet at the date line: a box that would be wider than half of the earth goes the other way round.
///
/// @param reach  by which the box is wider on each side [degrees]
template <class Visit>
bool any_cell(RoadPoint a, RoadPoint b, RoadPoint reach, const Visit& visit) {
    constexpr double cells_per_degree = 20;
    const auto cell = [](double degrees) { return std::int64_t(std::floor(degrees * cells_per_degree)); };
    const auto south = cell(std::min(a.lat, b.lat) - reach.lat),
               north = cell(std::max(a.lat, b.lat) + reach.lat);
    const auto [least, most] = std::minmax(a.lon, b.lon);
    const bool over_date_line = most - least > 180;
    const auto west = cell((over_date_line ? most : least) - reach.lon),
               east = cell((over_date_line ? least + 360 : most) + reach.lon);
    constexpr std::int64_t around = 360 * 20;
    for (auto row = south; row <= north; ++row) {
        for (auto column = west; column <= east; ++column) {
            if (visit(row * 100'000 + ((column % around) + around) % around)) return true;
        }
    }
    return false;
}

}  // namespace nuzuh::region
