#include "sim/study/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

#include <fmt/format.h>

#include "sim/study/ensemble.hpp"

namespace nuzuh {
namespace {

/// Collects runs into a segment; what is tallied waits as values until the segment is closed.
class OpenSegment {
public:
    OpenSegment(const StudyPlan& plan, std::int64_t first) : plan_(plan), waiting_(plan.outputs.size()) {
        segment_.first = first;
        segment_.values.resize(plan.outputs.size());
    }

    void add(RunOutcome outcome, const std::vector<std::size_t>& sizes) {
        const bool done = outcome.status == RunStatus::done;
        segment_.status.push_back(outcome.status);
        segment_.message.push_back(std::move(outcome.message));
        done_ += done;
        for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
            const auto& output = plan_.outputs[o];
            auto& to = output.keep == Keep::runs ? segment_.values[o] : waiting_[o];
            if (done) {
                const auto values = output.values(outcome.result);
                to.insert(to.end(), values.begin(), values.end());
            } else if (output.keep == Keep::runs) {
                to.insert(to.end(), sizes[o], std::numeric_limits<float>::quiet_NaN());
            }
        }
    }

    bool empty() const { return segment_.status.empty(); }

    Segment close(const std::vector<std::size_t>& sizes) {
        for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
            if (plan_.outputs[o].keep == Keep::runs) continue;
            segment_.tallies.emplace_back(sizes[o]).add(waiting_[o], done_);
        }
        return std::move(segment_);
    }

private:
    const StudyPlan& plan_;
    Segment segment_;
    std::size_t done_ = 0;
    std::vector<std::vector<float>> waiting_;
};

bool all_finite(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

}  // namespace

std::vector<double> StudyPlan::days() const { return record_days(base, steps_a_record(base)); }

std::vector<std::size_t> StudyPlan::value_counts() const {
    std::vector<std::size_t> counts;
    for (const auto& output : outputs) counts.push_back(value_count(output, base, days().size()));
    return counts;
}

void StudyRunner::build_world(int set) {
    set_ = set;
    world_.reset();
    refusal_.clear();
    ScenarioSettings settings = plan_.base.settings;
    for (std::size_t k = 0; k < plan_.design.axes.size(); ++k) {
        refusal_ = plan_.set_axis(settings, plan_.design.axes[k], plan_.design.sets(set, Eigen::Index(k)));
        if (!refusal_.empty()) return;
    }
    auto made = make_world(std::move(settings));
    if (made) {
        world_ = std::make_unique<World>(std::move(*made));
        return;
    }
    const auto& findings = made.findings();
    const auto error = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& f) { return f.severity == Severity::error; });
    refusal_ = fmt::format("{}: {}", error->path, error->message);
}

RunResult StudyRunner::simulate(int replicate) const {
    const auto& engine = world_->settings.engine;
    const EngineSpec spec{.kind = engine.kind,
                          .mode = engine.mode,
                          .seed = std::uint64_t(engine.seed),
                          .run = std::uint64_t(replicate),
                          .track_origin = engine.track_origin,
                          .count_routes = kept_.routes,
                          .count_origins = kept_.arrivals_from || kept_.displaced_from};
    return run_member(*world_, spec, steps_a_record(*world_), kept_);
}

RunOutcome StudyRunner::run(std::int64_t run) {
    if (plan_.set_of(run) != set_) build_world(plan_.set_of(run));
    if (!world_) return {RunStatus::refused, refusal_, {}};
    RunOutcome outcome;
    try {
        outcome.result = simulate(plan_.replicate_of(run));
        for (const auto& output : plan_.outputs) {
            if (output.may_be_missing || all_finite(output.values(outcome.result))) continue;
            outcome.status = RunStatus::failed;
            outcome.message = fmt::format("'{}' is not a finite number", output.name);
        }
    } catch (const ModelFault& fault) {
        outcome.status = RunStatus::failed;
        outcome.message = fault.what();
    }
    return outcome;
}

void run_study(const StudyPlan& plan, Desk& desk, int threads, const TakeSegment& take, StudyStop& stop) {
    std::vector<std::unique_ptr<StudyRunner>> runners(static_cast<std::size_t>(threads));
    for (auto& runner : runners) runner = std::make_unique<StudyRunner>(plan);
    const auto sizes = plan.value_counts();
    std::mutex guard;
    work_through(desk, threads, [&](RunRange range, int thread) {
        OpenSegment segment(plan, range.first);
        for (std::int64_t run = range.first; run < range.end && !stop.asked; ++run) {
            RunOutcome outcome = runners[std::size_t(thread)]->run(run);
            if (outcome.status != RunStatus::done && plan.settings.on_failure == OnFailure::stop) {
                const std::lock_guard lock(guard);
                if (stop.failure.empty()) stop.failure = fmt::format("run {}: {}", run, outcome.message);
                stop.asked = true;
                break;
            }
            segment.add(std::move(outcome), sizes);
            desk.done(1);
        }
        if (stop.asked) desk.close();
        if (!segment.empty()) take(segment.close(sizes));
    });
}

}  // namespace nuzuh
