#include "sim/study/ensemble.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <iterator>
#include <memory>
#include <mutex>

#include <fmt/format.h>

#include "sim/check/make_world.hpp"
#include "sim/model/engine_choice.hpp"
#include "sim/study/ensemble_keeping.hpp"
#include "sim/study/recorder.hpp"
#include "sim/study/schedule.hpp"

namespace nuzuh {
namespace {

/// Displaced people by time, home and place, summed over members in thousandths of a person: integer sums do
/// not depend on their order, and so not on the number of threads.
class OriginSums {
public:
    OriginSums(const World& world, const EnsembleSpec& spec, int records)
        : places_(world.places.size()),
          size_(origin_sums_a_record(world, spec.engine, spec.origins)),
          sums_(size_ * std::size_t(records), 0) {}

    void add(int record, const std::vector<FromHome>& displaced_from) {
        if (size_ == 0) return;
        std::int64_t* to = sums_.data() + std::size_t(record) * size_;
        for (const auto& [place, home, persons] : displaced_from)
            to[std::size_t(home) * places_ + std::size_t(place)] += std::int64_t(persons * 1000 + 0.5);
    }
    void add(const OriginSums& other) {
        for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += other.sums_[c];
    }
    void add(const std::vector<std::int64_t>& first) {
        for (std::size_t c = 0; c < first.size(); ++c) sums_[c] += first[c];
    }
    void clear() { std::fill(sums_.begin(), sums_.end(), 0); }
    const std::vector<std::int64_t>& sums() const { return sums_; }
    /// The sums of the first records.
    std::vector<std::int64_t> first(int records) const {
        return {sums_.begin(), sums_.begin() + std::ptrdiff_t(size_) * records};
    }
    std::vector<float> mean(int members) const {
        std::vector<float> result;
        result.reserve(sums_.size());
        for (std::int64_t sum : sums_) result.push_back(float(double(sum) / 1000 / members));
        return result;
    }

private:
    std::size_t places_, size_;
    std::vector<std::int64_t> sums_;
};

}  // namespace

int steps_a_record(const World& world) {
    return std::max(1, int(std::lround(world.settings.output.every_days / world.dt)));
}

std::vector<double> record_days(const World& world, int every_steps) {
    std::vector<double> days;
    for (int first = 0; first < world.steps; first += every_steps) {
        const int last = std::min(first + every_steps, world.steps) - 1;
        days.push_back(std::floor(last * world.dt));
    }
    return days;
}

namespace {

using AtRecord = std::function<void(std::size_t run, int record, const StepRecord&)>;

/// Runs of which `best_together` says all; `before` of others stand in front of them.
std::vector<RunResult> run_together(std::span<const Member> members, int every_steps,
                                    const Selection& selection, const AtRecord& at_record,
                                    std::span<const ResumePoint> resume_points, std::size_t before) {
    const auto engine = make_engine(members);
    const World& first = *members.front().world;
    const int first_step = resume_points.empty() ? 0 : resume_points.front().first_step;
    std::vector<Recorder> recorders;
    recorders.reserve(members.size());
    for (std::size_t run = 0; run < members.size(); ++run) {
        recorders.emplace_back(*members[run].world, every_steps, selection);
        if (resume_points.empty() || !resume_points[run].from) continue;
        Loader from(*resume_points[run].from);
        recorders[run].restore(first_step, from);
        engine->restore(run, first_step, from);
        require_saved(from.at_end());
    }
    std::vector<StepRecord> records(members.size());
    int number = first_step / every_steps;
    for (int step = first_step; step < first.steps; ++step) {
        engine->step(records);
        bool closed = false;
        for (std::size_t run = 0; run < members.size(); ++run) {
            closed = recorders[run].add(records[run]);
            if (closed && at_record) at_record(before + run, number, records[run]);
        }
        number += closed;
    }
    std::vector<RunResult> results;
    for (std::size_t run = 0; run < members.size(); ++run) {
        if (!resume_points.empty() && resume_points[run].state) {
            Saver to;
            recorders[run].save(to);
            engine->save(run, to);
            *resume_points[run].state = to.bytes();
        }
        if (recorders[run].finish(records[run]) && at_record) at_record(before + run, number, records[run]);
        recorders[run].result().histories = engine->histories(run);
        results.push_back(std::move(recorders[run].result()));
    }
    return results;
}

}  // namespace

std::vector<RunResult> run_members(std::span<const Member> members, int every_steps,
                                   const Selection& selection, const AtRecord& at_record,
                                   std::span<const ResumePoint> resume_points) {
    std::vector<RunResult> results;
    while (results.size() < members.size()) {
        const std::size_t before = results.size();
        const auto together = members.subspan(before, best_together(members.subspan(before)));
        const auto points =
            resume_points.empty() ? resume_points : resume_points.subspan(before, together.size());
        auto done = run_together(together, every_steps, selection, at_record, points, before);
        std::move(done.begin(), done.end(), std::back_inserter(results));
    }
    return results;
}

CheckpointTerms EnsembleSpec::terms() const {
    return {seed, engine, mode, members, every_steps, traces, unknowns ? unknowns->fingerprint() : ""};
}

EnsembleSpec ensemble_spec(const World& world, int threads) {
    const auto& engine = world.settings.engine;
    EnsembleSpec spec;
    spec.engine = engine.kind;
    spec.mode = engine.mode;
    spec.members = engine.members;
    spec.seed = std::uint64_t(engine.seed);
    spec.threads = threads;
    spec.every_steps = steps_a_record(world);
    spec.origins = world.settings.output.origins;
    return spec;
}

namespace {

/// One ensemble on its way.
class EnsembleRun {
public:
    EnsembleRun(const World& world, const EnsembleSpec& spec, EnsembleKeeping* keeping)
        : world_(world),
          spec_(spec),
          keeping_(keeping),
          all_threads_(thread_count(spec.threads)),
          threads_(std::min(all_threads_, spec.members)),
          selection_(Selection::everything()),
          open_(std::size_t(threads_)) {
        selection_.arrivals_from = selection_.displaced_from = spec.origins != OriginsKept::nothing;
        require_engine({.rules = world.settings.behaviour.rules,
                        .kind = spec.engine,
                        .mode = spec.mode,
                        .members = spec.unknowns ? 1 : spec.members,
                        .traces = spec.traces,
                        .continues = spec.keep_state || spec.from});
        result_.days = record_days(world, spec.every_steps);
        result_.members.resize(std::size_t(spec.members));
        is_done_.resize(std::size_t(spec.members), 0);
        if (spec.unknowns) {
            result_.unknowns = spec.unknowns->names();
            result_.unknowns_fingerprint = spec.unknowns->fingerprint();
            result_.drawn.resize(result_.members.size());
        }
        if (spec.keep_state) {
            result_.checkpoint = {spec.terms(), world.steps, fingerprint(world, world.steps), {}, {}, {}};
            result_.checkpoint->members.resize(result_.members.size());
            if (spec.unknowns) result_.checkpoint->drawn_worlds.resize(result_.members.size());
        }
        if (keeping_) {
            for (auto& done : keeping_->done) take_over(std::move(done));
        }
    }

    EnsembleResult run() {
        try {
            work();
        } catch (const std::exception& fault) {
            result_.failure = fault.what();
            return std::move(result_);
        }
        if (!is_whole()) {
            for (auto& open : open_) keep(open);
            return std::move(result_);
        }
        return finish();
    }

    bool is_whole() const {
        return std::all_of(is_done_.begin(), is_done_.end(), [](char done) { return done != 0; });
    }

private:
    using Clock = std::chrono::steady_clock;

    /// What a thread has done since members were last kept.
    struct Open {
        std::unique_ptr<OriginSums> sums;
        std::vector<std::int32_t> numbers;
        Clock::time_point since = Clock::now();
    };

    std::unique_ptr<OriginSums> no_sums() const {
        return std::make_unique<OriginSums>(world_, spec_, int(result_.days.size()));
    }

    void take_over(DoneMembers done) {
        for (std::size_t i = 0; i < done.numbers.size(); ++i) {
            const auto member = std::size_t(done.numbers[i]);
            if (spec_.unknowns && result_.checkpoint)
                drawn_world(std::int64_t(member));
            else if (spec_.unknowns)
                result_.drawn[member] = spec_.unknowns->draw(world_.settings, int(member)).values;
            result_.members[member] = std::move(done.results[i]);
            if (result_.checkpoint) result_.checkpoint->members[member] = std::move(done.states[i]);
            is_done_[member] = 1;
        }
        add_kept(done.origin_sums);
    }

    void add_kept(const std::vector<std::int64_t>& sums) {
        if (!kept_sums_) kept_sums_ = no_sums();
        kept_sums_->add(sums);
    }

    Member member(const World& world, std::int64_t number) const {
        return {&world,
                {.kind = spec_.engine,
                 .mode = spec_.mode,
                 .seed = spec_.seed,
                 .run = std::uint64_t(number),
                 .traces = spec_.traces,
                 .count_origins = selection_.arrivals_from,
                 .threads = all_threads_ / threads_}};
    }

    /// The world of a member that draws what is not known.
    ///
    /// @throws  ModelFault if what it drew makes no sense
    std::unique_ptr<World> drawn_world(std::int64_t number) {
        auto drawn = spec_.unknowns->draw(world_.settings, int(number));
        result_.drawn[std::size_t(number)] = std::move(drawn.values);
        auto world = make_world(std::move(drawn.settings), {&world_});
        if (world) {
            check_past(*world, std::size_t(number));
            return std::make_unique<World>(std::move(*world));
        }
        const auto& why = world.findings().front();
        throw ModelFault(
            fmt::format("member {} draws what makes no sense: {}: {}", number, why.path, why.message));
    }

    /// That a member goes on from what it drew before, and can be gone on with.
    ///
    /// @throws  ModelFault if it does not
    void check_past(const World& world, std::size_t number) {
        if (result_.checkpoint) result_.checkpoint->drawn_worlds[number] = fingerprint(world, world.steps);
        if (!spec_.from || spec_.from->drawn_worlds.at(number) == fingerprint(world, spec_.from->steps))
            return;
        throw ModelFault(fmt::format(
            "the checkpoint is of another scenario: member {} draws other strikes, fronts, populations or "
            "capacities before it than it did",
            number));
    }

    std::vector<RunRange> done_ranges() const {
        std::vector<RunRange> ranges;
        for (std::int64_t member = 0; member < spec_.members; ++member) {
            if (is_done_[std::size_t(member)]) ranges.push_back({member, member + 1});
        }
        return ranges;
    }

    void work() {
        if (spec_.from) {
            const auto records = std::size_t(spec_.from->steps / spec_.every_steps);
            require_saved(spec_.from->origin_sums.size() ==
                          records * origin_sums_a_record(world_, spec_.engine, spec_.origins));
        }
        const std::vector<Member> alike(std::size_t(spec_.members), member(world_, 0));
        const std::size_t share = (alike.size() + std::size_t(threads_) - 1) / std::size_t(threads_);
        const auto together = std::int64_t(std::min(best_together(alike), share));
        const auto earlier = done_ranges();
        LocalWorkQueue queue(missing_runs({0, spec_.members}, earlier, together), [&](std::int64_t done) {
            if (spec_.progress) spec_.progress(int(earlier.size()) + int(done), spec_.members);
        });
        work_through(queue, threads_, [&](RunRange range, int thread) {
            if (is_stopped()) return queue.close();
            Open& open = open_[std::size_t(thread)];
            run(range, open);
            queue.done(range.size());
            if (keeping_ &&
                Clock::now() - open.since > std::chrono::duration<double>(keeping_->every_seconds))
                keep(open);
        });
    }

    bool is_stopped() const { return keeping_ && keeping_->stop && *keeping_->stop; }

    void run(RunRange range, Open& open) {
        if (!open.sums) open.sums = no_sums();
        std::vector<std::unique_ptr<World>> worlds;
        std::vector<Member> members;
        for (std::int64_t number = range.first; number < range.end; ++number) {
            if (spec_.unknowns) worlds.push_back(drawn_world(number));
            members.push_back(member(spec_.unknowns ? *worlds.back() : world_, number));
        }
        const auto first = std::size_t(range.first), count = std::size_t(range.size());
        std::vector<ResumePoint> resume_points(count);
        for (std::size_t run = 0; run < count; ++run) {
            if (spec_.from)
                resume_points[run] = {&spec_.from->members[first + run], spec_.from->steps, nullptr};
            if (result_.checkpoint) resume_points[run].state = &result_.checkpoint->members[first + run];
        }
        const auto sum_origins = [&](std::size_t, int record, const StepRecord& step) {
            open.sums->add(record, step.displaced_from);
        };
        auto done = run_members(members, spec_.every_steps, selection_, sum_origins, resume_points);
        std::move(done.begin(), done.end(), result_.members.begin() + range.first);
        for (std::int64_t member = range.first; member < range.end; ++member) {
            is_done_[std::size_t(member)] = 1;
            open.numbers.push_back(std::int32_t(member));
        }
    }

    void keep(Open& open) {
        if (!keeping_ || !keeping_->keep || open.numbers.empty()) return;
        std::sort(open.numbers.begin(), open.numbers.end());
        DoneMembers done{open.numbers, {}, {}, open.sums->sums()};
        for (const std::int32_t member : done.numbers) {
            done.results.push_back(result_.members[std::size_t(member)]);
            if (result_.checkpoint) done.states.push_back(result_.checkpoint->members[std::size_t(member)]);
        }
        open.since = Clock::now();
        if (!keeping_->keep(done)) return;
        const std::lock_guard lock(guard_);
        add_kept(done.origin_sums);
        open.sums->clear();
        open.numbers.clear();
    }

    EnsembleResult finish() {
        if (!kept_sums_) kept_sums_ = no_sums();
        OriginSums& all = *kept_sums_;
        for (const auto& open : open_) {
            if (open.sums) all.add(*open.sums);
        }
        if (spec_.from) all.add(spec_.from->origin_sums);
        if (result_.checkpoint) result_.checkpoint->origin_sums = all.first(world_.steps / spec_.every_steps);
        result_.mean_displaced_from = all.mean(spec_.members);
        return std::move(result_);
    }

    const World& world_;
    const EnsembleSpec& spec_;
    EnsembleKeeping* keeping_;
    int all_threads_;
    int threads_;
    Selection selection_;  ///< of what is kept of a run
    EnsembleResult result_;
    std::vector<char> is_done_;  ///< [member]; each written by the thread that has it
    std::vector<Open> open_;     ///< [thread]
    std::mutex guard_;
    std::unique_ptr<OriginSums> kept_sums_;  ///< over members that are kept
};

}  // namespace

EnsembleResult run_ensemble(const World& world, const EnsembleSpec& spec) {
    return EnsembleRun(world, spec, nullptr).run();
}

PartOfEnsemble run_or_go_on(const World& world, const EnsembleSpec& spec, EnsembleKeeping& keeping) {
    EnsembleRun run(world, spec, &keeping);
    PartOfEnsemble part{run.run(), false};
    part.is_whole = part.result.failure.empty() && run.is_whole();
    return part;
}

}  // namespace nuzuh
