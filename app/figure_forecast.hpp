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

}  // namespace nuzuh::app
