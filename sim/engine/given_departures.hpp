// Departures that a scenario gives instead of leaving them to the rules.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "sim/engine/draw_policy.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// How many households of each group leave their homes at a place in a step, when departures are given.
///
/// Drawn without order among those there. What is left of the given number, less than a household, is carried
/// to the next step.
///
/// @param cells  [2 K] mobile households: of group c / 2, never displaced (c even) or returned (c odd)
/// @param out    [2 K] set
/// @param departures_to_come  [persons] of earlier steps; updated
/// @return       [persons] given that nobody was there to be
template <class Policy, class Number>
double take_given(const Policy& policy, const World& world, int step, int i, std::span<const Number> cells,
                  std::span<Number> out, double& departures_to_come) {
    departures_to_come += world.departures(i, step);
    std::fill(out.begin(), out.end(), Number{0});
    const auto size = [&](std::size_t c) { return world.groups[c / 2].household_size; };
    double households = 0, people = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        households += double(cells[c]);
        people += double(cells[c]) * size(c);
    }
    if (!(households > 0)) return std::exchange(departures_to_come, 0.0);
    const double wanted = std::clamp(departures_to_come * households / people, 0.0, households);
    const auto n = Policy::expected ? Number(wanted) : Number(std::floor(wanted + 1e-9));
    policy.without_order({Purpose::series, std::uint64_t(step), std::uint64_t(i)}, n, cells, out);
    for (std::size_t c = 0; c < out.size(); ++c) departures_to_come -= double(out[c]) * size(c);
    return 0;
}

}  // namespace nuzuh
