#include "sim/study/pool.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/study/plain_forecast.hpp"
#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

constexpr double before_any = 5;  ///< past forecasts that what is expected stands for

/// Relative to their mean; all 1 where nothing was ever wrong.
std::vector<double> relative(std::vector<double> scores) {
    const double mean = std::accumulate(scores.begin(), scores.end(), 0.0) / double(scores.size());
    for (double& s : scores) s = mean > 0 ? s / mean : 1;
    return scores;
}

}  // namespace

double nearness(int days_ahead, int days_ahead_asked) {
    return std::min(days_ahead, days_ahead_asked) / double(std::max(days_ahead, days_ahead_asked));
}

std::vector<double> pool_weights(const std::vector<double>& expected, const std::vector<PastScores>& past) {
    std::vector<double> sums(expected.size(), 0.0);
    double count = 0;
    for (const auto& one : past) {
        for (std::size_t r = 0; r < sums.size(); ++r) sums[r] += one.counts * one.by_rule[r];
        count += one.counts;
    }
    const auto before = relative(expected), since = relative(sums);
    std::vector<double> weights;
    for (std::size_t r = 0; r < sums.size(); ++r)
        weights.push_back(std::pow((before_any * before[r] + count * since[r]) / (before_any + count), -2));
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& w : weights) w /= sum;
    return weights;
}

std::vector<double> pooled(const std::vector<std::vector<double>>& members,
                           const std::vector<double>& weights) {
    std::vector<double> mean(steps_in_band + 1, 0.0);
    for (std::size_t r = 0; r < members.size(); ++r) {
        auto logs = members[r];
        for (double& x : logs) x = std::log1p(x);
        std::sort(logs.begin(), logs.end());
        for (std::size_t q = 0; q < mean.size(); ++q)
            mean[q] += weights[r] * quantile_of_sorted(logs, double(q) / steps_in_band);
    }
    for (double& x : mean) x = std::expm1(x);
    return mean;
}

}  // namespace nuzuh
