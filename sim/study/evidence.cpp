#include "sim/study/evidence.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

constexpr double most_movements_a_person = 3;
constexpr double largest_share_in_a_week = 0.4;  ///< [-] of all people
constexpr int fewest_places = 10;                ///< a single town can empty in a week
constexpr double fewest_displaced = 1000;        ///< [persons]

double median_of(const EnsembleResult& result, const auto& number) {
    std::vector<double> sample;
    for (const auto& run : result.members) sample.push_back(number(run));
    return quantile(std::move(sample), 0.5);
}

/// Most people who leave home within seven days [persons].
double most_in_a_week(const RunResult& run, const std::vector<double>& days) {
    const auto& displaced = run.total[std::size_t(TotalField::people_displaced)];
    double most = 0;
    std::size_t before = 0;
    for (std::size_t t = 0; t < days.size(); ++t) {
        while (days[t] - days[before] > 7) ++before;
        most = std::max(most, double(displaced[t] - displaced[before]));
    }
    return most;
}

}  // namespace

std::vector<std::string> outside_evidence(const World& world, const EnsembleResult& result) {
    std::vector<std::string> sentences;
    if (result.members.empty() || result.days.empty()) return sentences;
    const auto at_end = [](TotalField field) {
        return [field](const RunResult& run) { return double(run.total[std::size_t(field)].back()); };
    };
    const double people = median_of(result, at_end(TotalField::people_displaced));
    const double movements = median_of(result, at_end(TotalField::movements));
    if (people >= fewest_displaced && movements > most_movements_a_person * people)
        sentences.push_back(
            fmt::format("Outside all evidence: {:.1f} movements for each person displaced; 1.4 were reported "
                        "in northwest Syria in 2019.",
                        movements / people));
    double all = 0;
    int lived_in = 0;
    for (int i = 0; i < world.place_count(); ++i) {
        all += world.people_simulated(i);
        lived_in += world.people_simulated(i) > 0;
    }
    const double in_a_week =
        median_of(result, [&](const RunResult& run) { return most_in_a_week(run, result.days); });
    if (lived_in >= fewest_places && in_a_week > largest_share_in_a_week * all)
        sentences.push_back(fmt::format(
            "Outside all evidence: {:.0f} % of all people leave home within a week; about 5 % did in "
            "northwest Syria in May 2019.",
            100 * in_a_week / all));
    return sentences;
}

}  // namespace nuzuh
