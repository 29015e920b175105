#include "output/study_launch.hpp"

#include <omp.h>

#include <fmt/format.h>

#include "output/files.hpp"
#include "output/pending_file.hpp"
#include "output/study_estimate.hpp"
#include "output/study_layout.hpp"
#include "output/study_table.hpp"
#include "sim/study/number_text.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

constexpr const char* another_name = "give another name with -o, or --force to begin anew";

}  // namespace

StudyLauncher::StudyLauncher(const Study& study, const Path& target, const StudyLaunch& launch,
                             const Ranks& ranks)
    : study_(study), target_(target), folder_(parts_folder(target)), launch_(launch), ranks_(ranks) {
    stop_.asked = launch.stop;
}

StudyReport StudyLauncher::run() {
    const auto first = [&](StudyEnd (StudyLauncher::*step)()) {
        return agree(ranks_.is_first() ? guarded(step) : StudyEnd::done);
    };
    report_.end = first(&StudyLauncher::prepare);
    const bool is_over = ranks_.agree(is_complete_) != 0;
    if (report_.end != StudyEnd::done || is_over) return std::move(report_);
    report_.end = agree(guarded(&StudyLauncher::work));
    if (report_.end == StudyEnd::done) report_.end = first(&StudyLauncher::finish);
    return std::move(report_);
}

/// A failure of one rank is how it ends, so that the others learn of it.
StudyEnd StudyLauncher::guarded(StudyEnd (StudyLauncher::*step)()) {
    try {
        return (this->*step)();
    } catch (const std::exception& error) {
        report_.message = error.what();
        report_.hint = "what is done is kept; --resume goes on";
        return StudyEnd::failed;
    }
}

StudyEnd StudyLauncher::agree(StudyEnd mine) const { return StudyEnd(ranks_.agree(int(mine))); }

StudyEnd StudyLauncher::refuse(std::string message, std::string hint) {
    report_.message = std::move(message);
    report_.hint = std::move(hint);
    return StudyEnd::refused;
}

void StudyLauncher::note(const std::string& text) const {
    if (launch_.note && ranks_.is_first()) launch_.note(text);
}

RunRange StudyLauncher::mine() const {
    return shard_of(plan().run_count(), launch_.shard.number, launch_.shard.count());
}

int StudyLauncher::threads() const {
    if (launch_.threads > 0) return launch_.threads;
    return ranks_.count() > 1 ? 1 : thread_count(0);
}

std::vector<RunRange> StudyLauncher::done_in_folder() const {
    std::vector<RunRange> done;
    if (!fs::is_directory(folder_)) return done;
    for (const auto& part : without_overlap(parts_in(folder_))) done.push_back(part.range);
    return done;
}

/// What the first rank does before anything is run.
StudyEnd StudyLauncher::prepare() {
    const bool is_whole = launch_.shard.is_whole();
    if (launch_.force && !is_whole)
        return refuse("--force would take away the parts of other shards",
                      "take away " + folder_.string() + " once");
    if (is_whole) {
        try {
            claim_.emplace(target_);
        } catch (const h5::Error& error) {
            return refuse(error.what(), "wait for it, or give another name with -o");
        }
    }
    if (const auto foreign = foreign_in(folder_, is_of_study); launch_.force && !foreign.empty())
        return refuse(foreign + " is in the way, which no study has put there",
                      "take it away, or give another name with -o");
    const auto there = read_head(folder_);
    if (const auto end = see_to_target(there.has_value()); end != StudyEnd::done || is_complete_) return end;
    if (!there || launch_.force) return estimate_and_begin();
    const auto end = see_to_parts(*there);
    return end == StudyEnd::done ? estimate_and_begin() : end;
}

/// Whether there may be a file of results already, and whose.
StudyEnd StudyLauncher::see_to_target(bool has_parts) {
    const bool is_whole = launch_.shard.is_whole();
    if (!fs::exists(target_) || launch_.force || (is_whole && !launch_.resume)) {
        const auto why = why_not_target(target_, launch_.force, study_.files);
        if (why.empty()) return StudyEnd::done;
        return refuse(why, way_to_write(target_, study_.files));
    }
    if (!is_whole && has_parts) return StudyEnd::done;  // what is there is replaced when the parts are merged
    const auto why = why_not_made_from(target_, "study", study_.head.study);
    if (why.empty()) return already_done();
    return refuse(why, another_name);
}

StudyEnd StudyLauncher::see_to_parts(const PartsHead& there) {
    if (there.study != study_.head.study)
        return refuse(fmt::format("{} holds parts of another study", folder_.string()),
                      "give another name with -o, or take the folder away");
    if (const auto why = why_not_of_this_program(folder_, there); !why.empty())
        return refuse(why, "finish the study with that version, or take the folder away");
    if (!launch_.resume && launch_.shard.is_whole() && !launch_.only_begin)
        return refuse(fmt::format("{} holds parts of an earlier launch", folder_.string()),
                      "give --resume to go on, or --force to begin anew");
    return StudyEnd::done;
}

StudyEnd StudyLauncher::already_done() {
    note(fmt::format("{} is there: nothing left to run", target_.string()));
    is_complete_ = true;
    return StudyEnd::done;
}

void StudyLauncher::set_aside_what_is_damaged() const {
    if (!fs::is_directory(folder_) || launch_.force) return;
    for (const auto& file : set_damaged_aside(folder_, mine()))
        note(fmt::format("{} is damaged; it is set aside as {}.damaged, and its runs are run again",
                         file.string(), file.filename().string()));
}

StudyEnd StudyLauncher::estimate_and_begin() {
    set_aside_what_is_damaged();
    const auto done = launch_.force ? std::vector<RunRange>() : done_in_folder();
    const auto left = missing_runs(mine(), done, plan().run_count());
    const auto estimate = estimate_study(plan(), left, threads() * ranks_.count(), launch_.shard.count());
    note(estimate.text());
    if (const auto why = estimate.refusal(folder_); !why.empty())
        return refuse(
            why, "fewer runs, fewer outputs under 'collect', or fewer records: --set 'output.every=7 days'");
    if (launch_.force) remove_own(folder_, is_of_study);
    PartsHead wanted = study_.head;
    wanted.block = estimate.block;
    if (!launch_.shard.is_whole()) wanted.numbering = launch_.shard.numbering;
    const PartsHead head = make_head(folder_, wanted);
    if (wanted.numbering && head.numbering != wanted.numbering) {
        wanted.block = head.block;
        replace_head(folder_, wanted);
    }
    is_complete_ = launch_.only_begin;
    return StudyEnd::done;
}

StudyEnd StudyLauncher::work() {
    const PartsHead head = *read_head(folder_);
    PartsWriter writer(folder_, plan(), head);
    if (launch_.shard.is_whole() && ranks_.count() == 1 && !keeps_quantiles(plan())) begin_file(head);
    const auto left = missing_runs(mine(), done_in_folder(), head.block);
    std::int64_t runs = 0;
    for (const RunRange& range : left) runs += range.size();
    const auto queue = ranks_.work_queue(left, [&](std::int64_t done) {
        if (launch_.progress && ranks_.is_first()) launch_.progress(done, runs);
    });
    try {
        run_segments(
            plan(), *queue, threads(), [&](const Segment& segment) { take(writer, segment); }, stop_);
    } catch (...) {
        queue->leave();
        throw;
    }
    queue->leave();
    if (stop_.has_failed) {
        report_.message = stop_.failure;
        report_.hint = "on_failure: stop; what is done is kept, --resume goes on";
        return StudyEnd::failed;
    }
    return stop_.is_due() ? StudyEnd::stopped : StudyEnd::done;
}

void StudyLauncher::take(PartsWriter& writer, const Segment& segment) {
    const Part part = writer.take(segment);
    {
        const std::lock_guard lock(counting_);
        for (std::size_t run = 0; run < segment.status.size(); ++run)
            report_.runs.add(segment.status[run], segment.message[run]);
    }
    if (file_) file_->add(part);
}

/// Where one process does everything, the results file is put together while runs go on; of what is folded, behind
/// them.
void StudyLauncher::begin_file(const PartsHead& head) {
    remove_orphans(target_);
    file_.emplace(target_, plan(), head, study_.provenance, WriteOptions{launch_.force, launch_.threads});
    for (const auto& part : without_overlap(parts_in(folder_))) file_->add(part);
}

/// What the first rank does when all have come back.
StudyEnd StudyLauncher::finish() {
    const auto parts = without_overlap(parts_in(folder_));
    if (!launch_.shard.is_whole()) return finish_shard(parts);
    write_file(parts);
    remove_own(folder_, is_of_study);
    note("written: " + target_.string());
    return report_.runs.done == 0 ? StudyEnd::none_done : StudyEnd::done;
}

StudyEnd StudyLauncher::finish_shard(const std::vector<Part>& parts) const {
    std::int64_t done = 0;
    for (const auto& part : parts) done += part.range.size();
    note(fmt::format("shard {} of {} is done; {} of {} runs are in {}", launch_.shard.number,
                     launch_.shard.count(), grouped(double(done)), grouped(double(plan().run_count())),
                     folder_.string()));
    if (done == plan().run_count())
        note(fmt::format("all are done: nuzuh merge {} -o {}", folder_.string(), target_.string()));
    return StudyEnd::done;
}

void StudyLauncher::write_file(const std::vector<Part>& parts) {
    if (!file_) {
        file_.emplace(target_, plan(), *read_head(folder_), study_.provenance,
                      WriteOptions{launch_.force, launch_.threads});
        for (const auto& part : parts) file_->add(part);
    }
    report_.runs = file_->finish();
    file_.reset();
}

}  // namespace nuzuh
