#include "sim/study/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

#include <fmt/format.h>

#include "sim/check/make_world.hpp"

namespace nuzuh {
namespace {

/// Collects runs into a segment, with its memory kept from one to the next; what is tallied waits as values until the
/// segment is closed.
class OpenSegment {
public:
    explicit OpenSegment(const StudyPlan& plan) : plan_(plan), waiting_(plan.outputs.size()) {
        segment_.values.resize(plan.outputs.size());
    }

    void begin(std::int64_t first) {
        segment_.first = first;
        segment_.status.clear();
        segment_.message.clear();
        segment_.tallies.clear();
        for (auto& values : segment_.values) values.clear();
        for (auto& values : waiting_) values.clear();
        done_ = 0;
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

    const Segment& close(const std::vector<std::size_t>& sizes) {
        for (std::size_t o = 0; o < plan_.outputs.size(); ++o) {
            if (plan_.outputs[o].keep == Keep::runs) continue;
            segment_.tallies.emplace_back(sizes[o]).add(waiting_[o], done_);
        }
        return segment_;
    }

private:
    const StudyPlan& plan_;
    Segment segment_;
    std::size_t done_ = 0;
    std::vector<std::vector<float>> waiting_;
};

bool all_finite(std::span<const float> values) {
    // A finite number times zero is zero; the sum takes several at a time.
    const Eigen::Map<const Eigen::ArrayXf> numbers(values.data(), Eigen::Index(values.size()));
    return (numbers * 0.0f).sum() == 0;
}

}  // namespace

std::vector<double> StudyPlan::days() const { return record_days(base, steps_a_record(base)); }

std::vector<std::size_t> StudyPlan::value_counts() const {
    std::vector<std::size_t> counts;
    for (const auto& output : outputs) counts.push_back(value_count(output, base, days().size()));
    return counts;
}

StudyRunner::WorldOfRun StudyRunner::build(int set, int replicate) const {
    WorldOfRun built{set, replicate, nullptr, ""};
    ScenarioSettings settings = plan_.base.settings;
    settings.engine.members = 1;  // replicates of a set may well draw nothing
    for (std::size_t k = 0; k < plan_.design.axes.size(); ++k) {
        built.refusal =
            plan_.set_axis(settings, plan_.design.axes[k], plan_.design.sets(set, Eigen::Index(k)));
        if (!built.refusal.empty()) return built;
    }
    if (plan_.unknowns) settings = plan_.unknowns->draw(settings, replicate).settings;
    const World* before = worlds_.empty() ? nullptr : worlds_.back().world.get();
    auto made = make_world(std::move(settings), {&plan_.base, before});
    if (made) {
        built.world = std::make_unique<World>(std::move(*made));
        return built;
    }
    const auto& findings = made.findings();
    const auto error = std::find_if(findings.begin(), findings.end(),
                                    [](const Finding& f) { return f.severity == Severity::error; });
    built.refusal = fmt::format("{}: {}", error->path, error->message);
    return built;
}

const StudyRunner::WorldOfRun& StudyRunner::world_of(std::int64_t run) {
    const int set = plan_.set_of(run), replicate = plan_.unknowns ? plan_.replicate_of(run) : 0;
    const auto known = std::find_if(worlds_.begin(), worlds_.end(), [&](const WorldOfRun& one) {
        return one.set == set && one.replicate == replicate;
    });
    return known != worlds_.end() ? *known : worlds_.emplace_back(build(set, replicate));
}

/// Moves runs together; where one breaks off, each alone, to find out which.
void StudyRunner::simulate(std::span<const Member> members, std::span<RunOutcome* const> outcomes) const {
    try {
        auto results = run_members(members, steps_a_record(plan_.base), selection_);
        for (std::size_t run = 0; run < results.size(); ++run) {
            kept_.shorten(results[run]);
            outcomes[run]->result = std::move(results[run]);
        }
    } catch (const ModelFault& fault) {
        if (members.size() > 1) {
            for (std::size_t run = 0; run < members.size(); ++run)
                simulate(members.subspan(run, 1), outcomes.subspan(run, 1));
            return;
        }
        outcomes[0]->status = RunStatus::failed;
        outcomes[0]->message = fault.what();
    }
}

Member StudyRunner::member(const World& world, int replicate) const {
    const auto& engine = world.settings.engine;
    return {&world,
            {.kind = engine.kind,
             .mode = engine.mode,
             .seed = std::uint64_t(engine.seed),
             .run = std::uint64_t(replicate),
             .fields = fields_behind(selection_),
             .count_routes = selection_.routes,
             .count_origins = selection_.arrivals_from || selection_.displaced_from}};
}

std::int64_t StudyRunner::runs_at_once() const {
    return std::int64_t(most_together(plan_.base.settings.engine.kind));
}

std::vector<RunOutcome> StudyRunner::run(RunRange runs) {
    // The last world may share parts with the next.
    if (worlds_.size() > 1) worlds_.erase(worlds_.begin(), worlds_.end() - 1);
    std::vector<RunOutcome> all(static_cast<std::size_t>(runs.size()));
    std::vector<Member> members;
    std::vector<RunOutcome*> outcomes;
    for (std::int64_t run = runs.first; run < runs.end; ++run) {
        RunOutcome& outcome = all[std::size_t(run - runs.first)];
        const WorldOfRun& here = world_of(run);
        if (!here.world) {
            outcome = {RunStatus::refused, here.refusal, {}};
            continue;
        }
        members.push_back(member(*here.world, plan_.replicate_of(run)));
        outcomes.push_back(&outcome);
    }
    for (std::size_t first = 0; first < members.size();) {
        const auto left = std::span<const Member>(members).subspan(first);
        const std::size_t together = best_together(left);
        simulate(left.first(together), std::span<RunOutcome* const>(outcomes).subspan(first, together));
        first += together;
    }
    const auto sizes = plan_.value_counts();
    for (RunOutcome& outcome : all) {
        for (std::size_t o = 0; o < sizes.size() && outcome.status == RunStatus::done; ++o) {
            const Output& output = plan_.outputs[o];
            const auto values = output.values(outcome.result);
            if (values.size() != sizes[o]) {  // the kind of engine may be an axis
                outcome = {
                    RunStatus::refused, fmt::format("the engine of this run has no '{}'", output.name), {}};
            } else if (!output.may_be_missing && !all_finite(values)) {
                outcome.status = RunStatus::failed;
                outcome.message = fmt::format("'{}' is not a finite number", output.name);
            }
        }
    }
    return all;
}

void run_segments(const StudyPlan& plan, WorkQueue& queue, int threads, const TakeSegment& take,
                  StudyStop& stop) {
    std::vector<std::unique_ptr<StudyRunner>> runners(static_cast<std::size_t>(threads));
    for (auto& runner : runners) runner = std::make_unique<StudyRunner>(plan);
    std::vector<OpenSegment> segments(runners.size(), OpenSegment(plan));
    const auto sizes = plan.value_counts();
    std::mutex guard;
    work_through(queue, threads, [&](RunRange range, int thread) {
        OpenSegment& segment = segments[std::size_t(thread)];
        segment.begin(range.first);
        const std::int64_t at_once = runners[std::size_t(thread)]->runs_at_once();
        for (std::int64_t run = range.first; run < range.end && !stop.is_due();) {
            auto outcomes = runners[std::size_t(thread)]->run({run, std::min(run + at_once, range.end)});
            for (RunOutcome& outcome : outcomes) {
                if (outcome.status != RunStatus::done && plan.settings.on_failure == OnFailure::stop) {
                    const std::lock_guard lock(guard);
                    if (stop.failure.empty()) stop.failure = fmt::format("run {}: {}", run, outcome.message);
                    stop.has_failed = true;
                    break;
                }
                segment.add(std::move(outcome), sizes);
                queue.done(1);
                ++run;
            }
        }
        if (stop.is_due()) queue.close();
        if (!segment.empty()) take(segment.close(sizes));
    });
}

}  // namespace nuzuh
