#include "sim/study/registrations.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace nuzuh {

Registrations registrations_on(const World& world, const std::vector<double>& days) {
    Registrations result;
    std::vector<const Eigen::ArrayXd*> series;
    for (int i = 0; i < world.place_count(); ++i) {
        if (!is_camp(world.places[std::size_t(i)].type)) continue;
        for (const auto& one : world.registered) {
            if (one.place != world.places[std::size_t(i)].place) continue;
            result.places.push_back(i);
            series.push_back(&one.persons);
        }
    }
    result.persons.resize(Eigen::Index(days.size()), Eigen::Index(series.size()));
    for (std::size_t c = 0; c < series.size(); ++c) {
        for (std::size_t t = 0; t < days.size(); ++t) {
            const auto day = std::min(Eigen::Index(std::floor(days[t])), series[c]->size() - 1);
            result.persons(Eigen::Index(t), Eigen::Index(c)) = (*series[c])(day);
        }
    }
    return result;
}

std::vector<RegistrationSettings> registrations_by_date(const ScenarioSettings& settings) {
    std::vector<RegistrationSettings> rows = settings.registrations;
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
    return rows;
}

Registrations reported_on_each_day(const World& world) {
    Registrations result = registrations_on(world, {});
    result.persons.setZero(world.settings.period.to - world.start + 1, Eigen::Index(result.places.size()));
    const auto rows = registrations_by_date(world.settings);
    for (std::size_t c = 0; c < result.places.size(); ++c) {
        for (const auto& row : rows) {
            const auto day = Eigen::Index(std::max(0, row.date - world.start));
            if (row.place == world.places[std::size_t(result.places[c])].place && day < result.persons.rows())
                result.persons.col(Eigen::Index(c)).tail(result.persons.rows() - day) =
                    std::floor(row.persons);
        }
    }
    return result;
}

ScenarioSettings reported_by(ScenarioSettings settings, Date day) {
    const auto is_later = [&](const auto& row) { return row.date > day; };
    std::set<std::string> reported;
    for (const auto& row : settings.registrations) {
        if (!is_later(row)) reported.insert(row.place);
    }
    List<RegistrationSettings> rows;
    for (const auto& row : settings.registrations) {
        if (!is_later(row))
            rows.push_back(row);
        else if (reported.insert(row.place).second)
            rows.push_back({row.place, day, 0});
    }
    settings.registrations = std::move(rows);
    List<RegistrationCorrection> corrections;
    for (const auto& row : settings.registration_corrections) {
        if (!is_later(row)) corrections.push_back(row);
    }
    settings.registration_corrections = std::move(corrections);
    return settings;
}

ScenarioSettings capacities_withheld(ScenarioSettings settings) {
    for (auto& place : settings.network.places.own()) {
        place.capacity.reset();
        place.admission = Admission::open;
    }
    return settings;
}

}  // namespace nuzuh
