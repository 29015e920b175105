#include "sim/study/camps.hpp"

#include <algorithm>

namespace nuzuh {

std::vector<int> counted_camps(const World& world) {
    std::vector<int> camps;
    for (int i = 0; i < world.place_count(); ++i) {
        const auto& place = world.places[std::size_t(i)];
        const bool counted = std::any_of(world.registered.begin(), world.registered.end(),
                                         [&](const RegisteredSeries& s) { return s.place == place.place; });
        if (is_camp(place.type) && counted) camps.push_back(i);
    }
    return camps;
}

Eigen::ArrayXXd registered_at(const World& world, const std::vector<int>& camps) {
    Eigen::ArrayXXd persons(Eigen::Index(camps.size()), world.conflicts.intensity.cols());
    for (std::size_t c = 0; c < camps.size(); ++c) {
        for (const auto& s : world.registered) {
            if (s.place == world.places[std::size_t(camps[c])].place) persons.row(Eigen::Index(c)) = s.persons;
        }
    }
    return persons;
}

Eigen::ArrayXXd displaced_at(const World& world, const RunResult& run, const std::vector<int>& camps) {
    const auto& displaced = run.place[std::size_t(PlaceField::displaced)];
    const std::size_t places = world.places.size(), days = displaced.size() / places;
    Eigen::ArrayXXd persons(Eigen::Index(camps.size()), Eigen::Index(days));
    for (std::size_t day = 0; day < days; ++day) {
        for (std::size_t c = 0; c < camps.size(); ++c)
            persons(Eigen::Index(c), Eigen::Index(day)) = double(displaced[day * places + std::size_t(camps[c])]);
    }
    return persons;
}

RelativeDifference relative_difference(const Eigen::ArrayXXd& simulated, const Eigen::ArrayXXd& registered) {
    RelativeDifference sum;
    for (Eigen::Index day = 0; day < registered.cols(); ++day) {
        const auto s = simulated.col(day), d = registered.col(day);
        const double scale = s.sum() > 0 ? d.sum() / s.sum() : 0;
        sum.plain += (s - d).abs().sum() / std::max(1.0, d.sum());
        sum.rescaled += (s * scale - d).abs().sum() / std::max(1.0, d.sum());
    }
    const double days = double(registered.cols());
    return {sum.plain / days, sum.rescaled / days};
}

}  // namespace nuzuh
