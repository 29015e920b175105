#include "output/ensemble_summary.hpp"

#include <algorithm>
#include <cmath>

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
    std::sort(sample.begin(), sample.end());
    for (std::size_t q = 0; q < quantile_levels.size(); ++q)
        out.quantile[q][at] = float(quantile_of_sorted(sample, quantile_levels[q]));
}

}  // namespace

EnsembleSummary summarise(std::size_t members, std::size_t values,
                          const std::function<std::span<const float>(std::size_t)>& member, int threads) {
    EnsembleSummary out;
    out.mean.resize(values);
    for (auto& quantile : out.quantile) quantile.resize(values);
    if (members == 0) return out;
    const int workers = thread_count(threads);
    const bool worth_threads = members * values > 100'000;
#pragma omp parallel num_threads(workers) if (worth_threads)
    {
        std::vector<float> samples(block * members);  // [value, member]
#pragma omp for schedule(dynamic)
        for (std::size_t first = 0; first < values; first += block) {
            const std::size_t here = std::min(block, values - first);
            for (std::size_t m = 0; m < members; ++m) {
                const auto from = member(m).subspan(first, here);
                for (std::size_t i = 0; i < here; ++i) samples[i * members + m] = from[i];
            }
            for (std::size_t i = 0; i < here; ++i)
                summarise_value(std::span(samples).subspan(i * members, members), first + i, out);
        }
    }
    return out;
}

}  // namespace nuzuh
