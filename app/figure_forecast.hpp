// Forecasts of reported figures, as people read them.
#pragma once

#include <vector>

#include "app/input.hpp"
#include "sim/study/figure_forecast.hpp"

namespace nuzuh::app {

/// Prints what was said on the last origin and how good forecasts have been.
///
/// @param rows  of the forecasts that are told
void print_figure_forecasts(const CheckedScenario& scenario, const FigureForecastSpec& spec,
                            const std::vector<FigureForecastRow>& rows);

/// Prints how the forecasts would have warned before series came to so many persons, and what they say now.
///
/// @param chance  from which on a forecast is a warning [-]
void print_triggers(const World& world, const FigureForecastSpec& spec,
                    const std::vector<FigureForecastRow>& rows, const std::vector<double>& persons,
                    double chance);

}  // namespace nuzuh::app
