// How forecasts of figures would have warned before a series came to a number of persons.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "sim/study/figure_forecast.hpp"

namespace nuzuh {

/// When a series first came to a number of persons, as far as its figures tell.
struct Passing {
    std::optional<Date> not_yet{};  ///< last day before, of a figure that lies below
    std::optional<Date> passed{};   ///< last day of the first figure that lies at or above
};

/// @param persons  > 0
Passing passing_of(const FigureSeries& series, double persons);

/// How one source would have warned: a contingency table over origins. A warning is a forecast that gives the series at least a
/// chance of having come to the persons so many days ahead; an event is that it had.
struct TriggerScore {
    int hits = 0, misses = 0, false_alarms = 0, correct_negatives = 0;
    int not_known = 0;  ///< no figure tells whether the series had come to it by then
    /// From the first of the warnings that were not taken back until the series had come to it, to that day [day]. Nothing if it
    /// never came to it, or the last forecast before did not warn.
    std::optional<int> lead_days{};

    double hit_rate() const;           ///< hits of events [-]; not a number without events
    double false_alarm_ratio() const;  ///< false alarms of warnings [-]; not a number without warnings
    TriggerScore& operator+=(const TriggerScore& other);  ///< of counts; a lead time is of one series
};

/// The warnings of one series, number of persons and horizon.
struct TriggerSkill {
    std::size_t series = 0;  ///< index in `series_of`
    double persons = 0;
    int days_ahead = 0;
    Passing passing;
    std::array<TriggerScore, figure_source_count> by_source{};
};

/// Scores of warnings from every origin before a series had come to a number of persons.
///
/// @param chance  from which on a forecast is a warning [-] in (0, 1]
/// @return        of those series that came to it after an origin, or of which a source warned; by persons, series and days ahead
std::vector<TriggerSkill> trigger_skill(const std::vector<FigureForecastRow>& rows,
                                        const std::vector<FigureSeries>& series,
                                        const std::vector<double>& persons, double chance,
                                        const std::vector<int>& horizons_days);

/// The share of equally likely members that come to a number of persons [-].
double chance_of(const std::vector<double>& members, double persons);

}  // namespace nuzuh
