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
#include "output/score_tables.hpp"
#include "output/study_table.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/rounding.hpp"
#include "sim/study/run_scores.hpp"

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

void print_form(const FormScores& scores, bool by_place) {
    const std::size_t members = scores.members.size();
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

/// The scenario that results were made from, as a world; and the results, if they were given.
struct ToScore {
    World world;
    std::optional<ScoredRun> run;
    std::vector<fs::path> files;  ///< that were read
};

std::optional<ToScore> to_score(const ScoreOptions& options, const Session& session) {
    if (!is_named_as_results(options.what)) {
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
    auto world = world_of(file);
    if (!world) {
        print_note(report(world.findings(), message_colour()));
        return {};
    }
    auto run = scored_run(file, *world);
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
    if (const auto no = why_not_scored(world); !no.empty()) return refuse(no);
    const fs::path target = options.file.empty()
                                ? fs::path(options.what).filename().replace_extension(".scores.csv")
                                : fs::path(options.file);
    auto spared = given->files;
    if (!can_write_table(target, options.force, spared)) return exit_bad_input;
    spared.push_back(target);
    if (!can_write_table(options.series_file, options.force, spared)) return exit_bad_input;
    const auto forms = score_forms(world, given->run, setting_access(), {.threads = options.threads});
    write_table(target, scores_csv(forms), options.force, session);
    if (!options.series_file.empty())
        write_table(options.series_file, score_series_csv(forms), options.force, session);
    print(fmt::format("{}\n\n", world.settings.title));
    for (const auto& form : forms) print_form(form, options.by_place);
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
