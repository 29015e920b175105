// Forecasts of reported figures, for scenarios without registrations.
#pragma once

#include <string>
#include <vector>

#include "app/input.hpp"
#include "sim/study/figure_forecast.hpp"

namespace nuzuh::app {

/// Days of origin: from the day on which a first figure was known, every so many days, to the last day on which one became
/// known within the period; or the one day that is asked for.
std::vector<Date> figure_origins(const World& world, int every_days, const std::optional<Date>& only);

/// Prints what was said on the last origin and how good forecasts have been.
///
/// @return  the table of all forecasts
std::string print_figure_forecasts(const CheckedScenario& scenario, const FigureForecastSpec& spec);

}  // namespace nuzuh::app
