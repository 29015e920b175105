// nuzuh sweep STUDY
#include <cstdlib>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/estimate.hpp"
#include "app/interrupt.hpp"
#include "app/memory.hpp"
#include "app/progress.hpp"
#include "app/ranks.hpp"
#include "app/shard.hpp"
#include "app/study_input.hpp"
#include "output/parts.hpp"
#include "output/pending_file.hpp"
#include "output/study_layout.hpp"
#include "output/study_writer.hpp"

namespace nuzuh::app {

namespace {

namespace fs = std::filesystem;

struct SweepOptions {
    std::string study;
    std::string file;
    std::string shard;
    std::vector<std::string> overrides;
    int threads = 0;
    bool resume = false;
    bool force = false;
};

/// One launch of a study: its runs, and where they go.
class Sweep {
public:
    Sweep(const SweepOptions& options, const Session& session, Ranks& ranks, CheckedStudy study, Shard shard)
        : options_(options),
          session_(session),
          ranks_(ranks),
          study_(std::move(study)),
          shard_(shard),
          target_(options.file.empty() ? fs::path(options.study).stem().string() + ".h5" : options.file),
          folder_(parts_folder(target_)) {}

    int run() {
        const int ready = ranks_.agree(ranks_.is_first() ? guarded([this] { return prepare(); }) : exit_done);
        if (ready != exit_done || ranks_.agree(is_complete_)) return ready;
        const int code = ranks_.agree(guarded([this] { return work(); }));
        if (!ranks_.is_first()) return code;
        return code == exit_done ? finish() : code;
    }

private:
    /// A failure of one rank is its exit code, so that the others learn of it.
    template <class Step>
    static int guarded(Step step) {
        try {
            return step();
        } catch (const std::exception& error) {
            print_error(error.what(), "what is done is kept; --resume goes on");
            return exit_failed;
        }
    }

    const StudyPlan& plan() const { return study_.plan; }
    RunRange mine() const { return shard_of(plan().run_count(), shard_.number, shard_.count); }
    bool is_whole() const { return shard_.count == 1; }
    void note(const std::string& text) const {
        if (!session_.quiet && ranks_.is_first()) print_note(text);
    }
    int refuse(const std::string& message, const std::string& hint) const {
        print_error(message, hint);
        return exit_bad_input;
    }

    /// What the first rank does before anything is run.
    int prepare() {
        const PartsHead wanted = study_.head;
        const auto there = read_head(folder_);
        if (options_.force && !is_whole())
            return refuse("--force would take away the parts of other shards",
                          "take away " + folder_.string() + " once");
        if (options_.force) fs::remove_all(folder_);
        if (fs::exists(target_) && !options_.force && (options_.resume || !is_whole())) return already_done();
        if (const auto why = why_not_writable(target_, options_.force); !why.empty())
            return refuse(why, fs::exists(target_) ? "give --force to replace it, or another name with -o"
                                                   : "give another name with -o");
        if (there && !options_.force) {
            PartsHead compared = *there;
            compared.input_files = wanted.input_files;
            if (compared.study != wanted.study)
                return refuse(fmt::format("{} holds parts of another study", folder_.string()),
                              "give another name with -o, or take the folder away");
            if (!options_.resume && is_whole())
                return refuse(fmt::format("{} holds parts of an earlier launch", folder_.string()),
                              "give --resume to go on, or --force to begin anew");
        }
        return estimate_and_begin(wanted);
    }

    int already_done() {
        note(fmt::format("{} is there: nothing left to run", target_.string()));
        is_complete_ = true;
        return exit_done;
    }

    int estimate_and_begin(PartsHead wanted) {
        const auto done = without_overlap_in_folder();
        const int workers = thread_count(threads()) * ranks_.count();
        const StudyEstimate estimate =
            estimate_study(plan(), missing(done, plan().run_count()), workers, shard_.count);
        note(estimate.text());
        if (const auto why = estimate.refusal(folder_); !why.empty())
            return refuse(
                why,
                "fewer runs, fewer outputs under 'collect', or fewer records: --set 'output.every=7 days'");
        wanted.block = estimate.block;
        make_head(folder_, wanted);
        return exit_done;
    }

    int threads() const { return options_.threads > 0 ? options_.threads : ranks_.count() > 1 ? 1 : 0; }

    std::vector<RunRange> without_overlap_in_folder() const {
        std::vector<RunRange> done;
        if (fs::is_directory(folder_)) {
            for (const auto& part : without_overlap(parts_in(folder_))) done.push_back(part.range);
        }
        return done;
    }
    std::vector<RunRange> missing(const std::vector<RunRange>& done, std::int64_t block) const {
        return missing_runs(mine(), done, block);
    }

    int work() {
        const PartsHead head = *read_head(folder_);
        PartsWriter writer(folder_, plan(), head);
        if (is_whole() && ranks_.count() == 1 && !keeps_quantiles(plan())) begin_file(head);
        const auto left = missing(without_overlap_in_folder(), head.block);
        std::int64_t runs = 0;
        for (const RunRange& range : left) runs += range.size();
        ProgressBar bar(session_.quiet || !ranks_.is_first());
        const auto queue = ranks_.work_queue(left, [&](std::int64_t done) { bar.update(done, runs); });
        try {
            run_study(
                plan(), *queue, thread_count(threads()),
                [&](const Segment& segment) {
                    const Part part = writer.take(segment);
                    if (file_) file_->add(part);
                },
                stop_);
        } catch (...) {
            queue->leave();
            throw;
        }
        queue->leave();
        if (!stop_.failure.empty()) {
            print_error(stop_.failure, "on_failure: stop; what is done is kept, --resume goes on");
            return exit_failed;
        }
        return stop_.asked ? exit_stopped : exit_done;
    }

    /// Where one process does everything, the results file is put together while runs go on; of what is folded, behind
    /// them.
    void begin_file(const PartsHead& head) {
        remove_orphans(target_);
        file_.emplace(target_, plan(), head, study_.provenance,
                      WriteOptions{options_.force, options_.threads});
        for (const auto& part : without_overlap(parts_in(folder_))) file_->add(part);
    }

    /// What the first rank does when all have come back.
    int finish() {
        const auto parts = without_overlap(parts_in(folder_));
        std::int64_t done = 0;
        for (const auto& part : parts) done += part.range.size();
        if (!is_whole()) {
            note(fmt::format("shard {} of {} is done; {} of {} runs are in {}", shard_.number, shard_.count,
                             grouped(double(done)), grouped(double(plan().run_count())), folder_.string()));
            if (done == plan().run_count())
                note(fmt::format("all are done: nuzuh merge {} -o {}", folder_.string(), target_.string()));
            return exit_done;
        }
        if (file_)
            file_->finish();
        else
            write_study(target_, plan(), parts, *read_head(folder_), study_.provenance,
                        {options_.force, options_.threads});
        fs::remove_all(folder_);
        note("written: " + target_.string());
        return exit_done;
    }

    const SweepOptions& options_;
    const Session& session_;
    Ranks& ranks_;
    CheckedStudy study_;
    Shard shard_;
    fs::path target_;
    fs::path folder_;
    bool is_complete_ = false;
    std::optional<StudyWriter> file_;
    StudyStop stop_;
    FinishOnSignal on_signal_{stop_.asked};
};

int sweep(const SweepOptions& options, Session& session) {
    Ranks ranks;
    if (!ranks.is_first()) session.quiet = true;
    const auto shard = read_shard(options.shard);
    if (!shard) {
        if (ranks.is_first()) print_error(shard.findings().front().message, shard.findings().front().hint);
        return exit_bad_input;
    }
    auto study = checked_study(options.study, options.overrides, session, ranks.is_first());
    if (!study) return exit_bad_input;
    h5::leave_open_at_exit();
    keep_freed_memory();
    const int code = Sweep(options, session, ranks, std::move(*study), *shard).run();
    if (code == exit_stopped && ranks.is_first())
        print_note("stopped by a signal; what is done is kept: the same command with --resume goes on");
    return code;
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
    command->add_flag("--resume", options->resume, "Go on where an earlier launch was stopped or killed");
    command
        ->add_option("--threads", options->threads,
                     "Threads; default: all cores, or one a rank under mpirun. Results do not depend on it")
        ->check(CLI::Range(1, 4096));
    command->add_option("--set", options->overrides, "Lay KEY=VALUE over the study; may be repeated")
        ->allow_extra_args(false)
        ->type_name("KEY=VALUE");
    command->add_flag("--force", options->force, "Begin anew, and replace the results file if it exists");
    command->footer(
        "Examples:\n"
        "  nuzuh sweep scenarios/studies/border-quota.yaml\n"
        "  nuzuh sweep study.yaml -o study.h5 --resume\n"
        "  mpirun -n 16 nuzuh sweep study.yaml -o study.h5\n"
        "  nuzuh sweep study.yaml -o study.h5 --shard 3/8      then: nuzuh merge study.h5.parts -o study.h5\n"
        "  sbatch scripts/slurm/array.sbatch study.yaml study.h5\n\n"
        "Closed segments lie in FILE.parts until the results file is written; SIGTERM, SIGINT and SIGUSR1 "
        "finish\n"
        "the run in hand and close the segment. Exit code: 0 done, 1 a run failed with on_failure: stop or "
        "nothing\n"
        "could be written, 2 mistakes in the study or on the command line, 75 stopped by a signal.");
    command->callback([options, &session] { session.exit_code = sweep(*options, session); });
}

}  // namespace nuzuh::app
