#include "sim/study/ensemble.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>

#include <omp.h>

#include "sim/study/recorder.hpp"

namespace nuzuh {
namespace {

/// Displaced people by time, home and place, summed over members in thousandths of a person: integer sums do
/// not depend on their order, and so not on the number of threads.
class OriginSums {
public:
    OriginSums(const World& world, int records)
        : size_(std::size_t(world.place_count()) * std::size_t(world.place_count())),
          sums_(size_ * std::size_t(records), 0) {}

    void add(int record, const Eigen::ArrayXXd& displaced_from) {
        std::int64_t* to = sums_.data() + std::size_t(record) * size_;
        for (std::size_t c = 0; c < size_; ++c) to[c] += std::int64_t(displaced_from.data()[c] * 1000 + 0.5);
    }
    void add(const OriginSums& other) {
        for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c] += other.sums_[c];
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

RunResult run_member(const World& world, const EnsembleSpec& spec, int member, OriginSums& by_origin) {
    const auto engine = make_engine(
        world, {spec.engine, spec.mode, spec.seed, std::uint64_t(member), spec.traces});
    Recorder recorder(world, spec.every_steps);
    StepRecord record;
    int records = 0;
    for (int step = 0; step < world.steps; ++step) {
        engine->step(record);
        if (recorder.add(record)) by_origin.add(records++, record.displaced_from);
    }
    recorder.result().histories = engine->histories();
    return std::move(recorder.result());
}

}  // namespace

EnsembleResult run_ensemble(const World& world, const EnsembleSpec& spec) {
    EnsembleResult result;
    const int records = (world.steps + spec.every_steps - 1) / spec.every_steps;
    for (int r = 0; r < records; ++r) {
        const int last_step = std::min((r + 1) * spec.every_steps, world.steps) - 1;
        result.days.push_back(std::floor(last_step * world.dt));
    }
    result.members.resize(std::size_t(spec.members));
    OriginSums by_origin(world, records);
    const int threads = std::min(spec.threads > 0 ? spec.threads : omp_get_max_threads(), spec.members);
    std::atomic<int> done = 0;
    std::mutex guard;
    int first_failed = spec.members;
#pragma omp parallel num_threads(threads)
    {
        OriginSums mine(world, records);
#pragma omp for schedule(dynamic)
        for (int member = 0; member < spec.members; ++member) {
            try {
                result.members[std::size_t(member)] = run_member(world, spec, member, mine);
                if (spec.progress) spec.progress(++done, spec.members);
            } catch (const std::exception& fault) {
                const std::lock_guard lock(guard);
                if (member < first_failed) result.failure = fault.what();
                first_failed = std::min(first_failed, member);
            }
        }
        const std::lock_guard lock(guard);
        by_origin.add(mine);
    }
    result.mean_displaced_from = by_origin.mean(spec.members);
    return result;
}

}  // namespace nuzuh
