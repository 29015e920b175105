// Quantiles in the form that forecast hubs take.
#pragma once

#include <array>

#include "output/csv.hpp"
#include "output/reader.hpp"

namespace nuzuh {

/// The 23 levels of the COVID-19 Forecast Hub, kept by the hubs after it.
constexpr std::array<double, 23> hub_levels{0.01, 0.025, 0.05, 0.1, 0.15, 0.2,   0.25, 0.3,
                                            0.35, 0.4,   0.45, 0.5, 0.55, 0.6,   0.65, 0.7,
                                            0.75, 0.8,   0.85, 0.9, 0.95, 0.975, 0.99};

/// Quantiles over members by linear interpolation (type 7): totals by day, and by week and place arrivals, departures
/// and returns in the week, and displaced people and those without shelter at its end.
///
/// Columns    origin_date, target, target_end_date, location, output_type, output_type_id, value; no hashtags, which
///            hubs would read as a row.
CsvTable hub_table(const ResultsFile& file);

/// The same of what may be shared, by week and sub-district.
CsvTable shared_hub_table(const ResultsFile& file);

}  // namespace nuzuh
