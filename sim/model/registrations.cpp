#include "sim/model/registrations.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh {
namespace {

struct RegistrationCount {
    int day;  ///< since the first day of the period; may be negative
    double persons;
};

void correct(std::vector<RegistrationCount>& counts, int verified) {
    for (std::size_t i = 1; i < counts.size(); ++i) {
        if (counts[i].day != verified) continue;
        const double scale = counts[i].persons / counts[i - 1].persons;
        for (std::size_t before = 0; before < i; ++before) counts[before].persons *= scale;
    }
}

double on_day(const std::vector<RegistrationCount>& counts, int day) {
    if (day <= counts.front().day) return std::trunc(counts.front().persons);
    for (std::size_t i = 1; i < counts.size(); ++i) {
        const RegistrationCount &from = counts[i - 1], &to = counts[i];
        if (day >= to.day) continue;
        const double part = double(day - from.day) / double(to.day - from.day);
        return std::trunc(from.persons + part * (to.persons - from.persons));
    }
    return std::trunc(counts.back().persons);
}

}  // namespace

std::vector<RegisteredSeries> daily_registrations(const ScenarioSettings& settings, double people_each) {
    const Date first = settings.period.from;
    const int days = settings.period.to - first + 1;
    std::vector<RegisteredSeries> series;
    std::vector<std::vector<RegistrationCount>> counts;
    for (const auto& row : settings.registrations) {
        const auto same = [&](const RegisteredSeries& s) { return s.place == row.place; };
        const auto at = std::size_t(std::find_if(series.begin(), series.end(), same) - series.begin());
        if (at == series.size()) {
            series.push_back({row.place, Eigen::ArrayXd(days)});
            counts.emplace_back();
        }
        counts[at].push_back({row.date - first, row.persons / people_each});
    }
    for (std::size_t s = 0; s < series.size(); ++s) {
        for (const auto& correction : settings.registration_corrections) {
            const int day = correction.date - first;
            if (correction.place == series[s].place && day >= 0) correct(counts[s], day);
        }
        for (int day = 0; day < days; ++day) series[s].persons(day) = on_day(counts[s], day);
    }
    return series;
}

Eigen::ArrayXd departures_behind(const std::vector<RegisteredSeries>& series, int days) {
    Eigen::ArrayXd growth = Eigen::ArrayXd::Zero(days);
    for (const auto& s : series) {
        if (s.place == everywhere) continue;
        growth.tail(days - 1) += s.persons.tail(days - 1) - s.persons.head(days - 1);
    }
    return less_what_shrank(std::move(growth));
}

Eigen::ArrayXd less_what_shrank(Eigen::ArrayXd growth) {
    double debt = 0;
    for (double& day : growth) {
        const double net = day - debt;
        debt = std::max(0.0, -net);
        day = std::max(0.0, net);
    }
    return growth;
}

}  // namespace nuzuh
