// nuzuh run SCENARIO
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/continuing.hpp"
#include "app/input.hpp"
#include "app/memory.hpp"
#include "app/resume.hpp"
#include "app/summary.hpp"
#include "output/files.hpp"
#include "output/memory.hpp"
#include "output/parts.hpp"
#include "output/pending_file.hpp"
#include "output/reader.hpp"
#include "output/study_table.hpp"
#include "output/target_claim.hpp"
#include "output/writer.hpp"
#include "sim/base/sha256.hpp"
#include "sim/model/engine_choice.hpp"
#include "sim/model/fields.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/study/number_text.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct RunOptions {
    std::string scenario;
    std::string file, checkpoint, go_on_from;
    std::optional<std::string> engine, mode, until;
    std::optional<int> members;
    std::optional<std::int64_t> seed;
    int threads = 0;
    int traces = 0;
    double keep_every = keep_every_by_default;  ///< [min]
    bool fixed = false;
    bool force = false;
    bool resume = false;
    std::vector<std::string> overrides;
};

/// The options that stand for settings, as such: the effective scenario then says what was run.
std::vector<std::string> all_overrides(const RunOptions& options) {
    auto overrides = options.overrides;
    auto lay = [&](const char* key, const auto& value) {
        if (value) overrides.push_back(fmt::format("{}={}", key, *value));
    };
    lay("engine.kind", options.engine);
    lay("engine.mode", options.mode);
    lay("engine.members", options.members);
    lay("engine.seed", options.seed);
    lay("period.to", options.until);
    // Asked for by name, expected values mean those of the scenario's own settings.
    if (options.mode == "expected" && !options.members) overrides.push_back("engine.members=1");
    return with_fixed(std::move(overrides), options.fixed);
}

fs::path results_path(const RunOptions& options, const ScenarioSettings& settings) {
    if (!options.file.empty()) return options.file;
    if (!settings.output.file.empty()) return settings.output.file;
    const fs::path scenario = fs::weakly_canonical(options.scenario);
    return (fs::is_directory(scenario) ? scenario.filename() : scenario.stem()).string() + ".h5";
}

EnsembleSpec asked_for(const World& world, const RunOptions& options) {
    EnsembleSpec spec = ensemble_spec(world, options.threads);
    spec.traces = options.traces;
    spec.keep_state = !options.checkpoint.empty();
    return spec;
}

/// Why this run cannot be started: message and way out, or nothing.
std::optional<std::pair<std::string, std::string>> refusal(const CheckedScenario& scenario,
                                                           const EnsembleSpec& spec,
                                                           const RunOptions& options,
                                                           const fs::path& target) {
    const World& world = scenario.world;
    const auto no_engine =
        why_no_engine({.rules = world.settings.behaviour.rules,
                       .kind = spec.engine,
                       .mode = spec.mode,
                       .members = scenario.unknowns.any() ? 1 : spec.members,
                       .traces = spec.traces,
                       .continues = !options.checkpoint.empty() || !options.go_on_from.empty()});
    if (!no_engine.empty()) {
        const Finding& why = no_engine.front();
        return {{fmt::format("--{}: {}", why.path, why.message), why.hint}};
    }
    auto spared = files_of(options.scenario, scenario.loaded);
    spared.push_back(options.go_on_from);
    const auto why = why_not_target(target, options.force, spared);
    if (!why.empty()) return {{why, way_to_write(target, spared)}};
    if (!options.checkpoint.empty()) {
        spared.push_back(target);
        // Of a run that is gone on with it may be written already.
        const bool may_be_there = options.force || (options.resume && fs::exists(parts_folder(target)));
        const auto no = why_not_target(options.checkpoint, may_be_there, spared);
        if (!no.empty()) return {{no, way_to_write(options.checkpoint, spared, "another name")}};
    }
    const double needed = ensemble_bytes(world, spec), available = available_bytes();
    if (needed > available) {
        return {{fmt::format("the run needs about {} of memory and {} are free", bytes_text(needed),
                             bytes_text(available)),
                 "less of who is from where: --set output.origins=at_end; fewer --members, or fewer records: "
                 "--set 'output.every=7 days'"}};
    }
    return {};
}

std::string heading(const World& world) {
    const auto& settings = world.settings;
    const auto& engine = settings.engine;
    return fmt::format("{}\n{} to {}, {}{}\n\n", settings.title, iso(settings.period.from),
                       iso(settings.period.to), word_of(engine.kind, engine_names),
                       engine.mode == DrawMode::expected
                           ? engine.members == 1
                                 ? ", expected values"
                                 : fmt::format(", expected values of {} draws", engine.members)
                           : fmt::format(", {} {}, seed {}", engine.members,
                                         engine.members == 1 ? "run" : "runs", engine.seed));
}

Provenance provenance_of(const LoadedScenario& loaded, const World& world) {
    Provenance provenance = build_provenance();
    provenance.scenario = effective_yaml(world.settings);
    for (const auto& input : loaded.inputs)
        provenance.input_files += fmt::format("{}  {}\n", input.sha256, input.path);
    return provenance;
}

void print_blocks(const std::vector<std::string>& blocks) {
    for (const auto& block : blocks) {
        if (!block.empty()) print(block + "\n");
    }
}

/// Everything that the members of an ensemble depend on.
std::string identity_of(const World& world, const EnsembleSpec& spec, const RunOptions& options) {
    std::string text = effective_yaml(world.settings);
    if (spec.traces > 0) text += fmt::format("# traces: {}\n", spec.traces);
    if (spec.keep_state) text += "# with the state after the last step\n";
    if (!options.go_on_from.empty()) {
        const auto state = bytes_of(options.go_on_from);
        text += fmt::format("# goes on from: {}\n",
                            sha256({reinterpret_cast<const char*>(state.data()), state.size()}));
    }
    return text;
}

void print_summary(const World& world, const EnsembleResult& result,
                   const std::vector<FigureComparison>& comparisons,
                   const std::vector<PlanningOutlook>& outlooks) {
    print(heading(world));
    print_blocks({totals_text(world, result), bands_text(world, result), receiving_places_text(world, result),
                  full_places_text(world, result), needs_text(world, result), reported_text(comparisons),
                  planning_text(outlooks)});
}

int simulate_and_write(const CheckedScenario& scenario, const EnsembleSpec& spec, const RunOptions& options,
                       const fs::path& target, const Session& session) {
    const World& world = scenario.world;
    const EnsembleParts parts(target, identity_of(world, spec, options));
    if (const auto no = why_not_begun(parts, options.resume, options.force); !no.message.empty()) {
        print_error(no.message, no.hint);
        return exit_bad_input;
    }
    const auto [result, is_whole] = run_and_keep(world, spec, parts, options.keep_every * 60, session);
    if (!is_whole) return broken_off(result, parts);
    const auto comparisons = compare_with_reported(world, result);
    const auto outlooks = planning_outlook(world, result);
    if (result.checkpoint)
        write_whole(options.checkpoint, checkpoint_bytes(*result.checkpoint),
                    options.force || options.resume);
    write_results(target, world, result, comparisons, outlooks, provenance_of(scenario.loaded, world),
                  {options.force, options.threads});
    print_summary(world, result, comparisons, outlooks);
    parts.remove();
    if (!session.quiet) print_note("written: " + target.string());
    if (!session.quiet && result.checkpoint) print_note("written: " + options.checkpoint);
    return exit_done;
}

/// Why a results file that is there is not all that this run would write; "" if it is.
std::string why_not_all(const RunOptions& options, const fs::path& target, const World& world) {
    if (auto why = why_not_made_from(target, "scenario", effective_yaml(world.settings)); !why.empty())
        return why;
    if (!options.checkpoint.empty() && !fs::exists(options.checkpoint))
        return fmt::format("{} is there, and {} is not", target.string(), options.checkpoint);
    if (options.traces > 0 && !ResultsFile(target).has("/traces/step"))
        return fmt::format("{} is there, and holds no traces", target.string());
    return "";
}

/// Of a run that is gone on with and has been done already: whether by the same scenario.
int already_done(const RunOptions& options, const fs::path& target, const World& world,
                 const EnsembleSpec& spec, const Session& session) {
    if (const auto why = why_not_all(options, target, world); !why.empty()) {
        print_error(why, "give another name with -o, or --force to begin anew");
        return exit_bad_input;
    }
    const EnsembleParts parts(target, identity_of(world, spec, options));
    if (parts.why_not().empty()) parts.remove();  // a kill left them
    if (!session.quiet) print_note(fmt::format("{} is there: nothing left to run", target.string()));
    return exit_done;
}

int run(const RunOptions& options, const Session& session) {
    const auto scenario = checked_scenario(options.scenario, all_overrides(options), session);
    if (!scenario) return exit_bad_input;
    const World& world = scenario->world;
    const fs::path target = results_path(options, world.settings);
    EnsembleSpec spec = asked_for(world, options);
    if (spec.members > 1 && scenario->unknowns.any()) spec.unknowns = &scenario->unknowns;
    const bool is_done = options.resume && !options.force && fs::exists(target);
    if (!is_done) {
        if (const auto no = refusal(*scenario, spec, options, target)) {
            print_error(no->first, no->second);
            return exit_bad_input;
        }
    }
    std::optional<Checkpoint> from;
    if (!options.go_on_from.empty()) {
        from = checkpoint_to_continue(options.go_on_from, world, spec);
        if (!from) return exit_bad_input;
        spec.from = &*from;
    }
    if (is_done) return already_done(options, target, world, spec, session);
    std::optional<TargetClaim> claim;
    try {
        claim.emplace(target);
    } catch (const h5::Error& error) {
        print_error(error.what(), "wait for it, or give another name with -o");
        return exit_bad_input;
    }
    return simulate_and_write(*scenario, spec, options, target, session);
}

void add_options(CLI::App& command, RunOptions& options) {
    command.add_option("scenario", options.scenario, "Scenario file (YAML), or a case folder of Flee 3")
        ->required();
    command
        .add_option("-o,--output", options.file,
                    "Results file; default: output.file of the scenario, else "
                    "its name with .h5")
        ->type_name("FILE");
    command
        .add_option("--engine", options.engine,
                    "compartments or agents, of the same distribution; or pooled, which forgets homes")
        ->check(CLI::IsMember({"compartments", "agents", "pooled"}));
    command.add_option("--mode", options.mode, "stochastic, or expected: every draw replaced by its mean")
        ->check(CLI::IsMember({"stochastic", "expected"}));
    command.add_option("--members", options.members, "Runs; each draws chance and what is not known")
        ->check(CLI::Range(1, 1'000'000));
    command.add_option("--seed", options.seed, "Seed of all random numbers")
        ->check(CLI::Range(std::int64_t(0), std::int64_t(9'000'000'000'000'000)));
    command
        .add_option("--threads", options.threads, "Threads; default: all cores. Results do not depend on it")
        ->check(CLI::Range(1, 4096));
    command.add_option("--until", options.until, "Last day simulated")->type_name("DATE");
    command
        .add_option("--checkpoint", options.checkpoint,
                    "Write the state after the last day, from which --continue goes on")
        ->type_name("FILE");
    command
        .add_option(
            "--continue", options.go_on_from,
            "Go on from a checkpoint; what happened before it comes from there. The results are those "
            "of a run that was never stopped")
        ->type_name("FILE");
    command.add_option("--set", options.overrides, "Lay KEY=VALUE over the scenario; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command.add_option("--traces", options.traces, "Households to trace in each run; agents only")
        ->check(CLI::Range(0, 1'000'000));
    command.add_flag("--fixed", options.fixed,
                     "Take parameters and inputs as known: bands then hold chance alone");
    add_keep_every(command, options.keep_every, "into FILE.parts, runs in hand with it");
    command.add_flag("--resume", options.resume, "Go on where an earlier launch was stopped or killed");
    command.add_flag("--force", options.force, "Begin anew, and replace the results file if it exists");
}

}  // namespace

void add_run(CLI::App& app, Session& session) {
    auto options = std::make_shared<RunOptions>();
    auto* command = app.add_subcommand("run", "Simulate a scenario and write its results");
    add_options(*command, *options);
    command->footer(
        "Examples:\n"
        "  nuzuh run scenarios/idlib-2019.yaml\n"
        "  nuzuh run scenarios/idlib-2019.yaml -o truce.h5 --members 50 --seed 7\n"
        "  nuzuh run scenarios/idlib-2019.yaml --mode expected --set behaviour.leave.h_max=0.4\n"
        "  nuzuh run scenarios/idlib-2019.yaml --engine agents --members 1 --traces 100\n"
        "  nuzuh run scenarios/idlib-2019.yaml --until 2019-08-30 --checkpoint august.state -o "
        "until-august.h5\n"
        "  nuzuh run scenarios/truce-holds.yaml --continue august.state\n\n"
        "SIGTERM, SIGINT and SIGUSR1 finish the step in hand and keep what is done in FILE.parts, from which "
        "--resume\n"
        "goes on; runs by rules: flee3 are finished first. A second SIGINT ends at once.\n"
        "Exit code: 0 done, 1 the run failed or was stopped before anything was done, 2 mistakes in the "
        "scenario or\n"
        "on the command line, 75 stopped by a signal.");
    command->callback([options, &session] { session.exit_code = run(*options, session); });
}

}  // namespace nuzuh::app
