#include "app/figure_forecast.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "app/console.hpp"
#include "sim/study/quantile.hpp"
#include "sim/study/rounding.hpp"
#include "sim/study/trigger_skill.hpp"

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

void add_score(TextTable& table, std::vector<std::string> cells, int source, const TriggerScore& score,
               const std::string& lead) {
    cells.push_back(std::string(figure_source_names[std::size_t(source)]));
    for (const int count :
         {score.hits, score.misses, score.false_alarms, score.correct_negatives, score.not_known})
        cells.push_back(std::to_string(count));
    cells.push_back(percent(score.hit_rate()));
    cells.push_back(percent(score.false_alarm_ratio()));
    cells.push_back(lead);
    table.add(std::move(cells));
}

/// The day on which a series came to it, as far as figures tell.
std::string passing_text(const Passing& passing) {
    if (!passing.passed) return "not reported";
    return passing.not_yet ? fmt::format("{} to {}", iso(*passing.not_yet), iso(*passing.passed))
                           : fmt::format("by {}", iso(*passing.passed));
}

/// "31 days", or of several the middle one and the range.
std::string lead_text(std::vector<int> days, int passings) {
    if (days.empty()) return "-";
    std::sort(days.begin(), days.end());
    const int middle = days[days.size() / 2];
    if (passings == 1) return fmt::format("{} days", middle);
    return fmt::format("{} days ({} to {}), {} of {}", middle, days.front(), days.back(), days.size(),
                       passings);
}

void print_trigger_skill(const std::vector<TriggerSkill>& skills, const std::vector<FigureSeries>& series,
                         const FigureForecastSpec& spec, double chance) {
    TextTable table({"comes to", "between", "within", "said by", "hits", "misses", "false alarms",
                     "correct negatives", "not known", "hit rate", "false alarm ratio", "lead time"},
                    {4, 5, 6, 7, 8, 9, 10});
    for (const auto& skill : skills) {
        for (int s = 0; s < figure_source_count; ++s) {
            std::vector<std::string> cells(3);
            if (s == 0)
                cells = {fmt::format("{} {}", series[skill.series].name, grouped(skill.persons)),
                         passing_text(skill.passing), fmt::format("{} days", skill.days_ahead)};
            const auto& score = skill.by_source[std::size_t(s)];
            add_score(table, std::move(cells), s, score,
                      score.lead_days ? lead_text({*score.lead_days}, 1) : "-");
        }
    }
    for (const int ahead : spec.horizons_days) {
        std::array<TriggerScore, figure_source_count> sum;
        std::array<std::vector<int>, figure_source_count> leads;
        int series_asked = 0, passings = 0;
        for (const auto& skill : skills) {
            if (skill.days_ahead != ahead) continue;
            ++series_asked;
            passings += skill.passing.passed.has_value();
            for (std::size_t s = 0; s < sum.size(); ++s) {
                sum[s] += skill.by_source[s];
                if (skill.by_source[s].lead_days) leads[s].push_back(*skill.by_source[s].lead_days);
            }
        }
        for (int s = 0; series_asked > 1 && s < figure_source_count; ++s) {
            const auto at = std::size_t(s);
            std::vector<std::string> cells(3);
            if (s == 0) cells = {"all of these", "", fmt::format("{} days", ahead)};
            add_score(table, std::move(cells), s, sum[at], lead_text(leads[at], passings));
        }
    }
    print(table.text());
    print(
        fmt::format("A warning is a chance of at least {:.0f} %. Not known: the day asked for lies between "
                    "the last figure below and the first\n"
                    "above. Lead time: from the first warning that was not taken back to the day of the "
                    "first figure above. Origins follow\n"
                    "each other, so that few passings make many counts.\n\n",
                    100 * chance));
}

/// What the last origin says of numbers that series had not come to.
void print_chances(const std::vector<FigureForecastRow>& rows, const std::vector<FigureSeries>& series,
                   const FigureForecastSpec& spec, const std::vector<double>& persons, double chance) {
    const Date origin = spec.origins.back();
    TextTable table({fmt::format("from {}", iso(origin)), "comes to", "within", "pool", "model",
                     "recent rate", "warning"},
                    {3, 4, 5});
    for (const double count : persons) {
        for (const auto& row : rows) {
            const auto& ahead = spec.horizons_days;
            if (row.origin != origin ||
                std::find(ahead.begin(), ahead.end(), row.days_ahead()) == ahead.end())
                continue;
            if (middle_of(row.last) >= count) continue;
            std::array<double, figure_source_count> chances{};
            for (int s = 0; s < figure_source_count; ++s)
                chances[std::size_t(s)] = chance_of(row.by(FigureSource(s)), count);
            const auto of = [&](FigureSource source) { return chances[std::size_t(source)]; };
            if (*std::max_element(chances.begin(), chances.end()) < 0.005) continue;
            table.add({series[row.series].name, grouped(count), fmt::format("{} days", row.days_ahead()),
                       percent(of(FigureSource::pool)), percent(of(FigureSource::model)),
                       percent(of(FigureSource::recent_rate)),
                       of(FigureSource::pool) >= chance ? "yes" : "no"});
        }
    }
    if (!table.empty()) print(table.text() + "\n");
}

}  // namespace

void print_triggers(const World& world, const FigureForecastSpec& spec,
                    const std::vector<FigureForecastRow>& rows, const std::vector<double>& persons,
                    double chance) {
    const auto series = series_of(world.settings);
    const auto skills = trigger_skill(rows, series, persons, chance, spec.horizons_days);
    if (skills.empty())
        print("No series came to any of the numbers of --trigger, and no forecast warned of it.\n\n");
    else
        print_trigger_skill(skills, series, spec, chance);
    print_chances(rows, series, spec, persons, chance);
}

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
