#include "sim/study/skill.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

/// Levels whose intervals make up the weighted interval score, as 1 - level.
constexpr std::array interval_alphas{0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};

double wis_of_sorted(const std::vector<double>& sorted, double value) {
    double sum = 0.5 * std::abs(value - quantile_of_sorted(sorted, 0.5));
    for (double alpha : interval_alphas) {
        sum += alpha / 2 *
               interval_score(quantile_of_sorted(sorted, alpha / 2),
                              quantile_of_sorted(sorted, 1 - alpha / 2), alpha, value);
    }
    return sum / (double(interval_alphas.size()) + 0.5);
}

double crps_of_sorted(const std::vector<double>& sorted, double value) {
    const auto n = double(sorted.size());
    double distance = 0, spread = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        distance += std::abs(sorted[i] - value);
        spread += (2 * double(i) + 1 - n) * sorted[i];  // sum of |x - x'| over pairs
    }
    return distance / n - spread / (n * n);
}

bool covers_sorted(const std::vector<double>& sorted, double level, double value) {
    return quantile_of_sorted(sorted, (1 - level) / 2) <= value &&
           value <= quantile_of_sorted(sorted, (1 + level) / 2);
}

std::vector<double> in_order(std::vector<double> sample) {
    std::sort(sample.begin(), sample.end());
    return sample;
}

/// Scores of one series.
///
/// @param members  [T, M]
Skill series_skill(const Eigen::ArrayXXd& members, const Eigen::ArrayXd& counted, int lag) {
    Skill result;
    const auto records = counted.size();
    Eigen::ArrayXd median(records);
    for (Eigen::Index t = 0; t < records; ++t) {
        const Eigen::ArrayXd row = members.row(t);
        const auto sorted = in_order({row.begin(), row.end()});
        median(t) = quantile_of_sorted(sorted, 0.5);
        result.crps += crps_of_sorted(sorted, counted(t));
        result.interval_score += wis_of_sorted(sorted, counted(t));
        const Eigen::ArrayXd logs = row.log1p();
        result.log_interval_score +=
            wis_of_sorted(in_order({logs.begin(), logs.end()}), std::log1p(counted(t)));
        result.covered_50 += covers_sorted(sorted, 0.5, counted(t));
        result.covered_90 += covers_sorted(sorted, 0.9, counted(t));
    }
    const auto n = double(records);
    for (double* mean : {&result.crps, &result.interval_score, &result.log_interval_score, &result.covered_50,
                         &result.covered_90}) {
        *mean /= n;
    }
    result.relative_difference = ((members.rowwise().mean() - counted).abs() / counted.max(1.0)).mean();
    result.scaled_error = mean_absolute_scaled_error(median, counted, lag);
    result.correlation = nuzuh::correlation(median, counted);
    return result;
}

/// The mean of a score over places, leaving out those where it is not defined.
double mean_over(const std::vector<Skill>& places, double Skill::*score) {
    double sum = 0;
    int defined = 0;
    for (const Skill& one : places) {
        if (std::isnan(one.*score)) continue;
        sum += one.*score;
        ++defined;
    }
    return defined > 0 ? sum / defined : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

double averaged_relative_difference(const Eigen::ArrayXXd& simulated, const Eigen::ArrayXXd& counted,
                                    bool rescaled) {
    const Eigen::ArrayXd total = counted.rowwise().sum();
    Eigen::ArrayXXd scaled = simulated;
    if (rescaled) {
        const Eigen::ArrayXd sum = simulated.rowwise().sum();
        scaled.colwise() *= (sum > 0).select(total / sum.max(std::numeric_limits<double>::min()), 0.0);
    }
    return ((scaled - counted).abs().rowwise().sum() / total.max(1.0)).mean();
}

double mean_absolute_scaled_error(const Eigen::ArrayXd& simulated, const Eigen::ArrayXd& counted, int lag) {
    const auto rest = counted.size() - lag;
    if (rest <= 0) return std::numeric_limits<double>::quiet_NaN();
    const double scale = (counted.tail(rest) - counted.head(rest)).abs().mean();
    return scale > 0 ? (simulated - counted).abs().mean() / scale : std::numeric_limits<double>::quiet_NaN();
}

double crps(std::vector<double> ensemble, double value) {
    return crps_of_sorted(in_order(std::move(ensemble)), value);
}

double interval_score(double low, double high, double alpha, double value) {
    return high - low + 2 / alpha * (std::max(0.0, low - value) + std::max(0.0, value - high));
}

double weighted_interval_score(std::vector<double> ensemble, double value) {
    return wis_of_sorted(in_order(std::move(ensemble)), value);
}

bool covers(std::vector<double> ensemble, double level, double value) {
    return covers_sorted(in_order(std::move(ensemble)), level, value);
}

double correlation(const Eigen::ArrayXd& a, const Eigen::ArrayXd& b) {
    const Eigen::ArrayXd da = a - a.mean(), db = b - b.mean();
    const double spread = std::sqrt(da.square().sum() * db.square().sum());
    return spread > 0 ? (da * db).sum() / spread : std::numeric_limits<double>::quiet_NaN();
}

SkillTable skill(const std::vector<Eigen::ArrayXXd>& members, const Eigen::ArrayXXd& counted,
                 int records_a_week) {
    SkillTable table;
    const auto runs = Eigen::Index(members.size());
    Eigen::ArrayXXd series(counted.rows(), runs);
    for (Eigen::Index c = 0; c < counted.cols(); ++c) {
        for (Eigen::Index m = 0; m < runs; ++m) series.col(m) = members[std::size_t(m)].col(c);
        table.by_place.push_back(series_skill(series, counted.col(c), records_a_week));
    }
    for (Eigen::Index m = 0; m < runs; ++m) series.col(m) = members[std::size_t(m)].rowwise().sum();
    table.total = series_skill(series, counted.rowwise().sum(), records_a_week);
    for (auto score : {&Skill::scaled_error, &Skill::crps, &Skill::interval_score, &Skill::log_interval_score,
                       &Skill::covered_50, &Skill::covered_90, &Skill::correlation}) {
        table.all.*score = mean_over(table.by_place, score);
    }
    Eigen::ArrayXXd mean = Eigen::ArrayXXd::Zero(counted.rows(), counted.cols());
    for (const auto& member : members) mean += member / double(runs);
    table.all.relative_difference = averaged_relative_difference(mean, counted);
    table.all.rescaled_difference = averaged_relative_difference(mean, counted, true);
    return table;
}

}  // namespace nuzuh
