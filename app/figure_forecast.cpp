#include "app/figure_forecast.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "app/console.hpp"
#include "output/csv.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/forecast.hpp"
#include "sim/study/rounding.hpp"
#include "sim/study/score.hpp"

namespace nuzuh::app {

namespace {

/// Names of columns of quantiles, and of the score.
constexpr std::array<std::string_view, figure_source_count> column_prefixes{"", "plain_", "pool_"};

std::string figure_csv_heading() {
    std::string text =
        "origin,series,last_known_day,last_known,day,days_ahead,members_that_count,model_weight";
    for (const auto prefix : column_prefixes) {
        for (const auto quantile : {"q05", "q25", "q50", "q75", "q95"})
            text += fmt::format(",{}{}", prefix, quantile);
    }
    text += ",published,reported_low,reported_high";
    for (const auto prefix : column_prefixes) text += fmt::format(",{}wis_log", prefix);
    return text + "\n";
}

std::string csv_of(const std::vector<FigureForecastRow>& rows, const std::vector<FigureSeries>& series) {
    std::string text = figure_csv_heading();
    for (const auto& row : rows) {
        text += fmt::format("{},{},{},{:.0f},{},{},{:.1f},{:.3f}", iso(row.origin),
                            csv_cell(series[row.series].name), iso(row.last.to), middle_of(row.last),
                            iso(row.day), row.days_ahead(), row.counting, row.model_weight);
        for (const auto& members : row.said) {
            for (const double q : band_of(members)) text += fmt::format(",{:.0f}", q);
        }
        if (row.came) {
            const auto [low, high] = reported_range(*row.came);
            text += fmt::format(",{},{:.0f},{:.0f}", iso(known_on(*row.came)), low, high);
            for (const auto& members : row.said)
                text += fmt::format(",{:.6f}", log_interval_score(members, middle_of(*row.came)));
            text += "\n";
        } else {
            text += ",,,,,,\n";
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
    TextTable table({fmt::format("from {}", iso(origin)), "day", "days ahead", "persons (90 % band)", "model",
                     "recent rate", "weight of the model"},
                    {1, 3, 4, 5});
    for (const auto& row : rows) {
        const bool is_asked =
            std::count(spec.horizons_days.begin(), spec.horizons_days.end(), row.days_ahead()) > 0;
        if (row.origin != origin || !is_asked) continue;
        table.add({series[row.series].name, iso(row.day), std::to_string(row.days_ahead()),
                   persons_text(row.by(FigureSource::pool)), persons_text(row.by(FigureSource::model)),
                   persons_text(row.by(FigureSource::recent_rate)),
                   fmt::format("{:.0f} %", 100 * row.model_weight)});
    }
    if (!table.empty()) print(table.text() + "\n");
}

void print_skill(const std::vector<FigureForecastRow>& rows, const FigureForecastSpec& spec) {
    TextTable table({"figures that came later", "forecasts", "said by", "WIS log", "over the rate", "in 50 %",
                     "in 90 %", "width"},
                    {2});
    for (const auto& skill : figure_skill(rows, spec.horizons_days)) {
        const auto ahead = fmt::format("{} to {} days ahead", skill.from_days + 1, skill.to_days);
        if (skill.forecasts == 0) {
            table.add({ahead, "0", "-", "-", "-", "-", "-", "-"});
            continue;
        }
        for (int s = 0; s < figure_source_count; ++s) {
            const auto& source = skill.by_source[std::size_t(s)];
            const double relative = skill.relative(FigureSource(s));
            table.add({s == 0 ? ahead : "", s == 0 ? std::to_string(skill.forecasts) : "",
                       std::string(figure_source_names[std::size_t(s)]),
                       fmt::format("{:.3f}", source.log_interval_score),
                       std::isnan(relative) ? "-" : fmt::format("{:.2f}", relative),
                       fmt::format("{:.0f} %", 100 * source.in_50),
                       fmt::format("{:.0f} %", 100 * source.in_90), fmt::format("x {:.2f}", source.width)});
        }
    }
    print(table.text() + "\n");
}

}  // namespace

Date first_known(const World& world) {
    std::optional<Date> first;
    for (const auto& series : series_of(world.settings)) {
        for (const auto& figure : series.figures)
            first = std::min(first.value_or(known_on(figure)), known_on(figure));
    }
    return first.value_or(world.settings.period.to);
}

std::vector<Date> figure_origins(const World& world, int every_days, const std::optional<Date>& last) {
    const Period& period = world.settings.period;
    const Date first = std::min(first_known(world), period.to);
    Date end = first;
    for (const auto& series : series_of(world.settings)) {
        for (const auto& figure : series.figures) end = std::max(end, std::min(known_on(figure), period.to));
    }
    if (last) end = *last;
    std::vector<Date> origins;
    for (Date day = first; day < end; day = day + every_days) origins.push_back(day);
    origins.push_back(end);
    return origins;
}

std::optional<std::string> print_figure_forecasts(const CheckedScenario& scenario,
                                                  const FigureForecastSpec& spec, bool last_only) {
    const World& world = scenario.world;
    const auto series = series_of(world.settings);
    auto rows = forecast_figures(world, setting_access(), spec);
    if (last_only) std::erase_if(rows, [&](const auto& row) { return row.origin != spec.origins.back(); });
    if (rows.empty()) return {};
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
    print(
        "The pool is the mean of the quantiles of model and recent rate, weighted by how each did "
        "before.\n\n");
    print_last(rows, series, spec);
    print_skill(rows, spec);
    return csv_of(rows, series);
}

}  // namespace nuzuh::app
