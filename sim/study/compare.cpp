#include "sim/study/compare.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include <fmt/format.h>

#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

constexpr Band levels{0.05, 0.25, 0.5, 0.75, 0.95};

std::vector<double> differences_of(const Measure& a, const Measure& b, bool paired) {
    std::vector<double> values;
    if (paired) {
        for (std::size_t m = 0; m < a.members.size(); ++m) values.push_back(b.members[m] - a.members[m]);
        return values;
    }
    for (double x : a.members) {
        for (double y : b.members) values.push_back(y - x);
    }
    return values;
}

Difference difference_of(const Measure& a, const Measure& b, bool paired) {
    Difference result;
    result.measure = {a.quantity, a.unit, a.origin, a.place, {}};
    result.a_median = quantile(a.members, 0.5);
    result.b_median = quantile(b.members, 0.5);
    auto values = differences_of(a, b, paired);
    const auto share = [&](auto counted) {
        return double(std::count_if(values.begin(), values.end(), counted)) / double(values.size());
    };
    result.mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
    result.share_less = share([](double x) { return x < 0; });
    result.share_more = share([](double x) { return x > 0; });
    if (result.share_less + result.share_more == 0) return result;
    std::sort(values.begin(), values.end());
    for (std::size_t q = 0; q < levels.size(); ++q) result.band[q] = quantile_of_sorted(values, levels[q]);
    return result;
}

/// 1,234,500 for 1234512: three or four figures say it.
std::string rounded(double number) {
    const double size = std::abs(number);
    const double unit = size >= 10'000 ? std::pow(10.0, std::floor(std::log10(size)) - 2) : 1;
    std::string digits = fmt::format("{:.0f}", std::round(size / unit) * unit);
    for (int at = int(digits.size()) - 3; at > 0; at -= 3) digits.insert(std::size_t(at), ",");
    return digits;
}

}  // namespace

std::string why_not_comparable(const MeasuredRun& a, const MeasuredRun& b) {
    if (a.places != b.places) return "they have different places";
    if (a.routes != b.routes) return "they have different routes";
    if (a.from != b.from || a.to != b.to) {
        return fmt::format("they cover different days, {} to {} and {} to {}", a.from, a.to, b.from, b.to);
    }
    return "";
}

std::string why_not_paired(const MeasuredRun& a, const MeasuredRun& b) {
    if (a.engine != b.engine)
        return fmt::format("they were made by different engines, {} and {}", a.engine, b.engine);
    if (a.mode != b.mode) return fmt::format("they were made in different modes, {} and {}", a.mode, b.mode);
    if (a.seed != b.seed) return fmt::format("they have different seeds, {:.0f} and {:.0f}", a.seed, b.seed);
    if (a.members != b.members) {
        return fmt::format("they have different numbers of members, {} and {}", a.members, b.members);
    }
    return "";
}

Comparison compare(const MeasuredRun& a, const MeasuredRun& b, bool paired) {
    Comparison comparison{a.title, b.title, paired, {}};
    for (std::size_t i = 0; i < a.measures.size(); ++i) {
        comparison.differences.push_back(difference_of(a.measures[i], b.measures[i], paired));
    }
    return comparison;
}

const Difference& overall(const Comparison& comparison, const std::string& quantity) {
    for (const auto& difference : comparison.differences) {
        const auto& m = difference.measure;
        if (m.quantity == quantity && m.place.empty() && m.origin.empty()) return difference;
    }
    throw std::logic_error("nothing compared is called " + quantity);
}

std::vector<Difference> diverted(const Comparison& comparison) {
    std::vector<Difference> result;
    for (const auto& difference : comparison.differences) {
        const auto& m = difference.measure;
        const bool arrivals = m.quantity == "arrivals" && !m.place.empty() && m.origin.empty();
        if (arrivals && difference.share_less + difference.share_more > 0) result.push_back(difference);
    }
    std::stable_sort(result.begin(), result.end(), [](const Difference& x, const Difference& y) {
        return std::abs(x.band[2]) > std::abs(y.band[2]);
    });
    return result;
}

std::string headline(const Comparison& comparison) {
    const Difference& risk = overall(comparison, "person_days_at_risk");
    if (risk.share_less + risk.share_more == 0) {
        return fmt::format("\"{}\" and \"{}\" spend the same person-days at risk.", comparison.b_title,
                           comparison.a_title);
    }
    const bool averted = risk.band[2] <= 0;
    const double smaller = averted ? -risk.band[4] : risk.band[0],
                 larger = averted ? -risk.band[0] : risk.band[4];
    const auto signed_text = [](double x) { return (x < 0 ? "-" : "") + rounded(x); };
    return fmt::format(
        "\"{}\" against \"{}\": {} person-days at risk {} in the median, {} to {} in 90 % of {}; {} in "
        "{:.0f} % of them.",
        comparison.b_title, comparison.a_title, rounded(risk.band[2]), averted ? "averted" : "more",
        signed_text(smaller), signed_text(larger),
        comparison.paired ? "pairs of runs with the same chance" : "all pairs of independent runs",
        averted ? "fewer" : "more", 100 * (averted ? risk.share_less : risk.share_more));
}

}  // namespace nuzuh
