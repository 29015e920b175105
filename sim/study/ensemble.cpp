#include "sim/study/ensemble.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "sim/model/engine_choice.hpp"
#include "sim/study/recorder.hpp"
#include "sim/study/schedule.hpp"

namespace nuzuh {
namespace {

/// Displaced people by time, home and place, summed over members in thousandths of a person: integer sums do
/// not depend on their order, and so not on the number of threads.
class OriginSums {
public:
    OriginSums(const World& world, const EnsembleSpec& spec, int records)
        : size_(spec.engine != EngineKind::pooled
                    ? std::size_t(world.place_count()) * std::size_t(world.place_count())
                    : 0),
          sums_(size_ * std::size_t(records), 0) {}

    void add(int record, const Eigen::ArrayXXd& displaced_from) {
        std::int64_t* to = sums_.data() + std::size_t(record) * size_;
        for (std::size_t c = 0; c < size_; ++c) to[c] += std::int64_t(displaced_from.data()[c] * 1000 + 0.5);
    }
    void add(const OriginSums& other) {
        for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += other.sums_[c];
    }
    /// The sums of the first records, and adding such sums.
    std::vector<std::int64_t> first(int records) const {
        return {sums_.begin(), sums_.begin() + std::ptrdiff_t(size_) * records};
    }
    void add(const std::vector<std::int64_t>& first) {
        for (std::size_t c = 0; c < first.size(); ++c) sums_[c] += first[c];
    }
    std::vector<float> mean(int members) const {
        std::vector<float> result;
        result.reserve(sums_.size());
        for (std::int64_t sum : sums_) result.push_back(float(double(sum) / 1000 / members));
        return result;
    }

private:
    std::size_t size_;
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

std::vector<RunResult> run_members(
    std::span<const Member> members, int every_steps, const Selection& selection,
    const std::function<void(std::size_t run, int record, const StepRecord&)>& at_record,
    std::span<const ResumePoint> resume_points) {
    const auto engine = make_engine(members);
    const World& first = *members.front().world;
    const int first_step = resume_points.empty() ? 0 : resume_points.front().first_step;
    std::vector<Recorder> recorders;
    recorders.reserve(members.size());
    for (std::size_t run = 0; run < members.size(); ++run) {
        recorders.emplace_back(*members[run].world, every_steps, selection);
        if (resume_points.empty() || !resume_points[run].from) continue;
        Loader from(*resume_points[run].from);
        recorders[run].restore(from);
        engine->restore(run, from);
    }
    std::vector<StepRecord> records(members.size());
    int number = first_step / every_steps;
    for (int step = first_step; step < first.steps; ++step) {
        engine->step(records);
        bool closed = false;
        for (std::size_t run = 0; run < members.size(); ++run) {
            closed = recorders[run].add(records[run]);
            if (closed && at_record) at_record(run, number, records[run]);
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
        if (recorders[run].finish(records[run]) && at_record) at_record(run, number, records[run]);
        recorders[run].result().histories = engine->histories(run);
        results.push_back(std::move(recorders[run].result()));
    }
    return results;
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
    return spec;
}

EnsembleResult run_ensemble(const World& world, const EnsembleSpec& spec) {
    require_engine({.rules = world.settings.behaviour.rules,
                    .kind = spec.engine,
                    .mode = spec.mode,
                    .members = spec.members,
                    .traces = spec.traces,
                    .continues = spec.keep_state || spec.from});
    EnsembleResult result;
    result.days = record_days(world, spec.every_steps);
    result.members.resize(std::size_t(spec.members));
    if (spec.keep_state) {
        result.checkpoint = {spec.terms(), world.steps, fingerprint(world, world.steps), {}, {}};
        result.checkpoint->members.resize(result.members.size());
    }
    const int all_threads = thread_count(spec.threads);
    const int threads = std::min(all_threads, spec.members);
    std::vector<Member> members;
    for (int member = 0; member < spec.members; ++member) {
        members.push_back({&world,
                           {.kind = spec.engine,
                            .mode = spec.mode,
                            .seed = spec.seed,
                            .run = std::uint64_t(member),
                            .traces = spec.traces,
                            .threads = all_threads / threads}});
    }
    const std::size_t share = (members.size() + std::size_t(threads) - 1) / std::size_t(threads);
    const auto together = std::int64_t(std::min(best_together(members), share));
    std::vector<std::unique_ptr<OriginSums>> by_origin(static_cast<std::size_t>(threads));
    LocalWorkQueue queue(missing_runs({0, spec.members}, {}, together), [&](std::int64_t done) {
        if (spec.progress) spec.progress(int(done), spec.members);
    });
    try {
        work_through(queue, threads, [&](RunRange range, int thread) {
            auto& sums = by_origin[std::size_t(thread)];
            if (!sums) sums = std::make_unique<OriginSums>(world, spec, int(result.days.size()));
            const auto first = std::size_t(range.first), count = std::size_t(range.size());
            std::vector<ResumePoint> resume_points(count);
            for (std::size_t run = 0; run < count; ++run) {
                if (spec.from)
                    resume_points[run] = {&spec.from->members[first + run], spec.from->steps, nullptr};
                if (result.checkpoint) resume_points[run].state = &result.checkpoint->members[first + run];
            }
            auto done = run_members(
                std::span(members).subspan(first, count), spec.every_steps, Selection::everything(),
                [&](std::size_t, int record, const StepRecord& step) {
                    sums->add(record, step.displaced_from);
                },
                resume_points);
            std::move(done.begin(), done.end(), result.members.begin() + range.first);
            queue.done(range.size());
        });
    } catch (const std::exception& fault) {
        result.failure = fault.what();
        return result;
    }
    const auto first =
        std::find_if(by_origin.begin(), by_origin.end(), [](const auto& sums) { return sums != nullptr; });
    OriginSums& all = **first;
    for (auto sums = first + 1; sums != by_origin.end(); ++sums) {
        if (*sums) all.add(**sums);
    }
    if (spec.from) all.add(spec.from->origin_sums);
    if (result.checkpoint) result.checkpoint->origin_sums = all.first(world.steps / spec.every_steps);
    result.mean_displaced_from = all.mean(spec.members);
    return result;
}

}  // namespace nuzuh
