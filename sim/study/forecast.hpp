// Forecasts from the past of a conflict, held against what came: a test that no fit to the whole can pass.
#pragma once

#include <array>
#include <functional>
#include <utility>
#include <vector>

#include "sim/study/plain_forecast.hpp"
#include "sim/study/registrations.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh {

/// What is known ahead of an origin of how many come to camps, by the model and by plain rules alike.
enum class LeavingAhead {
    as_came,  ///< their number on every day
    recent,   ///< nothing: the mean of the last four weeks in which it changed goes on
};
inline constexpr std::array<std::pair<const char*, LeavingAhead>, 2> leaving_ahead_names{
    {{"as_came", LeavingAhead::as_came}, {"recent", LeavingAhead::recent}}};

/// From which days forecasts start, how far ahead they look, and what they know.
struct ForecastSpec {
    int every_days = 28;  ///< from one origin to the next
    std::vector<int> horizons_days{7, 14, 28, 56};
    double least_persons = 1000;  ///< no forecast starts while fewer are registered
    double uncertainty = 0.02;    ///< [-] of the registrations at the origin
    LeavingAhead leaving = LeavingAhead::as_came;
    /// Whether counts at the origin are interpolated between reports before and after it; else only reports up to the
    /// origin are known.
    bool hindsight = false;
    bool raw =
        false;  ///< whether bands hold what members say, else the model's own past errors as those of plain rules
    int members = 100;
    std::uint64_t seed = 1;
    int threads = 0;
    const Unknowns* unknowns = nullptr;  ///< what members draw; none: they differ in chance alone
    /// Called as origins get done, from any thread; what it throws breaks the forecasts off.
    std::function<void(std::int64_t done, std::int64_t all)> progress = {};
};

/// What a plain rule says.
struct PlainBand {
    double persons = 0;
    std::vector<double> members;  ///< [M] persons, from its own past errors
};

/// What a forecast says of one place on one day, and what came.
struct ForecastRow {
    Date origin;
    int days_ahead;
    int place;
    double counted;                                   ///< [persons] registered on the day
    std::vector<double> members;                      ///< [M] persons
    std::array<PlainBand, plain_rule_count> plain{};  ///< by rule
    std::vector<double> pooled{};                     ///< [M] persons: the pool of the model and plain rules
    double model_weight = 1;                          ///< [-] of the model in the pool
};

/// Weighted interval score of log(1 + persons).
double log_interval_score(const std::vector<double>& members, double counted);

/// How good forecasts of one source are for one horizon, mean over origins and places.
struct ForecastSkill {
    double log_interval_score = 0;  ///< WIS of log(1 + persons)
    double interval_score = 0;      ///< WIS [persons]
    double crps = 0;                ///< [persons]
    double covered_50 = 0;          ///< [-]
    double covered_90 = 0;
};

/// The model beside plain rules.
struct HorizonSkill {
    int days_ahead = 0;
    int forecasts = 0;
    ForecastSkill model, pool;
    std::array<ForecastSkill, plain_rule_count> plain;

    /// The plain rule with the lower WIS of the logarithm.
    const ForecastSkill& better_plain() const;
    /// WIS of the logarithm over that of the better plain rule: below 1 is better than both. Not a number where a plain
    /// rule is never wrong, or nothing was forecast.
    double relative(const ForecastSkill& skill) const;
};

/// The scenario as it stands on a day: who is registered is there, from where people fled when they came, and since
/// when; what follows is as in the scenario.
///
/// Arrivals of a day come from the homes that were left on that day, in the same proportions at every place.
///
/// @param known       the scenario as far as it is known on the day, see `reported_by`
/// @param origin_day  days since the start of the period
/// @param leave       [days ahead] persons who leave on each day after the origin
ScenarioSettings as_of(const World& known, int origin_day, double uncertainty, const Eigen::ArrayXd& leave);

/// Days since the start of the period from which a forecast is made: those with enough people registered from which
/// some horizon ends within the period.
std::vector<int> forecast_origins(const World& world, const ForecastSpec& spec);

/// The mean of the quantiles of the model and plain rules, weighted by how each did in what had come by the origin, see
/// `pool_weights`; all are expected to do alike. A plain rule that says nobody of a camp says nothing of whether one opens there: of
/// such a camp the model speaks alone, and they are left out of the scores.
void pool(std::vector<ForecastRow>& rows);

/// Forecasts from every origin: each horizon, and each week up to the longest, at camps that are reported on again on the
/// day or later.
///
/// @return  rows in order of origin, days ahead and place; nothing if the scenario has no registrations
/// @throws  ModelFault if a run fails
std::vector<ForecastRow> rolling_forecasts(const World& world, const ForecastSpec& spec);

/// Scores by horizon.
std::vector<HorizonSkill> forecast_skill(const std::vector<ForecastRow>& rows,
                                         const std::vector<int>& days_ahead);

/// Share of places and whole weeks ahead, all origins, at which the 90 % band holds the count; NaN if there are none.
double weekly_coverage(const std::vector<ForecastRow>& rows, double level = 0.9);

}  // namespace nuzuh
