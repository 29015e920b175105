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
    std::string from;
    StrikesAhead strikes = StrikesAhead::as_given;
    /// Whether options were given: some act on registrations alone, some on figures alone.
    bool uncertainty_given = false, members_given = false, registrations_given = false, figures_given = false;
    bool force = false, fixed = false;
};

constexpr std::array<const char*, plain_rule_count> plain_rule_words{"persistence", "recent split"};

std::string csv_heading() {
    std::string text = "form,origin,days_ahead,place,counted";
    for (const auto rule : plain_rule_names) text += fmt::format(",{}", rule);
    text += ",q05,q25,q50,q75,q95,wis_log";
    for (const auto rule : plain_rule_names) text += fmt::format(",{}_wis_log", rule);
    return text + ",model_weight,pool_q05,pool_q25,pool_q50,pool_q75,pool_q95,pool_wis_log\n";
}

std::string csv_of(const std::string& form, const World& world, const std::vector<ForecastRow>& rows) {
    std::string text;
    for (const auto& row : rows) {
        text += fmt::format("{},{},{},{},{:.0f}", form, iso(row.origin), row.days_ahead,
                            csv_cell(world.places[std::size_t(row.place)].name), row.counted);
        for (const auto& plain : row.plain) text += fmt::format(",{:.1f}", plain.persons);
        for (const double q : band_of(row.members)) text += fmt::format(",{:.1f}", q);
        text += fmt::format(",{:.6f}", log_interval_score(row.members, row.counted));
        for (const auto& plain : row.plain)
            text += fmt::format(",{:.6f}", log_interval_score(plain.members, row.counted));
        text += fmt::format(",{:.3f}", row.model_weight);
        for (const double q : band_of(row.pooled)) text += fmt::format(",{:.1f}", q);
        text += fmt::format(",{:.6f}\n", log_interval_score(row.pooled, row.counted));
    }
    return text;
}

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

int forecast_of_figures(const CheckedScenario& scenario, const ForecastOptions& options,
                        const fs::path& target, const Session& session) {
    const Period& period = scenario.world.settings.period;
    std::optional<Date> from;
    if (!options.from.empty()) from = parse_date(options.from);
    if (!options.from.empty() && (!from || *from < period.from || *from > period.to)) {
        print_error(fmt::format("--from {} is no day of the period {} to {}", options.from, iso(period.from),
                                iso(period.to)));
        return exit_bad_input;
    }
    FigureForecastSpec spec;
    // Each origin has runs of its own where strikes ahead are not known: one day is then asked alone, without a past.
    if (from && options.strikes == StrikesAhead::recent)
        spec.origins = {*from};
    else
        spec.origins = figure_origins(scenario.world, options.spec.every_days, from);
    spec.horizons_days = options.spec.horizons_days;
    std::sort(spec.horizons_days.begin(), spec.horizons_days.end());
    spec.strikes = options.strikes;
    if (options.members_given) spec.members = options.spec.members;
    spec.seed = options.spec.seed;
    spec.threads = options.spec.threads;
    const auto table = print_figure_forecasts(scenario, spec, from.has_value());
    if (!table) {
        print_error(fmt::format("nothing can be forecast from {}: the first figure is known from {} on, and "
                                "the period ends on {}",
                                iso(spec.origins.back()), iso(first_known(scenario.world)), iso(period.to)),
                    "give another day, or fewer days --ahead");
        return exit_bad_input;
    }
    write_table(target, *table, options.force, session);
    return exit_done;
}

int forecast(const ForecastOptions& options, const Session& session) {
    const auto scenario =
        checked_scenario(options.scenario, with_fixed(options.overrides, options.fixed), session);
    if (!scenario) return exit_bad_input;
    const World& world = scenario->world;
    const bool registered = !registrations_on(world, {0}).places.empty() && world.departures.size() > 0;
    const auto none = [&](const char* options_of, const char* what) {
        print_error(fmt::format("{} have no effect on forecasts of {}", options_of, what), "leave them out");
        return exit_bad_input;
    };
    if (!registered && options.registrations_given)
        return none("--leaving, --hindsight, --raw and --uncertainty", "reported figures");
    if (registered && options.figures_given) return none("--strikes and --from", "registrations");
    if (!registered && series_of(world.settings).empty()) {
        print_error(
            "a forecast starts from the registrations of camps, or from reported figures that count the same "
            "from the "
            "start of the period on, at least two",
            "give `registrations` and behaviour.leave.departures: registrations, or `reported`");
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
    const fs::path target =
        options.file.empty() ? fs::path(options.scenario).stem().string() + ".forecasts.csv" : options.file;
    if (!can_write_table(target, options.force, files_of(options.scenario, scenario->loaded)))
        return exit_bad_input;
    if (!registered) return forecast_of_figures(*scenario, options, target, session);
    if (forecast_origins(world, options.spec).empty()) {
        print_error(why_none(world, options.spec), "give a smaller --every or --ahead, or a longer period");
        return exit_bad_input;
    }
    ForecastSpec spec = options.spec;
    if (scenario->unknowns.any()) spec.unknowns = &scenario->unknowns;
    std::string text = csv_heading();
    print(fmt::format("{}\n\n{}", world.settings.title, terms_text(spec)));
    const auto withheld = make_world(capacities_withheld(world.settings));
    for (const auto& [form, known] :
         {std::pair{"capacities withheld", &*withheld}, {"capacities as given", &world}}) {
        const auto rows = rolling_forecasts(*known, spec);
        text += csv_of(form, *known, rows);
        print_form(form, rows, spec);
    }
    write_table(target, text, options.force, session);
    return exit_done;
}

/// What forecasts know and hold.
void add_knowledge(CLI::App& command, ForecastOptions& options) {
    auto& spec = options.spec;
    const std::map<std::string, LeavingAhead> ways{{"as_came", LeavingAhead::as_came},
                                                   {"recent", LeavingAhead::recent}};
    const std::map<std::string, StrikesAhead> strikes{{"as_given", StrikesAhead::as_given},
                                                      {"recent", StrikesAhead::recent}};
    command
        .add_option(
            "--strikes", options.strikes,
            "Of figures: what is known of strikes, fronts, orders and roads ahead; recent: nothing, and the "
            "last fortnight goes on")
        ->transform(CLI::CheckedTransformer(strikes))
        ->type_name("as_given|recent");
    command.add_option("--from", options.from, "Of figures: the one day from which a forecast is made")
        ->type_name("DATE");
    command
        .add_option(
            "--leaving", spec.leaving,
            "What is known of how many come after the origin: as_came, their number; recent, nothing, and "
            "the mean of the last four weeks goes on")
        ->transform(CLI::CheckedTransformer(ways))
        ->type_name("as_came|recent");
    command.add_flag("--hindsight", spec.hindsight,
                     "Interpolate counts at an origin between reports before and after it");
    command.add_flag("--raw", spec.raw,
                     "Bands of what the members say; else their median and the model's own past errors");
    command.add_flag("--fixed", options.fixed, "Take parameters and inputs as known");
}

/// From which days forecasts start, and how far they look.
void add_shape(CLI::App& command, ForecastSpec& spec) {
    command.add_option("--every", spec.every_days, "Days from one origin to the next")
        ->capture_default_str()
        ->check(CLI::Range(1, 3660));
    command.add_option("--ahead", spec.horizons_days, "Days ahead that are scored")
        ->capture_default_str()
        ->delimiter(',')
        ->check(CLI::Range(1, 365));
    command.add_option("--members", spec.members, "Runs of each forecast; of figures 400")
        ->capture_default_str()
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
    "  nuzuh forecast scenarios/idlib-2019.yaml --from 2019-08-23 --strikes recent";

}  // namespace

void add_forecast(CLI::App& app, Session& session) {
    auto options = std::make_shared<ForecastOptions>();
    auto* command =
        app.add_subcommand("forecast", "Forecast from many days of the past, and score what came");
    auto& spec = options->spec;
    command
        ->add_option("scenario", options->scenario,
                     "Scenario with registrations or reported figures, or a case of Flee 3")
        ->required();
    command
        ->add_option("-o,--output", options->file,
                     "Table of all forecasts; default: the name with .forecasts.csv")
        ->type_name("FILE");
    add_shape(*command, spec);
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
    add_knowledge(*command, *options);
    command->add_flag("--force", options->force, "Replace the table if it exists");
    command->footer(footer_text);
    command->callback([options, uncertainty, command, &session] {
        const auto given = [&](const char* option) { return command->count(option) > 0; };
        options->uncertainty_given = uncertainty->count() > 0;
        options->members_given = given("--members");
        options->registrations_given =
            options->uncertainty_given || given("--leaving") || given("--hindsight") || given("--raw");
        options->figures_given = given("--strikes") || given("--from");
        session.exit_code = forecast(*options, session);
    });
}

}  // namespace nuzuh::app
