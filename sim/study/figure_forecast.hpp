// Forecasts of what will be reported, from a day on which some figures are known and others are not.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
inline constexpr std::array<std::pair<const char*, StrikesAhead>, 2> strikes_ahead_names{
    {{"as_given", StrikesAhead::as_given}, {"recent", StrikesAhead::recent}}};

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
    /// Called as members get done, for each origin anew where strikes ahead are not known, from any thread; what it throws breaks
    /// the forecasts off.
    std::function<void(std::int64_t done, std::int64_t all)> progress = {};
};

/// Who says something of a figure.
enum class FigureSource {
    model,        ///< members, weighed by what is known
    recent_rate,  ///< the rate of the last figures goes on, with a band from its own past errors
    pool,         ///< the mean of the quantiles of both, weighted by how each did before, see `pool_weights`
};

constexpr int figure_source_count = 3;
constexpr std::array<std::string_view, figure_source_count> figure_source_names{"model", "recent rate",
                                                                                "pool"};

/// What is said of one series on one day ahead.
struct FigureForecastRow {
    Date origin;
    std::size_t series;  ///< index in `series_of`
    Date day;
    /// [source][M] persons, equally likely
    std::array<std::vector<double>, figure_source_count> said{};
    ReportedFigure last;                   ///< the last figure of the series that was known
    std::optional<ReportedFigure> came{};  ///< the figure of that day, which was published after the origin
    double counting = 0;                   ///< how many of the members count, by their weights
    double model_weight = 0;               ///< [-] of the model in the pool; the rest is the recent rate's

    int days_ahead() const { return day - origin; }
    const std::vector<double>& by(FigureSource source) const { return said[std::size_t(source)]; }
};

/// The middle of where a figure may lie, of logarithms [persons].
double middle_of(const ReportedFigure& figure);

/// The mean of the quantiles of the model and the recent rate at each row, weighted by the scores of what had come by its origin, see
/// `pool_weights`. The rate is expected to be wrong by the root of the days, and the model, which knows or takes over what falls on
/// people, as much as ever: alike a fortnight ahead.
void pool(std::vector<FigureForecastRow>& rows);

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

/// How good the forecasts of one source are.
struct SourceSkill {
    double log_interval_score = 0;  ///< WIS of log(1 + persons), mean
    double in_50 = 0, in_90 = 0;    ///< [-] share whose band meets where the figure may lie
    double width = 0;               ///< [-] median of the upper over the lower end of the 90 % band
};

/// How good the forecasts of figures up to so many days ahead are.
struct FigureSkill {
    int from_days = 0, to_days = 0;  ///< more than, and up to
    int forecasts = 0;
    std::array<SourceSkill, figure_source_count> by_source{};

    const SourceSkill& of(FigureSource source) const { return by_source[std::size_t(source)]; }
    /// WIS of a source over that of the recent rate: below 1 is better. Not a number where that is never wrong.
    double relative(FigureSource source) const;
};

/// Scores by days ahead: up to the first horizon, from there to the second, and so on.
std::vector<FigureSkill> figure_skill(const std::vector<FigureForecastRow>& rows,
                                      const std::vector<int>& horizons_days);

}  // namespace nuzuh
