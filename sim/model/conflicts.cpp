#include "sim/model/conflicts.hpp"

#include <algorithm>

namespace nuzuh {

ConflictSeries conflict_series(const ScenarioSettings& settings, const std::vector<int>& place_of) {
    Date first = settings.period.from;
    for (const auto& entry : settings.conflicts) first = std::min(first, entry.from);
    const int before = settings.period.from - first;
    const int days = settings.period.to - settings.period.from + 1;
    const auto places = Eigen::Index(settings.network.places.size());
    Eigen::ArrayXXd intensity = Eigen::ArrayXXd::Zero(places, before + days);
    for (std::size_t e = 0; e < settings.conflicts.size(); ++e) {
        const auto& entry = settings.conflicts[e];
        const int to = std::min(entry.to.value_or(settings.period.to) - first, before + days - 1);
        for (int day = entry.from - first; day <= to; ++day) intensity(place_of[e], day) = entry.intensity;
    }
    Eigen::ArrayXXi age = Eigen::ArrayXXi::Zero(places, before + days);
    for (int day = 1; day < before + days; ++day) {
        age.col(day) = (intensity.col(day) > 0 && intensity.col(day - 1) > 0).select(age.col(day - 1) + 1, 0);
    }
    return {intensity.rightCols(days), age.rightCols(days)};
}

double decay_factor(const std::vector<ConflictDecay>& decay, int age_days) {
    double factor = 1;
    for (const auto& entry : decay) {
        if (entry.after_days <= age_days) factor = entry.factor;
    }
    return factor;
}

}  // namespace nuzuh
