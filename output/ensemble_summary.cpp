#include "output/ensemble_summary.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/threads.hpp"
#include "sim/study/quantile.hpp"
#include "sim/study/schedule.hpp"

namespace nuzuh {

namespace {

constexpr std::size_t block = 64;  ///< values handled together: a cache line or more of every member

/// Mean and quantiles of one value; sorts `sample`.
void summarise_value(std::span<float> sample, std::size_t at, EnsembleSummary& out) {
    double sum = 0;
    for (float value : sample) sum += value;
    out.mean[at] = float(sum / double(sample.size()));
    if (!std::is_sorted(sample.begin(), sample.end()))  // mostly all are the same, or none
        std::sort(sample.begin(), sample.end());
    for (std::size_t q = 0; q < quantile_levels.size(); ++q)
        out.quantile[q][at] = float(quantile_of_sorted(sample, quantile_levels[q]));
}

EnsembleSummary no_summary(std::size_t values) {
    EnsembleSummary out;
    out.mean.resize(values);
    for (auto& quantile : out.quantile) quantile.resize(values);
    return out;
}

/// Mean and quantiles of some values.
///
/// @param member  the values from `start` on of one member
void summarise_part(std::size_t members, std::size_t start, std::size_t values,
                    const std::function<std::span<const float>(std::size_t)>& member, int threads,
                    EnsembleSummary& out) {
    const bool worth_threads = members * values > 100'000;
    const int workers = worth_threads ? thread_count(threads) : 1;
    // Made before there are threads: an exception cannot leave them.
    std::vector<std::vector<float>> samples_of(std::size_t(workers), std::vector<float>(block * members));
#pragma omp parallel num_threads(workers)
    {
        auto& samples = samples_of[std::size_t(thread_number())];  // [value, member]
#pragma omp for schedule(dynamic)
        for (std::size_t first = 0; first < values; first += block) {
            const std::size_t here = std::min(block, values - first);
            for (std::size_t m = 0; m < members; ++m) {
                const auto from = member(m).subspan(first, here);
                for (std::size_t i = 0; i < here; ++i) samples[i * members + m] = from[i];
            }
            for (std::size_t i = 0; i < here; ++i)
                summarise_value(std::span(samples).subspan(i * members, members), start + first + i, out);
        }
    }
}

}  // namespace

EnsembleSummary summarise(std::size_t members, std::size_t values,
                          const std::function<std::span<const float>(std::size_t)>& member, int threads) {
    EnsembleSummary out = no_summary(values);
    if (members > 0) summarise_part(members, 0, values, member, threads, out);
    return out;
}

EnsembleSummary summarise_fetched(std::size_t members, std::size_t values,
                                  const std::function<std::vector<float>(std::size_t)>& member, double room,
                                  int threads) {
    EnsembleSummary out = no_summary(values);
    if (members == 0 || values == 0) return out;
    const int workers = thread_count(threads);
    const auto at_once = std::size_t(std::max(1.0, room / double(sizeof(float) * members)));
    std::vector<std::vector<float>> part(members);
    for (std::size_t first = 0; first < values; first += at_once) {
        const std::size_t here = std::min(at_once, values - first);
        CarriedFailure failure;
#pragma omp parallel for schedule(dynamic) num_threads(workers)
        for (std::size_t m = 0; m < members; ++m) {
            failure.watch([&] {
                const auto all = member(m);
                const auto from = std::span(all).subspan(first, here);
                part[m].assign(from.begin(), from.end());
            });
        }
        failure.rethrow();
        summarise_part(
            members, first, here, [&](std::size_t m) { return std::span<const float>(part[m]); }, threads,
            out);
    }
    return out;
}

}  // namespace nuzuh
