// Quantities by week, of every member, so that quantiles of a week's sum are those of the sum.
#pragma once

#include <cstddef>
#include <vector>

#include "output/gazetteer.hpp"
#include "output/reader.hpp"
#include "sim/engine/record.hpp"

namespace nuzuh {

/// A quantity of the places in every member, by week: a flow summed over the week, a stock at its end.
///
/// Shape    [M][W, P].
std::vector<std::vector<float>> by_week(const ResultsFile& file, const Gazetteer& g, PlaceField field);

/// Quantile over members by linear interpolation (type 7), value by value.
///
/// @param member  [M][N]
std::vector<float> quantile_of_members(const std::vector<std::vector<float>>& member, double p);

}  // namespace nuzuh
