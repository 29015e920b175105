#include "sim/study/schedule.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/threads.hpp"
#include "sim/study/control_group.hpp"

namespace nuzuh {

std::vector<RunRange> without_overlap(std::vector<RunRange> ranges) {
    std::sort(ranges.begin(), ranges.end(),
              [](RunRange a, RunRange b) { return std::pair(a.end, a.first) < std::pair(b.end, b.first); });
    // Weighted interval scheduling: the most runs held by the first i ranges, with or without the last of them.
    std::vector<std::int64_t> most(ranges.size() + 1, 0);
    std::vector<std::size_t> before(ranges.size());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const auto fits =
            std::upper_bound(ranges.begin(), ranges.begin() + std::ptrdiff_t(i), ranges[i].first,
                             [](std::int64_t first, RunRange r) { return first < r.end; });
        before[i] = std::size_t(fits - ranges.begin());
        most[i + 1] = std::max(most[i], most[before[i]] + ranges[i].size());
    }
    std::vector<RunRange> chosen;
    for (std::size_t i = ranges.size(); i > 0;) {
        const bool taken = most[i] > most[i - 1];
        if (taken) chosen.push_back(ranges[i - 1]);
        i = taken ? before[i - 1] : i - 1;
    }
    std::reverse(chosen.begin(), chosen.end());
    return chosen;
}

std::vector<RunRange> missing_runs(RunRange all, const std::vector<RunRange>& done, std::int64_t block) {
    std::vector<RunRange> missing;
    const auto add = [&](std::int64_t from, std::int64_t end) {
        while (from < end) {
            const std::int64_t cut = std::min(end, (from / block + 1) * block);
            missing.push_back({from, cut});
            from = cut;
        }
    };
    std::int64_t at = all.first;
    for (const RunRange& range : done) {
        add(at, std::min(range.first, all.end));
        at = std::max(at, range.end);
    }
    add(at, all.end);
    return missing;
}

RunRange shard_of(std::int64_t runs, int i, int n) { return {runs * (i - 1) / n, runs * i / n}; }

std::optional<RunRange> LocalWorkQueue::next() {
    const std::lock_guard lock(guard_);
    if (handed_out_ >= ranges_.size()) return {};
    return ranges_[handed_out_++];
}

void LocalWorkQueue::done(std::int64_t runs) {
    const std::lock_guard lock(guard_);
    done_ += runs;
    if (progress_) progress_(done_);
}

void LocalWorkQueue::close() {
    const std::lock_guard lock(guard_);
    handed_out_ = ranges_.size();
}

void work_through(WorkQueue& queue, int threads, const std::function<void(RunRange, int thread)>& work) {
    CarriedFailure failure;
#pragma omp parallel num_threads(threads)
    {
        const bool done = failure.watch([&] {
            while (const auto range = queue.next()) work(*range, thread_number());
        });
        if (!done) queue.close();
    }
    failure.rethrow();
}

int thread_count(int asked) {
    if (asked > 0) return asked;
    static const double processors = control_group_limits().processors;
    return processors < most_threads() ? std::max(1, int(std::ceil(processors))) : most_threads();
}

}  // namespace nuzuh
