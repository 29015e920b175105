#include "output/study_estimate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "output/chunks.hpp"
#include "output/memory.hpp"
#include "output/parts.hpp"
#include "output/segment_file.hpp"
#include "sim/model/network_states.hpp"
#include "sim/study/number_text.hpp"

namespace nuzuh {

namespace {

namespace fs = std::filesystem;

struct Probe {
    double seconds = 0;     ///< mean
    double disk_bytes = 0;  ///< mean, of what is kept of every run
};

double stored_bytes(const StudyPlan& plan, const RunResult& run) {
    double bytes = 0;
    for (const auto& output : plan.outputs) {
        if (output.keep != Keep::runs) continue;
        const auto values = output.values(run);
        bytes +=
            is_packed(output) ? double(shuffled_and_deflated(values).size()) : double(values.size_bytes());
    }
    return bytes;
}

/// At least a few runs spread over the study, but after the first no more than a second takes.
Probe probe(const StudyPlan& plan) {
    using Clock = std::chrono::steady_clock;
    constexpr int few = 5;
    StudyRunner runner(plan);
    Probe sum;
    int runs = 0, probes = 0;
    const auto start = Clock::now();
    do {
        const std::int64_t first = plan.run_count() * probes / few;
        for (const RunOutcome& outcome :
             runner.run({first, std::min(first + runner.runs_at_once(), plan.run_count())})) {
            if (outcome.status == RunStatus::done) sum.disk_bytes += stored_bytes(plan, outcome.result);
            ++runs;
        }
        ++probes;
        sum.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    } while (runs < std::min<std::int64_t>(few, plan.run_count()) && sum.seconds < 1);
    return {sum.seconds / runs, sum.disk_bytes / runs};
}

double world_bytes(const World& world) {
    const double places = world.place_count(), modes = double(world.modes.size());
    const double a_step = places * sizeof(double) * (world.group_count() + 12);
    const double held =
        world.attraction->held.empty() ? 0 : world.steps * modes * places * places * sizeof(double);
    return world.steps * a_step + held + bytes_of_ways(world);
}

}  // namespace

StudyEstimate estimate_study(const StudyPlan& plan, const std::vector<RunRange>& left, int workers,
                             int shards) {
    StudyEstimate estimate;
    for (const RunRange& range : left) estimate.runs += range.size();
    estimate.sets = plan.design.count();
    estimate.workers = workers;
    if (estimate.runs == 0) return estimate;
    const Probe one = probe(plan);
    estimate.seconds_a_run = one.seconds;
    estimate.seconds = one.seconds * double(estimate.runs) / workers;

    double values = 0, tallied = 0;
    const auto counts = plan.value_counts();
    for (std::size_t o = 0; o < counts.size(); ++o)
        (plan.outputs[o].keep == Keep::runs ? values : tallied) += double(counts[o]);
    constexpr double segment_seconds = 2, segment_bytes = 8e6;
    constexpr std::int64_t most_runs = 256, segments_a_worker = 8;
    const double by_time = segment_seconds / std::max(one.seconds, 1e-6);
    const double by_memory = segment_bytes / (4 * (values + tallied) + 1);
    const auto by_share = plan.run_count() / (std::int64_t(workers) * shards * segments_a_worker);
    const auto block = std::min<std::int64_t>(std::int64_t(std::min(by_time, by_memory)), by_share);
    const std::int64_t at_once = StudyRunner(plan).runs_at_once();  // fewer take as long
    estimate.block = std::clamp(block / at_once * at_once, at_once, most_runs);

    constexpr double bytes_a_bin = 6, bins_filled = 128, levels = 3, fold_width = 16;
    const double tally_bytes = tallied * (12 + bytes_a_bin * std::min(bins_filled, double(plan.run_count())));
    const double run_bytes = 4 * values * double(plan.run_count());
    const double folded_bytes = tallied > 0 ? std::min(run_bytes, most_folded_bytes) : 0;
    estimate.memory_bytes = workers * ((0.5 + double(at_once)) * world_bytes(plan.base) +
                                       3 * 4 * double(estimate.block) * (values + tallied)) +
                            3 * tally_bytes + 3 * folded_bytes +
                            64.0 * double(plan.run_count()) * (1 + double(plan.design.axes.size()));
    const double segments = double(plan.run_count()) / double(estimate.block);
    const double folded_segments = fold_width * (levels + run_bytes / most_folded_bytes);
    estimate.disk_bytes = 2 * one.disk_bytes * double(estimate.runs) +
                          tally_bytes * std::min(segments, folded_segments) +
                          8.0 * double(plan.run_count()) * (4 + double(plan.design.axes.size())) + 4e6;
    return estimate;
}

std::string StudyEstimate::text() const {
    if (runs == 0) return "nothing left to run";
    return fmt::format("{} runs left ({} sets): {} each, about {} on {} {}; {} of memory, {} on the disk",
                       grouped(double(runs)), grouped(double(sets)), duration_text(seconds_a_run),
                       duration_text(seconds), workers, workers == 1 ? "worker" : "workers",
                       bytes_text(memory_bytes), bytes_text(disk_bytes));
}

std::string StudyEstimate::refusal(const fs::path& folder) const {
    if (memory_bytes > available_bytes())
        return fmt::format("the study needs about {} of memory and {} are free", bytes_text(memory_bytes),
                           bytes_text(available_bytes()));
    std::error_code error;
    fs::path there = fs::absolute(folder).parent_path();
    const auto space = fs::space(there, error);
    if (!error && disk_bytes > double(space.available))
        return fmt::format("the study needs about {} on the disk of {} and {} are free",
                           bytes_text(disk_bytes), there.string(), bytes_text(double(space.available)));
    return "";
}

}  // namespace nuzuh
