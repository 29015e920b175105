#include "sim/study/plain_forecast.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>

#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

constexpr int fortnight = 14, four_weeks = 28;
constexpr int most_in_band = 99;

/// The last day on which a series was another than on the day before; 0 if it never was.
Eigen::Index last_change(const Eigen::ArrayXd& series) {
    Eigen::Index day = series.size() - 1;
    while (day > 0 && series(day) == series(day - 1)) --day;
    return day;
}

/// How those who came in the last fortnight with arrivals divide among camps; none if nobody ever came.
Eigen::ArrayXd recent_arrivals(const Eigen::ArrayXXd& known) {
    const Eigen::Index last = last_change(known.rowwise().sum());
    const Eigen::Index first = std::max<Eigen::Index>(0, last - fortnight);
    return (known.row(last) - known.row(first)).max(0.0);
}

}  // namespace

Eigen::ArrayXd plain_forecast(PlainRule rule, const Eigen::ArrayXXd& known, double total) {
    const Eigen::ArrayXd now = known.bottomRows(1).transpose();
    const double all = now.sum();
    Eigen::ArrayXd kept = all > 0 ? Eigen::ArrayXd(now * (total / all)) : now;
    if (rule == PlainRule::persistence || total <= all) return kept;
    const Eigen::ArrayXd came = recent_arrivals(known);
    return came.sum() > 0 ? Eigen::ArrayXd(now + came * ((total - all) / came.sum())) : kept;
}

double recent_rate(const Eigen::ArrayXd& total) {
    const Eigen::Index last = last_change(total), first = std::max<Eigen::Index>(0, last - four_weeks);
    return last > first ? std::max(0.0, total(last) - total(first)) / double(last - first) : 0;
}

void PastErrors::add(double said, double counted, double scale) {
    (said < 1 ? where_nobody : where_somebody).push_back(scale * (std::log1p(counted) - std::log1p(said)));
}

std::vector<double> PastErrors::band(double said, int days_ahead) const {
    std::vector<double> errors = said < 1 ? where_nobody : where_somebody;
    std::sort(errors.begin(), errors.end());
    const bool known = errors.size() >= fewest;
    const boost::math::normal usual(0, default_spread * std::sqrt(days_ahead / double(fortnight)));
    std::vector<double> band;
    for (int m = 1; m <= most_in_band; ++m) {
        const double p = m / (most_in_band + 1.0);
        const double error = known       ? quantile_of_sorted(errors, p)
                             : said >= 1 ? boost::math::quantile(usual, p)
                                         : 0;
        band.push_back(std::max(0.0, std::expm1(std::log1p(said) + error)));
    }
    return band;
}

PastErrors past_errors(PlainRule rule, const Eigen::ArrayXXd& counted, int day, int days_ahead, double least,
                       const std::function<double(int day, int days_ahead)>& total) {
    constexpr int week = 7;
    PastErrors errors;
    for (int then = week; then + days_ahead <= day; then += week) {
        const Eigen::ArrayXXd known = counted.topRows(then + 1);
        if (known.bottomRows(1).sum() < std::max(1.0, least)) continue;
        const Eigen::ArrayXd said = plain_forecast(rule, known, total(then, days_ahead));
        for (Eigen::Index c = 0; c < said.size(); ++c) errors.add(said(c), counted(then + days_ahead, c));
    }
    return errors;
}

}  // namespace nuzuh
