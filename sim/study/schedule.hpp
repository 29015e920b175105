// Runs handed out to whoever is free: the same for members of an ensemble, points of a study, threads and ranks.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace nuzuh {

/// Runs with numbers from `first` to `end` - 1.
struct RunRange {
    std::int64_t first = 0;
    std::int64_t end = 0;

    std::int64_t size() const { return end - first; }
    bool operator==(const RunRange&) const = default;
};

/// Of ranges that may overlap, some that do not and hold the most runs between them, in order.
///
/// Duplicate launches may leave overlapping segments; results are put together from these.
std::vector<RunRange> without_overlap(std::vector<RunRange> ranges);

/// Runs of a range that are not done, cut at the multiples of `block`.
///
/// @param done  in order, without overlap
std::vector<RunRange> missing_runs(RunRange all, const std::vector<RunRange>& done, std::int64_t block);

/// Part i of n of some runs, i from 1: parts differ in size by one run at most.
RunRange shard_of(std::int64_t runs, int i, int n);

/// The queue of runs from which workers take their work.
///
/// Threads  all members may be called from any thread.
class WorkQueue {
public:
    virtual ~WorkQueue() = default;

    /// The next runs for the worker that asks; nothing when all are handed out.
    virtual std::optional<RunRange> next() = 0;

    /// Told as runs finish.
    virtual void done(std::int64_t runs) = 0;

    /// Hands out no more.
    virtual void close() = 0;

    /// Told once, when nobody here will ask again.
    virtual void leave() {}
};

/// A work queue within one process.
class LocalWorkQueue : public WorkQueue {
public:
    explicit LocalWorkQueue(std::vector<RunRange> ranges,
                            std::function<void(std::int64_t done)> progress = {})
        : ranges_(std::move(ranges)), progress_(std::move(progress)) {}

    std::optional<RunRange> next() override;
    void done(std::int64_t runs) override;
    void close() override;

private:
    std::mutex guard_;
    std::vector<RunRange> ranges_;
    std::size_t handed_out_ = 0;
    std::int64_t done_ = 0;
    std::function<void(std::int64_t)> progress_;
};

/// Has OpenMP threads take ranges from a queue until it has none left.
///
/// @param work  called with a range and the number of the thread; the first exception closes the queue and is thrown
///              again when all threads have come back
void work_through(WorkQueue& queue, int threads, const std::function<void(RunRange, int thread)>& work);

/// Threads that a number given on the command line stands for; 0: those of OpenMP, but no more than the control groups of this
/// process have processors. A thread that waits for its turn keeps all others waiting.
int thread_count(int asked);

}  // namespace nuzuh
