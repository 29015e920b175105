// Forecasts as tables.
#pragma once

#include <string>
#include <vector>

#include "sim/study/forecast_asked.hpp"

namespace nuzuh {

/// A row for each form, origin, day ahead and camp: what was counted, what the model, plain rules and the pool say, their scores.
std::string forecasts_csv(const World& world, const std::vector<FormForecasts>& forms);

/// A row for each origin, series and day: what the model, the recent rate and the pool say, and where the figure lies that came.
std::string figure_forecasts_csv(const World& world, const std::vector<FigureForecastRow>& rows);

}  // namespace nuzuh
