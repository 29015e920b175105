// Forecasts of reported figures, for scenarios without registrations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/input.hpp"
#include "sim/study/figure_forecast.hpp"

namespace nuzuh::app {

/// The day on which the first figure of any series became known.
Date first_known(const World& world);

/// Days of origin: from the day on which a first figure was known, every so many days, to the last day on which one became
/// known within the period, or to the day that is asked for.
std::vector<Date> figure_origins(const World& world, int every_days, const std::optional<Date>& last);

/// Prints what was said on the last origin and how good forecasts have been.
///
/// @param last_only  whether nothing is shown of the other origins, from which the pool has learned
/// @return           the table of forecasts; none, and nothing is printed, if nothing can be forecast
std::optional<std::string> print_figure_forecasts(const CheckedScenario& scenario,
                                                  const FigureForecastSpec& spec, bool last_only);

}  // namespace nuzuh::app
