#include "app/figure_forecast.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/console.hpp"
#include "output/csv.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/forecast.hpp"
#include "sim/study/rounding.hpp"
#include "sim/study/score.hpp"

namespace nuzuh::app {

namespace {

std::string csv_of(const std::vector<FigureForecastRow>& rows, const std::vector<FigureSeries>& series) {
    std::string text =
        "origin,series,last_known_day,last_known,day,days_ahead,members_that_count,q05,q25,q50,q75,q95,plain_"
        "q05,plain_q50,plain_q95,"
        "published,reported_low,reported_high,wis_log,plain_wis_log\n";
    for (const auto& row : rows) {
        const auto [known_low, known_high] = reported_range(row.last);
        text +=
            fmt::format("{},{},{},{:.0f},{},{},{:.1f}", iso(row.origin), csv_cell(series[row.series].name),
                        iso(row.last.to), std::sqrt(std::max(known_low, 1.0) * std::max(known_high, 1.0)),
                        iso(row.day), row.days_ahead(), row.counting);
        for (const double q : band_of(row.members)) text += fmt::format(",{:.0f}", q);
        const Band plain = band_of(row.plain);
        text += fmt::format(",{:.0f},{:.0f},{:.0f}", plain[0], plain[2], plain[4]);
        if (row.came) {
            const auto [low, high] = reported_range(*row.came);
            const double middle = std::sqrt(std::max(low, 1.0) * std::max(high, 1.0));
            text +=
                fmt::format(",{},{:.0f},{:.0f},{:.6f},{:.6f}\n", iso(known_on(*row.came)), low, high,
                            log_interval_score(row.members, middle), log_interval_score(row.plain, middle));
        } else {
            text += ",,,,,\n";
        }
    }
    return text;
}

std::string persons_text(const std::vector<double>& members) {
    const Band band = band_of(members);
    const Rounding rounding(band[0], band[2], band[4]);
    return fmt::format("{} ({} to {})", rounding.text(band[2]), rounding.text(band[0]),
                       rounding.text(band[4]));
}

void print_last(const std::vector<FigureForecastRow>& rows, const std::vector<FigureSeries>& series,
                const FigureForecastSpec& spec) {
    const Date origin = spec.origins.back();
    TextTable table(
        {fmt::format("from {}", iso(origin)), "day", "days ahead", "persons (90 % band)", "recent rate"},
        {1, 3, 4});
    for (const auto& row : rows) {
        const bool is_asked =
            std::count(spec.horizons_days.begin(), spec.horizons_days.end(), row.days_ahead()) > 0;
        if (row.origin != origin || !is_asked) continue;
        table.add({series[row.series].name, iso(row.day), std::to_string(row.days_ahead()),
                   persons_text(row.members), persons_text(row.plain)});
    }
    if (!table.empty()) print(table.text() + "\n");
}

void print_skill(const std::vector<FigureForecastRow>& rows, const FigureForecastSpec& spec) {
    TextTable table({"figures that came later", "forecasts", "WIS log", "recent rate", "relative", "in 50 %",
                     "in 90 %", "recent in 90 %", "width", "recent width"});
    for (const auto& skill : figure_skill(rows, spec.horizons_days)) {
        std::vector<std::string> cells{fmt::format("{} to {} days ahead", skill.from_days + 1, skill.to_days),
                                       std::to_string(skill.forecasts)};
        if (skill.forecasts == 0) {
            cells.resize(10, "-");
            table.add(cells);
            continue;
        }
        for (const double wis : {skill.model, skill.plain}) cells.push_back(fmt::format("{:.3f}", wis));
        cells.push_back(skill.plain > 0 ? fmt::format("{:.2f}", skill.model / skill.plain) : "-");
        for (const double share : {skill.model_in_50, skill.model_in_90, skill.plain_in_90})
            cells.push_back(fmt::format("{:.0f} %", 100 * share));
        for (const double width : {skill.model_width, skill.plain_width})
            cells.push_back(fmt::format("x {:.2f}", width));
        table.add(cells);
    }
    print(table.text() + "\n");
}

}  // namespace

std::vector<Date> figure_origins(const World& world, int every_days, const std::optional<Date>& only) {
    if (only) return {*only};
    Date first = world.settings.period.to, last = world.settings.period.from;
    for (const auto& series : series_of(world.settings)) {
        for (const auto& figure : series.figures) {
            first = std::min(first, known_on(figure));
            last = std::max(last, std::min(known_on(figure), world.settings.period.to));
        }
    }
    std::vector<Date> origins;
    for (Date day = first; day < last; day = day + every_days) origins.push_back(day);
    if (first <= last) origins.push_back(last);
    return origins;
}

std::string print_figure_forecasts(const CheckedScenario& scenario, const FigureForecastSpec& spec) {
    const World& world = scenario.world;
    const auto series = series_of(world.settings);
    const auto rows = forecast_figures(world, setting_access(), spec);
    const bool dated = std::any_of(world.settings.reported.begin(), world.settings.reported.end(),
                                   [](const auto& figure) { return figure.published.has_value(); });
    print(fmt::format(
        "{}\n\nFigures are known from the day on which they were published{}. {} members draw {}, and are "
        "weighed by "
        "the figures known. {}\n\n",
        world.settings.title, dated ? "" : "; none says when, and their last day stands for it",
        grouped(spec.members), scenario.unknowns.any() ? "the prior, inputs and chance" : "chance alone",
        spec.strikes == StrikesAhead::as_given
            ? "Strikes, fronts, orders and roads ahead are as the scenario gives them."
            : "Of strikes, fronts, orders and roads ahead nothing is known: the last fortnight goes on."));
    print_last(rows, series, spec);
    print_skill(rows, spec);
    return csv_of(rows, series);
}

}  // namespace nuzuh::app
