// Quantities by week, of every member, so that quantiles of a week's sum are those of the sum.
#pragma once

#include <cstddef>
#include <vector>

#include "output/gazetteer.hpp"
#include "output/reader.hpp"
#include "sim/engine/record.hpp"

namespace nuzuh {

/// Whether flows of records add up to flows of weeks: where records are of a day or of seven.
bool tells_weeks(const Gazetteer& g);

/// A quantity of the places in every member, by week: a flow summed over the week, a stock at its end.
///
/// Shape    [M][W, P].
/// @throws  ResultsError if the run kept no series of members
std::vector<std::vector<float>> by_week(const ResultsFile& file, const Gazetteer& g, PlaceField field);

/// A quantile over members of a quantity by week and place, from those by record: of a flow of several records it cannot be
/// told, and is NaN.
///
/// @param level  number of the quantile in the file
/// @return       [W, P]
std::vector<float> quantile_by_week(const ResultsFile& file, const Gazetteer& g, PlaceField field,
                                    std::size_t level);

/// Quantile over members by linear interpolation (type 7), value by value.
///
/// @param member  [M][N]
template <class Number>
std::vector<float> quantile_of_members(const std::vector<std::vector<Number>>& member, double p);

}  // namespace nuzuh
