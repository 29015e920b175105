// Forecasts from the past of a conflict, held against what came: a test that no fit to the whole can pass.
#pragma once

#include <string>
#include <vector>

#include "sim/study/registrations.hpp"

namespace nuzuh {

/// From which days forecasts start, and how far ahead they look.
struct ForecastSpec {
    int every_days = 28;  ///< from one origin to the next
    std::vector<int> horizons_days{14, 28, 56};
    double least_persons = 1000;  ///< no forecast starts while fewer are registered
    double uncertainty = 0.02;    ///< [-] of the registrations at the origin
    int members = 100;
    std::uint64_t seed = 1;
    int threads = 0;
};

/// What a forecast says of one place on one day, and what came.
struct ForecastRow {
    Date origin;
    int days_ahead;
    int place;
    double counted;               ///< [persons] registered on the day
    double persistence;           ///< [persons] had the shares of the origin lasted
    std::vector<double> members;  ///< [M] persons
};

/// Weighted interval score of log(1 + persons).
double log_interval_score(const ForecastRow& row);

/// Scores of all forecasts for one horizon, mean over origins and places.
struct ForecastSkill {
    int days_ahead = 0;
    int forecasts = 0;
    double log_interval_score = 0;        ///< WIS of log(1 + persons)
    double log_error_of_persistence = 0;  ///< the same score of persistence of shares, which has no spread
    double interval_score = 0;            ///< WIS [persons]
    double error_of_persistence = 0;      ///< [persons]
    double crps = 0;                      ///< [persons]
    double covered_50 = 0;                ///< [-]
    double covered_90 = 0;
    /// Below 1 is better than persistence of shares; not a number where that is never wrong, or nothing was forecast.
    double relative() const;
};

/// The scenario as it stands on a day: who is registered is there, from where people fled when they came, and since
/// when; what follows is as in the scenario. Nothing of later registrations is known but how many leave.
///
/// Arrivals of a day come from the homes that were left on that day, in the same proportions at every place.
///
/// @param origin_day  days since the start of the period
ScenarioSettings as_of(const World& world, int origin_day, int days_ahead, double uncertainty);

/// Days since the start of the period from which a forecast is made: those with enough people registered from which
/// some horizon ends within the period.
std::vector<int> forecast_origins(const World& world, const ForecastSpec& spec);

/// Forecasts from every origin: each horizon, and each week up to the longest.
///
/// @return  rows in order of origin, days ahead and place; nothing if the scenario has no registrations
/// @throws  ModelFault if a run fails
std::vector<ForecastRow> rolling_forecasts(const World& world, const ForecastSpec& spec);

/// Scores by horizon.
std::vector<ForecastSkill> forecast_skill(const std::vector<ForecastRow>& rows,
                                          const std::vector<int>& days_ahead);

/// Share of places and whole weeks ahead, all origins, at which the 90 % band holds the count.
double weekly_coverage(const std::vector<ForecastRow>& rows, double level = 0.9);

}  // namespace nuzuh
