// nuzuh score FILE.h5 | SCENARIO
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "app/table_file.hpp"
#include "output/csv.hpp"
#include "output/reader.hpp"
#include "output/study_table.hpp"
#include "sim/check/make_world.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/baselines.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/rounding.hpp"
#include "sim/study/score.hpp"
#include "sim/study/skill.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct ScoreOptions {
    std::string what;
    std::string file, series_file;
    std::vector<std::string> overrides;
    bool fixed = false;
    int threads = 0;
    bool by_place = false;
    bool force = false;
};

/// A run, as far as scores need it.
struct ScoredRun {
    std::vector<double> days;              ///< [T]
    std::vector<Eigen::ArrayXXd> members;  ///< [M][T, P] displaced people
    Eigen::ArrayXXd left;                  ///< [T, P] mean departures
};

Eigen::ArrayXXd by_record(const float* values, std::size_t records, std::size_t places) {
    using Rows = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const Rows>(values, Eigen::Index(records), Eigen::Index(places)).cast<double>();
}

ScoredRun run_now(const World& world, const EnsembleSpec& spec) {
    const EnsembleResult result = run_ensemble(world, spec);
    if (!result.failure.empty()) throw ModelFault(result.failure);
    ScoredRun run{
        result.days, {}, Eigen::ArrayXXd::Zero(Eigen::Index(result.days.size()), world.place_count())};
    for (const auto& member : result.members) {
        const auto values = [&](PlaceField field) {
            return by_record(member.place[std::size_t(field)].data(), result.days.size(),
                             world.places.size());
        };
        run.members.push_back(values(PlaceField::displaced));
        run.left += values(PlaceField::departures) / double(result.members.size());
    }
    return run;
}

ScoredRun run_of(const ResultsFile& file, const World& world) {
    ScoredRun run{file.doubles("/time"), {}, {}};
    const auto records = run.days.size(), places = world.places.size();
    std::vector<std::string> ids;
    for (const auto& place : world.places) ids.push_back(place.place);
    if (file.texts("/place_id") != ids)
        throw h5::Error("the file's places are not those of the scenario in it");
    const auto displaced = file.floats("/displaced");
    for (std::size_t at = 0; at < displaced.size(); at += records * places) {
        run.members.push_back(by_record(displaced.data() + at, records, places));
    }
    const auto left = file.floats("/departures_mean");
    run.left = by_record(left.data(), records, places);
    return run;
}

/// Scores of the run and of every baseline, for one form of the test.
struct FormScores {
    std::string form;
    struct Row {
        std::string model;
        SkillTable table;
    };
    std::vector<Row> rows;
    std::vector<std::string> places;
    std::string series;  ///< rows of the table of series
};

/// The run and the counts by day and camp.
std::string series_of(const std::string& form, const World& world, const std::vector<double>& days,
                      const Registrations& counted, const std::vector<Eigen::ArrayXXd>& members) {
    std::string text;
    for (std::size_t c = 0; c < counted.places.size(); ++c) {
        const std::string place = csv_cell(world.places[std::size_t(counted.places[c])].name);
        for (std::size_t t = 0; t < days.size(); ++t) {
            const auto row = Eigen::Index(t), column = Eigen::Index(c);
            std::vector<double> sample;
            double mean = 0;
            for (const auto& member : members) sample.push_back(member(row, column));
            for (double persons : sample) mean += persons / double(sample.size());
            text += fmt::format("{},{},{},{:.0f},{:.1f},{:.1f},{:.1f},{:.1f}\n", form,
                                iso(world.start + int(days[t])), place, counted.persons(row, column), mean,
                                quantile(sample, 0.05), quantile(sample, 0.5), quantile(sample, 0.95));
        }
    }
    return text;
}

/// The run in which every draw is its mean, where an engine has one and the scenario asks for another.
std::optional<ScoredRun> expected_run(const World& world) {
    const auto& engine = world.settings.engine;
    if (engine.kind == EngineKind::agents || engine.mode == DrawMode::expected) return {};
    auto spec = ensemble_spec(world, 1);
    spec.mode = DrawMode::expected;
    spec.members = 1;
    return run_now(world, spec);
}

FormScores scores_of(std::string form, const World& world, const ScoredRun& run) {
    const Registrations counted = registrations_on(world, run.days);
    const double record_days = run.days.size() > 1 ? run.days[1] - run.days[0] : 1;
    const int week = std::max(1, int(std::lround(7 / record_days)));
    FormScores result{std::move(form), {}, {}, ""};
    for (int i : counted.places) result.places.push_back(world.places[std::size_t(i)].name);
    const auto at_camps = [&](const ScoredRun& one) {
        std::vector<Eigen::ArrayXXd> members;
        for (const auto& member : one.members) members.push_back(member(Eigen::all, counted.places));
        return members;
    };
    const auto members = at_camps(run);
    result.rows.push_back({"this run", skill(members, counted.persons, week)});
    if (const auto expected = expected_run(world))
        result.rows.push_back({"its expected run", skill(at_camps(*expected), counted.persons, week)});
    result.series = series_of(result.form, world, run.days, counted, members);
    const Eigen::ArrayXXd left = leaving_as_registered(world, run.days, run.left);
    for (const auto& one : baselines) {
        const auto series = baseline_counts(one.kind, world, counted, run.days, left);
        if (series) result.rows.push_back({std::string(one.name), skill({*series}, counted.persons, week)});
    }
    return result;
}

const std::vector<std::pair<const char*, double Skill::*>> score_columns = {
    {"ard", &Skill::relative_difference}, {"ard_rescaled", &Skill::rescaled_difference},
    {"mase", &Skill::scaled_error},       {"crps", &Skill::crps},
    {"wis", &Skill::interval_score},      {"wis_log", &Skill::log_interval_score},
    {"covered_50", &Skill::covered_50},   {"covered_90", &Skill::covered_90},
    {"correlation", &Skill::correlation}};

/// Bands of one run have no width: their scores are left out.
std::vector<std::string> cells_of(std::string name, const Skill& skill, bool bands) {
    const auto number = [](double value) { return std::isnan(value) ? "-" : fmt::format("{:.3f}", value); };
    const auto rounded = [](double persons) { return Rounding(persons).text(persons); };
    const auto share = [&](double value) { return bands ? fmt::format("{:.0f} %", 100 * value) : "-"; };
    return {std::move(name),
            number(skill.relative_difference),
            number(skill.rescaled_difference),
            number(skill.scaled_error),
            rounded(skill.crps),
            rounded(skill.interval_score),
            number(skill.log_interval_score),
            share(skill.covered_50),
            share(skill.covered_90),
            number(skill.correlation)};
}

void print_form(const FormScores& scores, bool by_place, std::size_t members) {
    TextTable table(
        {scores.form, "ARD", "rescaled", "MASE", "CRPS", "WIS", "WIS log", "in 50 %", "in 90 %", "corr."});
    for (const auto& row : scores.rows) {
        table.add(cells_of(row.model, row.table.all, members > 1 && &row == &scores.rows.front()));
    }
    print(table.text() + "\n");
    if (!by_place) return;
    TextTable places(
        {"  by camp", "ARD", "", "MASE", "CRPS", "WIS", "WIS log", "in 50 %", "in 90 %", "corr."});
    const SkillTable& run = scores.rows.front().table;
    for (std::size_t c = 0; c < scores.places.size(); ++c) {
        auto cells = cells_of("  " + scores.places[c], run.by_place[c], members > 1);
        cells[2].clear();
        places.add(std::move(cells));
    }
    auto total = cells_of("  all together", run.total, members > 1);
    total[2].clear();
    places.add(std::move(total));
    print(places.text() + "\n");
}

std::string csv_of(const std::vector<FormScores>& forms) {
    std::string text = "form,model,place";
    for (const auto& [name, score] : score_columns) text += fmt::format(",{}", name);
    text += '\n';
    for (const auto& form : forms) {
        for (const auto& row : form.rows) {
            const auto line = [&](const std::string& place, const Skill& skill) {
                text += fmt::format("{},{},{}", form.form, row.model, csv_cell(place));
                for (const auto& [name, score] : score_columns)
                    text += std::isnan(skill.*score) ? "," : fmt::format(",{:.6g}", skill.*score);
                text += '\n';
            };
            line("mean over camps", row.table.all);
            line("sum over camps", row.table.total);
            for (std::size_t c = 0; c < form.places.size(); ++c) line(form.places[c], row.table.by_place[c]);
        }
    }
    return text;
}

bool any_capacity(const World& world) {
    for (double capacity : world.capacity) {
        if (capacity < no_limit) return true;
    }
    return false;
}

/// The scenario that results were made from, as a world; and the results, if they were given.
struct ToScore {
    World world;
    std::optional<ScoredRun> run;
    std::vector<fs::path> files;  ///< that were read
};

std::optional<ToScore> to_score(const ScoreOptions& options, const Session& session) {
    const auto ending = fs::path(options.what).extension();
    if (ending != ".h5" && ending != ".nc" && ending != ".hdf5") {
        auto checked = checked_scenario(options.what, options.overrides, session);
        if (!checked) return {};
        return ToScore{std::move(checked->world), {}, files_of(options.what, checked->loaded)};
    }
    if (!options.overrides.empty()) {
        print_error("--set and --fixed have no effect on a run that is done",
                    "score the scenario, or leave them out");
        return {};
    }
    const ResultsFile file(options.what);
    require_scenario(file, options.what, "a score");
    auto settings = read_scenario_text(file.text_attribute("/provenance", "scenario").value_or(""));
    auto world = settings ? make_world(*settings) : Result<World>(settings.findings());
    if (!world) {
        print_note(report(world.findings(), message_colour()));
        return {};
    }
    auto run = run_of(file, *world);
    return ToScore{std::move(*world), std::move(run), {options.what}};
}

/// What is to be scored; says on stderr why it cannot be read.
std::optional<ToScore> readable(const ScoreOptions& options, const Session& session) {
    try {
        return to_score(options, session);
    } catch (const h5::Error& error) {
        print_error(error.what());
        return {};
    }
}

int score(const ScoreOptions& options, const Session& session) {
    const auto given = readable(options, session);
    if (!given) return exit_bad_input;
    const World& world = given->world;
    if (registrations_on(world, {0}).places.empty()) {
        print_error("there are no registrations of camps to score the run by",
                    "give `registrations` in the scenario");
        return exit_bad_input;
    }
    const fs::path target = options.file.empty()
                                ? fs::path(options.what).filename().replace_extension(".scores.csv")
                                : fs::path(options.file);
    auto spared = given->files;
    if (!can_write_table(target, options.force, spared)) return exit_bad_input;
    spared.push_back(target);
    if (!can_write_table(options.series_file, options.force, spared)) return exit_bad_input;
    std::vector<FormScores> forms;
    const bool limited = any_capacity(world);
    const auto now = [&](const World& one) {
        auto spec = ensemble_spec(one, options.threads);
        const auto unknowns = Unknowns::of(one.settings, setting_access());
        if (spec.members > 1 && unknowns && unknowns->any()) spec.unknowns = &*unknowns;
        return run_now(one, spec);
    };
    const auto as_given = given->run ? *given->run : now(world);
    if (limited) {
        const auto free = make_world(capacities_withheld(world.settings));
        forms.push_back(scores_of("capacities withheld", *free, now(*free)));
    }
    forms.push_back(scores_of(limited ? "capacities as given" : "no capacities", world, as_given));
    write_table(target, csv_of(forms), options.force, session);
    if (!options.series_file.empty()) {
        std::string series = "form,date,place,counted,mean,q05,q50,q95\n";
        for (const auto& form : forms) series += form.series;
        write_table(options.series_file, series, options.force, session);
    }
    print(fmt::format("{}\n\n", world.settings.title));
    for (const auto& form : forms) print_form(form, options.by_place, as_given.members.size());
    return exit_done;
}

}  // namespace

void add_score(CLI::App& app, Session& session) {
    auto options = std::make_shared<ScoreOptions>();
    auto* command = app.add_subcommand("score", "Hold a run against registrations, beside plain baselines");
    command->add_option("what", options->what, "Results (.h5), or a scenario, which is then run")->required();
    command
        ->add_option("-o,--output", options->file, "Table of all scores; default: the name with .scores.csv")
        ->type_name("FILE");
    command->add_option("--series", options->series_file, "Table of run and counts by day and camp")
        ->type_name("FILE");
    command->add_flag("--by-camp", options->by_place, "Print every camp too");
    command->add_flag("--fixed", options->fixed, "Take parameters and inputs as known");
    command->add_option("--set", options->overrides, "Lay KEY=VALUE over the scenario; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->add_option("--threads", options->threads, "Threads; default: all cores")
        ->check(CLI::Range(1, 4096));
    command->add_flag("--force", options->force, "Replace the table if it exists");
    command->footer(
        "Capacities of camps were often read off the very counts that a run is scored on. So each run is "
        "scored twice:\n"
        "with no place limited, for which it is run again, and with capacities as given.\n\n"
        "ARD       mean over days of the summed differences over the sum of the counts; a misplaced person "
        "counts\n"
        "          twice. Rescaled: after making the totals equal. Of the mean over runs; beside it that of "
        "the\n"
        "          expected run, in which every draw is its mean\n"
        "MASE      mean absolute error of the median, in units of what 'nothing changes for a week' is wrong "
        "by\n"
        "CRPS      continuous ranked probability score, persons; WIS: weighted interval score, persons, and "
        "of\n"
        "          log(1 + persons); mean over camps and days\n"
        "in 90 %   share of camps and days on which the band holds the count\n\n"
        "Examples:\n"
        "  nuzuh score mali2012.h5\n"
        "  nuzuh score cases/mali2012 --by-camp -o mali2012.csv");
    command->callback([options, &session] {
        options->overrides = with_fixed(std::move(options->overrides), options->fixed);
        session.exit_code = score(*options, session);
    });
}

}  // namespace nuzuh::app
