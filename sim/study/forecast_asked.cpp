#include "sim/study/forecast_asked.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "sim/check/make_world.hpp"
#include "sim/study/number_text.hpp"

namespace nuzuh {
namespace {

/// Numbers that mean nothing.
Findings impossible_numbers(const ForecastAsked& asked) {
    const auto is_no_day = [](int days) { return days < 1; };
    const auto& ahead = asked.horizons_days;
    if (asked.every_days < 1 || ahead.empty() || std::any_of(ahead.begin(), ahead.end(), is_no_day))
        return one_error("--every", "--every and --ahead are whole numbers of days from 1", "");
    if (asked.members && *asked.members < 2)
        return one_error("--members", fmt::format("--members is {}: a band takes two", *asked.members), "");
    if (asked.uncertainty && !(*asked.uncertainty >= 0 && *asked.uncertainty <= 1))
        return one_error("--uncertainty",
                         fmt::format("--uncertainty is {}: expected 0 to 1", *asked.uncertainty), "");
    for (const double persons : asked.triggers) {
        if (!(persons > 0) || !std::isfinite(persons))
            return one_error("--trigger",
                             fmt::format("--trigger is {}: expected more than 0 persons", persons), "");
    }
    if (asked.trigger_chance && !(*asked.trigger_chance > 0 && *asked.trigger_chance <= 1))
        return one_error(
            "--trigger-chance",
            fmt::format("--trigger-chance is {}: expected more than 0, up to 1", *asked.trigger_chance), "");
    if (asked.trigger_chance && asked.triggers.empty())
        return one_error("--trigger-chance", "--trigger-chance has no effect without --trigger",
                         "give the number of persons, such as --trigger 500000");
    return {};
}

Findings without_effect(const char* options, const char* what) {
    return one_error("", fmt::format("{} have no effect on forecasts of {}", options, what),
                     "leave them out");
}

/// Why registrations cannot be forecast from any day.
Findings why_no_origin(const World& world, const ForecastSpec& spec) {
    if (!forecast_origins(world, spec).empty()) return {};
    const int days = world.settings.period.to - world.start + 1;
    const int ahead = *std::min_element(spec.horizons_days.begin(), spec.horizons_days.end());
    const auto why =
        spec.every_days + ahead > days - 1
            ? fmt::format(
                  "no forecast fits the period: the first begins after {} days and looks {} days "
                  "ahead, and the period has {}",
                  spec.every_days, ahead, days)
            : fmt::format(
                  "no forecast is made while fewer than {} people are registered, and there never "
                  "are more",
                  grouped(spec.least_persons));
    return one_error("", why, "give a smaller --every or --ahead, or a longer period");
}

}  // namespace

bool forecasts_registrations(const World& world) {
    return !registrations_on(world, {0}).places.empty() && world.departures.size() > 0;
}

Findings why_no_forecast(const World& world, const ForecastAsked& asked) {
    if (auto why = impossible_numbers(asked); !why.empty()) return why;
    const bool registered = forecasts_registrations(world);
    const Period& period = world.settings.period;
    if (!registered && (asked.uncertainty || asked.leaving || asked.hindsight || asked.raw))
        return without_effect("--leaving, --hindsight, --raw and --uncertainty", "reported figures");
    if (registered && (asked.strikes || asked.from))
        return without_effect("--strikes and --from", "registrations");
    if (registered && !asked.triggers.empty())
        return without_effect("--trigger and --trigger-chance", "registrations");
    if (!registered && series_of(world.settings).empty())
        return one_error(
            "reported",
            "a forecast starts from the registrations of camps, or from reported figures that count "
            "the same from the start of the period on, at least two",
            "give `registrations` and behaviour.leave.departures: registrations, or `reported`");
    if (asked.uncertainty && world.settings.behaviour.rules == Rules::flee3)
        return one_error(
            "--uncertainty",
            "--uncertainty has no effect with rules: flee3, which takes registrations as they are",
            "leave it out");
    if (world.settings.engine.mode == DrawMode::expected)
        return one_error("engine.mode",
                         "a forecast is scored by its bands, and engine.mode: expected has none",
                         "leave it out, or give --set engine.mode=stochastic");
    if (asked.from && (*asked.from < period.from || *asked.from > period.to))
        return one_error("--from",
                         fmt::format("--from {} is no day of the period {} to {}", iso(*asked.from),
                                     iso(period.from), iso(period.to)),
                         "");
    return registered ? why_no_origin(world, registration_spec(asked, Unknowns{})) : Findings{};
}

ForecastSpec registration_spec(const ForecastAsked& asked, const Unknowns& unknowns) {
    ForecastSpec spec;
    spec.every_days = asked.every_days;
    spec.horizons_days = asked.horizons_days;
    spec.members = asked.members.value_or(spec.members);
    spec.seed = asked.seed;
    spec.threads = asked.threads;
    spec.uncertainty = asked.uncertainty.value_or(spec.uncertainty);
    spec.leaving = asked.leaving.value_or(spec.leaving);
    spec.hindsight = asked.hindsight;
    spec.raw = asked.raw;
    spec.progress = asked.progress;
    if (unknowns.any()) spec.unknowns = &unknowns;
    return spec;
}

std::vector<FormForecasts> forecast_forms(const World& world, const ForecastSpec& spec) {
    const auto withheld = make_world(capacities_withheld(world.settings));
    return {{"capacities withheld", rolling_forecasts(*withheld, spec)},
            {"capacities as given", rolling_forecasts(world, spec)}};
}

Date first_known(const World& world) {
    std::optional<Date> first;
    for (const auto& series : series_of(world.settings)) {
        for (const auto& figure : series.figures)
            first = std::min(first.value_or(known_on(figure)), known_on(figure));
    }
    return first.value_or(world.settings.period.to);
}

namespace {

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

}  // namespace

FigureForecastSpec figure_spec(const World& world, const ForecastAsked& asked) {
    FigureForecastSpec spec;
    spec.strikes = asked.strikes.value_or(spec.strikes);
    if (asked.from && spec.strikes == StrikesAhead::recent)
        spec.origins = {*asked.from};
    else
        spec.origins = figure_origins(world, asked.every_days, asked.from);
    spec.horizons_days = asked.horizons_days;
    std::sort(spec.horizons_days.begin(), spec.horizons_days.end());
    spec.members = asked.members.value_or(spec.members);
    spec.seed = asked.seed;
    spec.threads = asked.threads;
    spec.progress = asked.progress;
    return spec;
}

Result<std::vector<FigureForecastRow>> forecast_asked_figures(const World& world, const SettingAccess& access,
                                                              const ForecastAsked& asked) {
    const auto spec = figure_spec(world, asked);
    auto rows = forecast_figures(world, access, spec);
    if (asked.from) std::erase_if(rows, [&](const auto& row) { return row.origin != spec.origins.back(); });
    if (!rows.empty()) return rows;
    return one_error(
        "reported",
        fmt::format("nothing can be forecast from {}: the first figure is known from {} on, and the "
                    "period ends on {}",
                    iso(spec.origins.back()), iso(first_known(world)), iso(world.settings.period.to)),
        "give another day, or fewer days --ahead");
}

}  // namespace nuzuh
