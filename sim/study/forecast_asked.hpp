// A forecast as it is asked for: of registrations at camps, or else of reported figures.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/study/figure_forecast.hpp"
#include "sim/study/forecast.hpp"

namespace nuzuh {

/// What is asked; what is not given is as `ForecastSpec` and `FigureForecastSpec` have it.
struct ForecastAsked {
    int every_days = ForecastSpec{}.every_days;
    std::vector<int> horizons_days = ForecastSpec{}.horizons_days;
    std::optional<int> members = {};
    std::uint64_t seed = 1;
    int threads = 0;  ///< 0: all cores
    // of registrations alone
    std::optional<double> uncertainty = {};
    std::optional<LeavingAhead> leaving = {};
    bool hindsight = false, raw = false;
    // of figures alone
    std::optional<StrikesAhead> strikes = {};
    std::optional<Date> from = {};      ///< the one day from which a forecast is made
    std::vector<double> triggers = {};  ///< [persons] of which it is asked how forecasts would have warned
    std::optional<double> trigger_chance = {};  ///< [-] from which on a forecast is a warning
    /// Called as work gets done, from any thread; what it throws breaks the forecasts off.
    std::function<void(std::int64_t done, std::int64_t all)> progress = {};
};

constexpr double trigger_chance_by_default = 0.5;  ///< [-] judgement

/// Whether forecasts of a scenario are of registrations; else they are of reported figures.
bool forecasts_registrations(const World& world);

/// Why nothing can be forecast as asked, with a way out; nothing if it can be.
Findings why_no_forecast(const World& world, const ForecastAsked& asked);

/// The forecasts of registrations that are asked for.
///
/// @param unknowns  what members draw; it must outlive what is given back
ForecastSpec registration_spec(const ForecastAsked& asked, const Unknowns& unknowns);

/// Forecasts of registrations in one form of the test.
struct FormForecasts {
    std::string form;  ///< "capacities withheld" or "capacities as given"
    std::vector<ForecastRow> rows;
};

/// Forecasts with no place limited, and with capacities as given.
///
/// @throws  ModelFault if a run fails
std::vector<FormForecasts> forecast_forms(const World& world, const ForecastSpec& spec);

/// The day on which the first figure of any series became known.
Date first_known(const World& world);

/// The forecasts of figures that are asked for: from the day on which a first figure was known, every so many days, to the
/// last day on which one became known within the period, or to the day that is asked for. Each origin has runs of its own where
/// strikes ahead are not known: one day is then asked alone, without a past.
FigureForecastSpec figure_spec(const World& world, const ForecastAsked& asked);

/// Forecasts of figures; of one day, if that is asked for, and not of those that the pool has learned from.
///
/// @return  at least one, or why there is none
/// @throws  ModelFault if a run fails
Result<std::vector<FigureForecastRow>> forecast_asked_figures(const World& world, const SettingAccess& access,
                                                              const ForecastAsked& asked);

}  // namespace nuzuh
