// nuzuh sweep STUDY
#include <memory>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/input.hpp"
#include "app/interrupt.hpp"
#include "app/progress.hpp"
#include "app/resume.hpp"
#include "app/study_input.hpp"
#include "output/memory.hpp"
#include "output/study.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct SweepOptions {
    std::string study;
    std::string file;
    std::string shard;
    std::vector<std::string> overrides;
    int threads = 0;
    int shards = 0;
    bool resume = false;
    bool force = false;
    bool begin = false;
    bool inputs = false;
    bool fixed = false;
};

int exit_code(StudyEnd end) {
    switch (end) {
        case StudyEnd::done:
            return exit_done;
        case StudyEnd::refused:
            return exit_bad_input;
        case StudyEnd::stopped:
            return exit_stopped;
        default:
            return exit_failed;
    }
}

fs::path results_of(const SweepOptions& options) {
    return options.file.empty() ? fs::path(options.study).stem().string() + ".h5" : options.file;
}

Result<Shard> shard_asked_for(const SweepOptions& options) {
    const auto begun = read_head(parts_folder(results_of(options)));
    return read_shard(options.shard, options.shards, begun ? begun->numbering : std::nullopt);
}

StudyReport launch(const SweepOptions& options, const Session& session, const Ranks& ranks,
                   const Study& study, Shard shard) {
    std::atomic<bool> stop = false;
    const FinishOnSignal on_signal(stop);
    ProgressBar bar(session.quiet || !ranks.is_first());
    StudyLaunch launch{.threads = options.threads,
                       .resume = options.resume,
                       .force = options.force,
                       .only_begin = options.begin,
                       .shard = shard,
                       .ranks = &ranks,
                       .stop = &stop};
    launch.progress = [&](std::int64_t done, std::int64_t all) { bar.update(done, all); };
    if (!session.quiet) launch.note = print_note;
    return run_study(study, results_of(options), launch);
}

int say(const StudyReport& report, const Ranks& ranks) {
    if (!report.message.empty()) print_error(report.message, report.hint);
    if (!ranks.is_first()) return exit_code(report.end);
    if (const auto text = report.runs.shortfall(); !text.empty()) print_note(text);
    if (report.end == StudyEnd::none_done) print_error("not one run could be done");
    if (report.end == StudyEnd::stopped) stopped(true);
    return exit_code(report.end);
}

int print_inputs(const Study& study) {
    for (const auto& input : study.files) print(input.string() + "\n");
    return exit_done;
}

int sweep(const SweepOptions& options, Session& session) {
    std::optional<Ranks> started;
    try {
        started.emplace(!options.shard.empty());
    } catch (const std::runtime_error& why) {
        print_error(why.what());
        return exit_bad_input;
    }
    const Ranks& ranks = *started;
    if (!ranks.is_first()) session.quiet = true;
    const auto shard = shard_asked_for(options);
    if (!shard) {
        if (ranks.is_first()) print_error(shard.findings().front().message, shard.findings().front().hint);
        return exit_bad_input;
    }
    const auto study =
        checked_study(options.study, with_fixed(options.overrides, options.fixed), session, ranks.is_first());
    if (!study) return exit_bad_input;
    if (options.inputs) return ranks.is_first() ? print_inputs(*study) : exit_done;
    keep_freed_memory();
    return say(launch(options, session, ranks, *study, *shard), ranks);
}

}  // namespace

void add_sweep(CLI::App& app, Session& session) {
    auto options = std::make_shared<SweepOptions>();
    auto* command = app.add_subcommand("sweep", "Run a study: a scenario with axes that are varied");
    command->add_option("study", options->study, "Study file (YAML)")->required();
    command->add_option("-o,--output", options->file, "Results file; default: the study's name with .h5")
        ->type_name("FILE");
    command
        ->add_option("--shard", options->shard,
                     "Do part I of N only, I from 1; 'slurm' reads both from the task of a Slurm array")
        ->type_name("I/N|slurm");
    command
        ->add_option(
            "--shards", options->shards,
            "With --shard slurm: number of shards, for tasks from 1; default: as the study was begun, or "
            "the tasks of the array")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
    command->add_flag("--resume", options->resume, "Go on where an earlier launch was stopped or killed");
    command
        ->add_option("--threads", options->threads,
                     "Threads; default: all cores, or one a rank under mpirun. Results do not depend on it")
        ->check(CLI::Range(1, 4096));
    command->add_option("--set", options->overrides, "Lay KEY=VALUE over the study; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->add_flag("--fixed", options->fixed,
                      "Take parameters and inputs as known: replicates then differ in chance alone");
    command->add_flag("--force", options->force, "Begin anew, and replace the results file if it exists");
    command->add_flag("--begin", options->begin, "Check, make the folder of parts, and run nothing");
    command->add_flag("--inputs", options->inputs,
                      "Print the files that the study is read from, and run nothing");
    command->footer(
        "Examples:\n"
        "  nuzuh sweep scenarios/studies/border-quota.yaml\n"
        "  nuzuh sweep study.yaml -o study.h5 --resume\n"
        "  mpirun -n 16 nuzuh sweep study.yaml -o study.h5\n"
        "  nuzuh sweep study.yaml -o study.h5 --shard 3/8      then: nuzuh merge study.h5.parts -o study.h5\n"
        "  sbatch scripts/slurm/array.sbatch study.yaml study.h5\n\n"
        "Closed segments lie in FILE.parts until the results file is written; SIGTERM, SIGINT and SIGUSR1 "
        "finish\n"
        "the run in hand and close the segment. Tasks of a job array keep their shards: of an array that "
        "was\n"
        "submitted as 1-8, task 3 submitted again alone does shard 3 of 8.\n"
        "Exit code: 0 done, runs that could not be done are counted on stderr; 1 not one run could be done, "
        "a run\n"
        "failed with on_failure: stop, or nothing could be written; 2 mistakes in the study or on the "
        "command line,\n"
        "or another study's files in the way; 75 stopped by a signal.");
    command->callback([options, &session] { session.exit_code = sweep(*options, session); });
}

}  // namespace nuzuh::app
