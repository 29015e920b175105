#include "sim/study/registrations.hpp"

#include <algorithm>
#include <cmath>

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

ScenarioSettings capacities_withheld(ScenarioSettings settings) {
    for (auto& place : settings.network.places.own()) {
        place.capacity.reset();
        place.admission = Admission::open;
    }
    return settings;
}

}  // namespace nuzuh
