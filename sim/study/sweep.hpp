// A study, run by run.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/study/collect.hpp"
#include "sim/study/design.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/kept_places.hpp"
#include "sim/study/run_counts.hpp"
#include "sim/study/schedule.hpp"
#include "sim/study/tally.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh {

/// Sets an axis of a study in the settings; gives what is wrong with the value, "" if nothing.
using SetAxis = std::function<std::string(ScenarioSettings&, const Axis&, double coordinate)>;

/// What a setting is, for the results file.
struct AxisText {
    std::string unit;
    std::string meaning;
};

/// Everything that a study's runs depend on. Run n is replicate n mod R of set n div R; replicate r draws the random
/// numbers and the unknowns of member r whatever the set: sets differ by their settings alone.
struct StudyPlan {
    World base;                        ///< of the scenario with nothing varied
    std::optional<Unknowns> unknowns;  ///< what replicates draw, but for what axes vary; none: chance alone
    StudySettings settings;
    Design design;
    std::vector<AxisText> axis_texts;  ///< for each axis
    std::vector<Output> outputs;
    SetAxis set_axis;

    std::int64_t run_count() const { return std::int64_t(design.count()) * settings.replicates; }
    std::vector<double> days() const;               ///< of the records, see `record_days`
    std::vector<std::size_t> value_counts() const;  ///< of each output, in one run
    int set_of(std::int64_t run) const { return int(run / settings.replicates); }
    int replicate_of(std::int64_t run) const { return int(run % settings.replicates); }
};

/// A run of a study.
struct RunOutcome {
    RunStatus status = RunStatus::done;
    std::string message;  ///< why not done
    RunResult result;
};

/// Runs of one worker, which keeps the worlds it works on.
class StudyRunner {
public:
    explicit StudyRunner(const StudyPlan& plan)
        : plan_(plan), selection_(selection_for(plan.outputs)), kept_(plan.base) {}

    /// How many runs are best asked for at once.
    std::int64_t runs_at_once() const;

    /// Outcomes of consecutive runs. They do not depend on which runs are asked for at once.
    std::vector<RunOutcome> run(RunRange runs);

private:
    /// The world of a set, or of one of its replicates where these draw what is not known; none if it was refused.
    struct WorldOfRun {
        int set, replicate;
        std::unique_ptr<World> world;
        std::string refusal;
    };

    const WorldOfRun& world_of(std::int64_t run);
    WorldOfRun build(int set, int replicate) const;
    Member member(const World& world, int replicate) const;
    void simulate(std::span<const Member> members, std::span<RunOutcome* const> outcomes) const;

    const StudyPlan& plan_;
    Selection selection_;
    KeptPlaces kept_;
    std::vector<WorldOfRun> worlds_;  ///< in order
};

/// Consecutive runs as a worker hands them in.
struct Segment {
    std::int64_t first = 0;
    std::vector<RunStatus> status;     ///< [runs]
    std::vector<std::string> message;  ///< [runs]
    /// For each output of the plan: values [runs, N] of every run, NaN where it was not done; empty where quantiles are
    /// kept.
    std::vector<std::vector<float>> values;
    std::vector<Tally>
        tallies;  ///< for each output of which quantiles are kept, over the runs that were done

    RunRange range() const { return {first, first + std::int64_t(status.size())}; }
};

/// Takes closed segments, from any thread.
using TakeSegment = std::function<void(const Segment&)>;

/// When a study is to break off: finish the runs in hand, close the segments, and come back.
struct StudyStop {
    const std::atomic<bool>* asked = nullptr;  ///< set by whoever launched it; none: nobody asks
    std::atomic<bool> has_failed = false;      ///< a run failed, with on_failure: stop
    std::string failure;                       ///< which, and why

    bool is_due() const { return has_failed || (asked && *asked); }
};

/// Does what the queue hands out. A range that is broken off, by a signal or a failing run, is handed in as far as it
/// got; the failing run itself is not, so that it is tried again.
///
/// @throws  what `take` throws, after every worker has come back
void run_segments(const StudyPlan& plan, WorkQueue& queue, int threads, const TakeSegment& take,
                  StudyStop& stop);

}  // namespace nuzuh
