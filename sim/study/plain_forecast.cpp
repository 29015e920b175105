#include "sim/study/plain_forecast.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>

#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

constexpr int fortnight = 14, four_weeks = 28;

/// The last day up to `day` on which a sum was another than on the day before; 0 if it never was.
template <class SumOn>
Eigen::Index last_change(Eigen::Index day, const SumOn& sum_on) {
    while (day > 0 && sum_on(day) == sum_on(day - 1)) --day;
    return day;
}

/// How those who came in the last fortnight with arrivals divide among camps; none if nobody ever came.
Eigen::ArrayXd recent_arrivals(const CountsUpTo& known) {
    const Eigen::Index last =
        last_change(known.rows() - 1, [&](Eigen::Index day) { return known.row(day).sum(); });
    const Eigen::Index first = std::max<Eigen::Index>(0, last - fortnight);
    return (known.row(last) - known.row(first)).max(0.0);
}

}  // namespace

Eigen::ArrayXd plain_forecast(PlainRule rule, const CountsUpTo& known, double total) {
    const Eigen::ArrayXd now = known.bottomRows(1).transpose();
    const double all = now.sum();
    Eigen::ArrayXd kept = all > 0 ? Eigen::ArrayXd(now * (total / all)) : now;
    if (rule == PlainRule::persistence || total <= all) return kept;
    const Eigen::ArrayXd came = recent_arrivals(known);
    return came.sum() > 0 ? Eigen::ArrayXd(now + came * ((total - all) / came.sum())) : kept;
}

double recent_rate(const Eigen::Ref<const Eigen::ArrayXd>& total) {
    const Eigen::Index last = last_change(total.size() - 1, [&](Eigen::Index day) { return total(day); }),
                       first = std::max<Eigen::Index>(0, last - four_weeks);
    return last > first ? std::max(0.0, total(last) - total(first)) / double(last - first) : 0;
}

void PastErrors::add(double said, double counted, double scale) {
    (said < 1 ? where_nobody : where_somebody).push_back(scale * (std::log1p(counted) - std::log1p(said)));
}

namespace {

/// Below which the next error lies with a chance of p, where it may come at any rank among those before it: type 6 of
/// Hyndman and Fan 1996.
double quantile_of_next(const std::vector<double>& sorted, double p) {
    const auto n = double(sorted.size());
    return quantile_of_sorted(sorted, std::clamp((p * (n + 1) - 1) / (n - 1), 0.0, 1.0));
}

/// Quantiles of the next error, half a percent apart, of which `quantile` gives back each; of too few errors those of `usual`.
template <class Usual>
std::vector<double> quantiles_of(std::vector<double> errors, const Usual& usual) {
    std::sort(errors.begin(), errors.end());
    std::vector<double> quantiles;
    for (int m = 0; m <= steps_in_band; ++m) {
        const double p = std::clamp(double(m), 0.5, steps_in_band - 0.5) / steps_in_band;
        quantiles.push_back(errors.size() >= PastErrors::fewest ? quantile_of_next(errors, p) : usual(p));
    }
    return quantiles;
}

}  // namespace

ErrorQuantiles PastErrors::quantiles(int days_ahead) const {
    const boost::math::normal normal(0, default_spread * std::sqrt(days_ahead / double(fortnight)));
    return {quantiles_of(where_somebody, [&](double p) { return boost::math::quantile(normal, p); }),
            quantiles_of(where_nobody, [](double) { return 0.0; })};
}

std::vector<double> ErrorQuantiles::band(double said) const {
    std::vector<double> band;
    for (const double error : said < 1 ? where_nobody : where_somebody)
        band.push_back(std::max(0.0, std::expm1(std::log1p(said) + error)));
    return band;
}

PastErrors past_errors(PlainRule rule, const Eigen::ArrayXXd& counted, int day, int days_ahead, double least,
                       const std::function<double(int day, int days_ahead)>& total) {
    constexpr int week = 7;
    PastErrors errors;
    for (int then = week; then + days_ahead <= day; then += week) {
        const CountsUpTo known = counted.topRows(then + 1);
        if (known.bottomRows(1).sum() < std::max(1.0, least)) continue;
        const Eigen::ArrayXd said = plain_forecast(rule, known, total(then, days_ahead));
        for (Eigen::Index c = 0; c < said.size(); ++c) errors.add(said(c), counted(then + days_ahead, c));
    }
    return errors;
}

}  // namespace nuzuh
