#include "app/figure_forecast.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "app/console.hpp"
#include "sim/study/quantile.hpp"
#include "sim/study/rounding.hpp"

namespace nuzuh::app {

namespace {

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

void print_figure_forecasts(const CheckedScenario& scenario, const FigureForecastSpec& spec,
                            const std::vector<FigureForecastRow>& rows) {
    const World& world = scenario.world;
    const auto series = series_of(world.settings);
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
}

}  // namespace nuzuh::app
