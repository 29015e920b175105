// nuzuh forecast SCENARIO
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <map>
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/figure_forecast.hpp"
#include "app/input.hpp"
#include "app/table_file.hpp"
#include "output/forecast_tables.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/forecast_asked.hpp"
#include "sim/study/rounding.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct ForecastOptions {
    std::string scenario;
    std::string file;
    ForecastAsked asked;
    std::vector<std::string> overrides;
    std::string from;
    bool force = false, fixed = false;
};

constexpr std::array<const char*, plain_rule_count> plain_rule_words{"persistence", "recent split"};

/// Scores of one source at one horizon; none where no forecast reaches it.
std::vector<std::string> cells_of(const HorizonSkill& horizon, const std::string& name,
                                  const ForecastSkill& skill) {
    if (horizon.forecasts == 0) return {"", "0", name, "-", "-", "-", "-", "-", "-"};
    const double relative = horizon.relative(skill);
    const auto share = [](double value) { return fmt::format("{:.0f} %", 100 * value); };
    return {"",
            std::to_string(horizon.forecasts),
            name,
            fmt::format("{:.3f}", skill.log_interval_score),
            std::isnan(relative) ? "-" : fmt::format("{:.2f}", relative),
            Rounding(skill.interval_score).text(skill.interval_score),
            Rounding(skill.crps).text(skill.crps),
            share(skill.covered_50),
            share(skill.covered_90)};
}

void print_form(const std::string& form, const std::vector<ForecastRow>& rows, const ForecastSpec& spec) {
    TextTable table(
        {form, "forecasts", "said by", "WIS log", "relative", "WIS", "CRPS", "in 50 %", "in 90 %"}, {2});
    bool undefined = false;
    int forecasts = 0;
    for (const auto& skill : forecast_skill(rows, spec.horizons_days)) {
        std::vector<std::pair<std::string, const ForecastSkill*>> sources{{"model", &skill.model}};
        for (std::size_t r = 0; r < skill.plain.size(); ++r)
            sources.emplace_back(plain_rule_words[r], &skill.plain[r]);
        sources.emplace_back("pool", &skill.pool);
        for (const auto& [name, source] : sources) {
            auto cells = cells_of(skill, name, *source);
            if (source == &skill.model)
                cells[0] = fmt::format("{} days ahead", skill.days_ahead);
            else
                cells[1].clear();
            table.add(std::move(cells));
        }
        forecasts += skill.forecasts;
        undefined |= skill.forecasts > 0 && std::isnan(skill.relative(skill.model));
    }
    print(table.text());
    if (undefined) print("relative: - where a plain rule is never wrong\n");
    if (forecasts == 0)
        print(fmt::format(
            "nothing to score: no camp is reported on between an origin and any of these days{}\n",
            spec.hindsight ? "" : "; --hindsight scores days between reports"));
    if (const double covered = weekly_coverage(rows); !std::isnan(covered))
        print(fmt::format("in 90 % of camps and weeks ahead: model {:.0f} %\n", 100 * covered));
    print("\n");
}

/// What the forecasts below know and hold.
std::string terms_text(const ForecastSpec& spec) {
    std::string text =
        spec.hindsight
            ? "With hindsight: counts at an origin are interpolated between reports before and after it."
            : "Counts at an origin are those reported by then.";
    text += spec.leaving == LeavingAhead::as_came
                ? " How many come to all camps together afterwards is known, to the model and to plain rules "
                  "alike: what is asked is where they go."
                : " How many come afterwards is not known: as many a day as in the last four weeks with any "
                  "change.";
    return text + (spec.unknowns
                       ? fmt::format(" Members draw {} unknowns.\n\n", spec.unknowns->names().size())
                       : " Members differ in chance alone.\n\n");
}

int forecast_of_figures(const CheckedScenario& scenario, const ForecastAsked& asked, const fs::path& target,
                        bool force, const Session& session) {
    const auto rows = forecast_asked_figures(scenario.world, setting_access(), asked);
    if (!rows) return refuse(rows.findings());
    const auto spec = figure_spec(scenario.world, asked);
    print_figure_forecasts(scenario, spec, *rows);
    if (!asked.triggers.empty())
        print_triggers(scenario.world, spec, *rows, asked.triggers,
                       asked.trigger_chance.value_or(trigger_chance_by_default));
    write_table(target, figure_forecasts_csv(scenario.world, *rows), force, session);
    return exit_done;
}

int forecast(ForecastOptions options, const Session& session) {
    const auto scenario =
        checked_scenario(options.scenario, with_fixed(options.overrides, options.fixed), session);
    if (!scenario) return exit_bad_input;
    const World& world = scenario->world;
    auto& asked = options.asked;
    if (!options.from.empty()) {
        asked.from = parse_date(options.from);
        if (!asked.from) {
            print_error(fmt::format("--from: '{}' is no date", options.from), "write it as 2019-11-30");
            return exit_bad_input;
        }
    }
    const fs::path target =
        options.file.empty() ? fs::path(options.scenario).stem().string() + ".forecasts.csv" : options.file;
    if (!can_write_table(target, options.force, files_of(options.scenario, scenario->loaded)))
        return exit_bad_input;
    if (const auto no = why_no_forecast(world, asked); !no.empty()) return refuse(no);
    if (!forecasts_registrations(world))
        return forecast_of_figures(*scenario, asked, target, options.force, session);
    const auto spec = registration_spec(asked, scenario->unknowns);
    print(fmt::format("{}\n\n{}", world.settings.title, terms_text(spec)));
    const auto forms = forecast_forms(world, spec);
    for (const auto& [form, rows] : forms) print_form(form, rows, spec);
    write_table(target, forecasts_csv(world, forms), options.force, session);
    return exit_done;
}

/// What forecasts know and hold.
void add_knowledge(CLI::App& command, ForecastOptions& options) {
    auto& asked = options.asked;
    const std::map<std::string, LeavingAhead> ways(leaving_ahead_names.begin(), leaving_ahead_names.end());
    const std::map<std::string, StrikesAhead> strikes(strikes_ahead_names.begin(), strikes_ahead_names.end());
    command
        .add_option(
            "--strikes", asked.strikes,
            "Of figures: what is known of strikes, fronts, orders and roads ahead; recent: nothing, and the "
            "last fortnight goes on")
        ->transform(CLI::CheckedTransformer(strikes).description(""))
        ->type_name("as_given|recent");
    command.add_option("--from", options.from, "Of figures: the one day from which a forecast is made")
        ->type_name("DATE");
    command
        .add_option(
            "--trigger", asked.triggers,
            "Of figures: persons; says how often forecasts warned in time, and in vain, that a series comes "
            "to them")
        ->delimiter(',')
        ->type_name("PERSONS");
    command
        .add_option("--trigger-chance", asked.trigger_chance,
                    "From which chance on a forecast is a warning; default: 0.5")
        ->type_name("CHANCE");
    command
        .add_option(
            "--leaving", asked.leaving,
            "What is known of how many come after the origin: as_came, their number; recent, nothing, and "
            "the mean of the last four weeks goes on")
        ->transform(CLI::CheckedTransformer(ways).description(""))
        ->type_name("as_came|recent");
    command.add_flag("--hindsight", asked.hindsight,
                     "Interpolate counts at an origin between reports before and after it");
    command.add_flag("--raw", asked.raw,
                     "Bands of what the members say; else their median and the model's own past errors");
    command.add_flag("--fixed", options.fixed, "Take parameters and inputs as known");
}

/// From which days forecasts start, and how far they look.
void add_shape(CLI::App& command, ForecastAsked& asked) {
    command.add_option("--every", asked.every_days, "Days from one origin to the next")
        ->capture_default_str()
        ->check(CLI::Range(1, 3660));
    command.add_option("--ahead", asked.horizons_days, "Days ahead that are scored")
        ->capture_default_str()
        ->delimiter(',')
        ->check(CLI::Range(1, 365));
    command.add_option("--members", asked.members, "Runs of each forecast; default: 100, of figures 400")
        ->check(CLI::Range(2, 100'000));
}

constexpr const char* footer_text =
    "From every origin, camps hold who was reported there by then. Scored are camps that were reported\n"
    "on in the week up to the day, beside two plain rules: persistence, by which every camp keeps its\n"
    "share, and recent split, by which new arrivals divide as in the last fortnight with any. Bands are\n"
    "own errors of the past, known by the origin; while fewer than 20 are known, log-normal with a\n"
    "standard deviation of 0.3 a fortnight ahead (judgement).\n\n"
    "WIS log   weighted interval score of log(1 + persons), mean over forecasts and camps\n"
    "relative  over that of the better plain rule, below 1 is better than both\n"
    "pool      mean of the quantiles of model and plain rules, weighted by the inverse square of their\n"
    "          scores of what had come by the origin; of camps where a plain rule says nobody, the model\n\n"
    "Without registrations, reported figures are forecast: series that count the same from the start of\n"
    "the period on. Every member runs the whole period by what it draws from the prior; on an origin\n"
    "members are weighed by the figures published by then, and go on from the last count. Beside them\n"
    "stands the recent rate, the mean of the last four weeks of figures, with a band from its own\n"
    "past, and the pool of both: the mean of their quantiles, weighted by the inverse square of their\n"
    "scores of what had come by the origin (`--from` with `--strikes recent` has no such past).\n\n"
    "Examples:\n"
    "  nuzuh forecast cases/mali2012 --every 28 --ahead 14,28,56\n"
    "  nuzuh forecast scenarios/idlib-2019.yaml --every 14 --ahead 14,28,56\n"
    "  nuzuh forecast scenarios/idlib-2019.yaml --from 2019-08-23 --strikes recent\n"
    "  nuzuh forecast scenarios/idlib-2019.yaml --every 7 --ahead 28 --trigger 300000,500000,700000";

}  // namespace

void add_forecast(CLI::App& app, Session& session) {
    auto options = std::make_shared<ForecastOptions>();
    auto* command =
        app.add_subcommand("forecast", "Forecast from many days of the past, and score what came");
    auto& asked = options->asked;
    command
        ->add_option("scenario", options->scenario,
                     "Scenario with registrations or reported figures, or a case of Flee 3")
        ->required();
    command
        ->add_option("-o,--output", options->file,
                     "Table of all forecasts; default: the name with .forecasts.csv")
        ->type_name("FILE");
    add_shape(*command, asked);
    command
        ->add_option("--uncertainty", asked.uncertainty,
                     "Relative standard deviation of registrations at an origin; default: 0.02")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--seed", asked.seed, "Seed of all random numbers")->capture_default_str();
    command->add_option("--threads", asked.threads, "Threads; default: all cores")
        ->check(CLI::Range(1, 4096));
    command->add_option("--set", options->overrides, "Lay KEY=VALUE over the scenario; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    add_knowledge(*command, *options);
    command->add_flag("--force", options->force, "Replace the table if it exists");
    command->footer(footer_text);
    command->callback([options, &session] { session.exit_code = forecast(*options, session); });
}

}  // namespace nuzuh::app
