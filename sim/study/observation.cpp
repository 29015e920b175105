#include "sim/study/observation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

/// By how much a simulated value misses a figure, and the variance of that; in logarithms.
struct Deviation {
    double off, variance;
};

Deviation deviation(const Observation& o, double log_simulated, double discrepancy) {
    const double x = log_simulated + o.bias;
    const bool is_number = o.figure.bound == Bound::about;
    const double report = is_number ? (o.high - o.low) / 2 / half_width_90 : 0;
    const double off = is_number    ? x - (o.low + o.high) / 2
                       : x < o.low  ? o.low - x
                       : x > o.high ? x - o.high
                                    : 0;
    return {off, report * report + o.chance * o.chance + discrepancy * discrepancy};
}

}  // namespace

double log_of(double persons) { return std::log(std::max(persons, 1.0)); }

Observation observation_of(const ReportedFigure& figure) {
    const auto [low, high] = reported_range(figure);
    return {figure, log_of(low), log_of(high)};
}

void weigh_series(std::vector<Observation>& observations) {
    std::map<std::tuple<Quantity, std::string, std::string>, int> lengths;
    const auto series = [](const Observation& o) {
        return std::tuple(o.figure.quantity, o.figure.place, o.figure.area);
    };
    for (const auto& o : observations) ++lengths[series(o)];
    for (auto& o : observations) o.weight = 1 / std::sqrt(double(lengths[series(o)]));
}

double implausibility(const Observation& o, double log_simulated, double discrepancy) {
    const auto [off, variance] = deviation(o, log_simulated, discrepancy);
    return std::abs(off) / std::sqrt(variance);
}

double log_likelihood(const Observation& o, double log_simulated, double discrepancy) {
    const auto [off, variance] = deviation(o, log_simulated, discrepancy);
    const double flat = o.figure.bound == Bound::about ? 0 : o.high - o.low;
    return o.weight *
           (-off * off / 2 / variance - std::log(flat + std::sqrt(2 * std::numbers::pi * variance)));
}

}  // namespace nuzuh
