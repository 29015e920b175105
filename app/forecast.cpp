// nuzuh forecast SCENARIO
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "app/table_file.hpp"
#include "output/csv.hpp"
#include "sim/check/make_world.hpp"
#include "sim/study/forecast.hpp"
#include "sim/study/rounding.hpp"
#include "sim/study/score.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct ForecastOptions {
    std::string scenario;
    std::string file;
    ForecastSpec spec;
    std::vector<std::string> overrides;
    bool uncertainty_given = false, force = false;
};

std::string csv_of(const std::string& form, const World& world, const std::vector<ForecastRow>& rows) {
    std::string text;
    for (const auto& row : rows) {
        text +=
            fmt::format("{},{},{},{},{:.0f},{:.1f}", form, iso(row.origin), row.days_ahead,
                        csv_cell(world.places[std::size_t(row.place)].name), row.counted, row.persistence);
        for (double p : {0.05, 0.25, 0.5, 0.75, 0.95})
            text += fmt::format(",{:.1f}", quantile(row.members, p));
        text += fmt::format(",{:.6f}\n", log_interval_score(row));
    }
    return text;
}

/// Scores of one horizon; none where no forecast reaches it.
std::vector<std::string> cells_of(const ForecastSkill& skill) {
    std::vector<std::string> cells{fmt::format("{} days ahead", skill.days_ahead),
                                   std::to_string(skill.forecasts)};
    if (skill.forecasts == 0) {
        cells.resize(10, "-");
        return cells;
    }
    const auto rounded = [](double persons) { return Rounding(persons).text(persons); };
    const double relative = skill.relative();
    for (std::string cell :
         {fmt::format("{:.3f}", skill.log_interval_score),
          fmt::format("{:.3f}", skill.log_error_of_persistence),
          std::isnan(relative) ? "-" : fmt::format("{:.2f}", relative), rounded(skill.interval_score),
          rounded(skill.error_of_persistence), rounded(skill.crps),
          fmt::format("{:.0f} %", 100 * skill.covered_50), fmt::format("{:.0f} %", 100 * skill.covered_90)})
        cells.push_back(std::move(cell));
    return cells;
}

void print_form(const std::string& form, const std::vector<ForecastRow>& rows, const ForecastSpec& spec) {
    TextTable table({form, "forecasts", "WIS log", "persistence", "relative", "WIS", "persistence", "CRPS",
                     "in 50 %", "in 90 %"});
    bool undefined = false;
    for (const auto& skill : forecast_skill(rows, spec.horizons_days)) {
        table.add(cells_of(skill));
        undefined |= skill.forecasts > 0 && std::isnan(skill.relative());
    }
    print(table.text());
    if (undefined)
        print("relative: - where every camp keeps its share exactly, so that persistence is never wrong\n");
    print(fmt::format("in 90 % of camps and weeks ahead: {:.0f} %\n\n", 100 * weekly_coverage(rows)));
}

/// Why no forecast can be made.
std::string why_none(const World& world, const ForecastSpec& spec) {
    const int days = world.settings.period.to - world.start + 1;
    const int ahead = *std::min_element(spec.horizons_days.begin(), spec.horizons_days.end());
    if (spec.every_days + ahead > days - 1)
        return fmt::format(
            "no forecast fits the period: the first begins after {} days and looks {} days ahead, and the "
            "period has {}",
            spec.every_days, ahead, days);
    return fmt::format(
        "no forecast is made while fewer than {} people are registered, and there never are more",
        grouped(spec.least_persons));
}

int forecast(const ForecastOptions& options, const Session& session) {
    const auto scenario = checked_scenario(options.scenario, options.overrides, session);
    if (!scenario) return exit_bad_input;
    const World& world = scenario->world;
    if (registrations_on(world, {0}).places.empty() || world.departures.size() == 0) {
        print_error("a forecast starts from the registrations of camps, and takes departures from them",
                    "give `registrations`, and behaviour.leave.departures: registrations");
        return exit_bad_input;
    }
    if (options.uncertainty_given && world.settings.behaviour.rules == Rules::flee3) {
        print_error("--uncertainty has no effect with rules: flee3, which takes registrations as they are",
                    "leave it out");
        return exit_bad_input;
    }
    if (world.settings.engine.mode == DrawMode::expected) {
        print_error("a forecast is scored by its bands, and engine.mode: expected has none",
                    "leave it out, or give --set engine.mode=stochastic");
        return exit_bad_input;
    }
    if (forecast_origins(world, options.spec).empty()) {
        print_error(why_none(world, options.spec), "give a smaller --every or --ahead, or a longer period");
        return exit_bad_input;
    }
    const fs::path target =
        options.file.empty() ? fs::path(options.scenario).stem().string() + ".forecasts.csv" : options.file;
    if (!can_write_table(target, options.force, files_of(options.scenario, scenario->loaded)))
        return exit_bad_input;
    std::string text = "form,origin,days_ahead,place,counted,persistence,q05,q25,q50,q75,q95,wis_log\n";
    print(fmt::format("{}\n\n", world.settings.title));
    const auto withheld = make_world(capacities_withheld(world.settings));
    for (const auto& [form, known] :
         {std::pair{"capacities withheld", &*withheld}, {"capacities as given", &world}}) {
        const auto rows = rolling_forecasts(*known, options.spec);
        text += csv_of(form, *known, rows);
        print_form(form, rows, options.spec);
    }
    write_table(target, text, options.force, session);
    return exit_done;
}

}  // namespace

void add_forecast(CLI::App& app, Session& session) {
    auto options = std::make_shared<ForecastOptions>();
    auto* command =
        app.add_subcommand("forecast", "Forecast from many days of the past, and score what came");
    auto& spec = options->spec;
    command->add_option("scenario", options->scenario, "Scenario with registrations, or a case of Flee 3")
        ->required();
    command
        ->add_option("-o,--output", options->file,
                     "Table of all forecasts; default: the name with .forecasts.csv")
        ->type_name("FILE");
    command->add_option("--every", spec.every_days, "Days from one origin to the next")
        ->capture_default_str()
        ->check(CLI::Range(1, 3660));
    command->add_option("--ahead", spec.horizons_days, "Days ahead that are scored")
        ->capture_default_str()
        ->delimiter(',')
        ->check(CLI::Range(1, 365));
    command->add_option("--members", spec.members, "Runs of each forecast")
        ->capture_default_str()
        ->check(CLI::Range(2, 100'000));
    auto* uncertainty = command
                            ->add_option("--uncertainty", spec.uncertainty,
                                         "Relative standard deviation of registrations at an origin")
                            ->capture_default_str()
                            ->check(CLI::Range(0.0, 1.0));
    command->add_option("--seed", spec.seed, "Seed of all random numbers")->capture_default_str();
    command->add_option("--threads", spec.threads, "Threads; default: all cores")->check(CLI::Range(1, 4096));
    command->add_option("--set", options->overrides, "Lay KEY=VALUE over the scenario; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->add_flag("--force", options->force, "Replace the table if it exists");
    command->footer(
        "From every origin, camps hold who is registered there on that day; of what comes later, only how "
        "many people\n"
        "leave is known, as it is for the baseline: persistence of shares, by which every camp keeps its "
        "share.\n\n"
        "WIS log   weighted interval score of log(1 + persons), mean over forecasts and camps; persistence "
        "has no\n"
        "          spread, and its score is its absolute error. relative: the first over the second, below 1 "
        "is better\n\n"
        "Example:\n"
        "  nuzuh forecast cases/mali2012 --every 28 --ahead 14,28,56");
    command->callback([options, uncertainty, &session] {
        options->uncertainty_given = uncertainty->count() > 0;
        session.exit_code = forecast(*options, session);
    });
}

}  // namespace nuzuh::app
