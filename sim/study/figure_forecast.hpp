// Forecasts of what will be reported, from a day on which some figures are known and others are not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/model/setting_access.hpp"
#include "sim/model/world.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh {

/// Figures that count the same from the same day on, or the same stock, by their last day.
struct FigureSeries {
    std::string name;  ///< such as `movements` or `arrivals dana_subdistrict`
    std::vector<ReportedFigure> figures;
};

/// Series of at least two figures that lie in the period: a flow must be counted from the start of the period, give or take
/// a week.
std::vector<FigureSeries> series_of(const ScenarioSettings& settings);

/// The day on which a figure became known.
inline Date known_on(const ReportedFigure& figure) { return figure.published.value_or(figure.to); }

/// What is known of strikes, fronts, orders, ceasefires and roads after the origin.
enum class StrikesAhead {
    as_given,  ///< all that the scenario says
    recent,    ///< nothing: places are struck as in the last fortnight, and what held on the day goes on
};

/// The scenario as it is known on a day: nothing that begins later is in it, and what ends later does not end.
/// Strikes go on as in the last fortnight.
///
/// @param day  within the period
ScenarioSettings known_by(const World& world, Date day);

struct FigureForecastSpec {
    std::vector<Date> origins;
    std::vector<int> horizons_days{7, 14, 28, 56};
    StrikesAhead strikes = StrikesAhead::as_given;
    int members = 400;
    std::uint64_t seed = 1;
    int threads = 0;  ///< 0: all cores
};

/// What is said of one series on one day ahead.
struct FigureForecastRow {
    Date origin;
    std::size_t series;  ///< index in `series_of`
    Date day;
    std::vector<double> members;  ///< [M] persons, equally likely
    std::vector<double>
        plain;            ///< [M] persons: the recent rate goes on, with a band from its own past errors
    ReportedFigure last;  ///< the last figure of the series that was known
    std::optional<ReportedFigure> came;  ///< the figure of that day, which was published after the origin
    double counting = 0;                 ///< how many of the members count, by their weights
    int days_ahead() const { return day - origin; }
};

/// Forecasts from every origin on which some figure of a series is known: of each horizon, and of each figure that was
/// published later.
///
/// Every member runs the whole period with what it draws from the prior (`parameters.prior`, or the default prior; a posterior may
/// know what came later, and is not used), by the pooled engine. On an origin members are weighed by the figures published up to it, tempered
/// until an eighth of them count, and drawn anew by their weights. What a member says of a day is what was last counted, as
/// far as that is known, plus what the member adds to it until then; of a stock, times its ratio.
///
/// @return  by origin, series and day
/// @throws  ModelFault if a run fails
///
/// Draws    the same for any number of threads
std::vector<FigureForecastRow> forecast_figures(const World& world, const SettingAccess& access,
                                                const FigureForecastSpec& spec);

/// How good the forecasts of figures up to so many days ahead are.
struct FigureSkill {
    int from_days = 0, to_days = 0;  ///< more than, and up to
    int forecasts = 0;
    double model = 0, plain = 0;  ///< WIS of log(1 + persons), mean
    double model_in_50 = 0, model_in_90 = 0,
           plain_in_90 = 0;                   ///< [-] share whose band meets where the figure may lie
    double model_width = 0, plain_width = 0;  ///< [-] median of the upper over the lower end of the 90 % band
};

/// Scores by days ahead: up to the first horizon, from there to the second, and so on.
std::vector<FigureSkill> figure_skill(const std::vector<FigureForecastRow>& rows,
                                      const std::vector<int>& horizons_days);

}  // namespace nuzuh
