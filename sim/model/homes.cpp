#include "sim/model/homes.hpp"

namespace nuzuh {
namespace {

/// Persons leaving by place and day.
Eigen::ArrayXXd leaving_by_day(const World& world, int days) {
    Eigen::ArrayXXd leaving = Eigen::ArrayXXd::Zero(world.place_count(), days);
    const int steps_a_day = world.steps_a_day();
    for (int day = 0; day < days && world.departures.cols() > 0; ++day) {
        leaving.col(day) =
            world.departures.middleCols(Eigen::Index(day) * steps_a_day, steps_a_day).rowwise().sum();
    }
    return leaving;
}

Eigen::ArrayXd people_outside_camps(const World& world) {
    Eigen::ArrayXd people = Eigen::ArrayXd::Zero(world.place_count());
    for (int i = 0; i < world.place_count(); ++i) {
        const auto& place = world.settings.network.places[std::size_t(i)];
        if (!is_camp(place.type)) people(i) = place.population;
    }
    return people;
}

/// Columns as shares; one without anybody is like the next that has somebody, or else the last before.
Eigen::ArrayXXd filled(Eigen::ArrayXXd weights) {
    const Eigen::Index days = weights.cols();
    const auto take = [&](Eigen::Index day, Eigen::Index other) {
        if (!(weights.col(day).sum() > 0)) weights.col(day) = weights.col(other).eval();
    };
    for (Eigen::Index day = days - 1; day-- > 0;) take(day, day + 1);
    for (Eigen::Index day = 1; day < days; ++day) take(day, day - 1);
    for (Eigen::Index day = 0; day < days; ++day) weights.col(day) /= weights.col(day).sum();
    return weights;
}

}  // namespace

double conflict_force(const World& world, int place, int day) {
    const double intensity = world.conflicts->intensity(place, day);
    if (intensity <= 0) return 0;
    return intensity * decay_factor(world.settings.conflict_decay, world.conflicts->age_days(place, day));
}

Eigen::ArrayXXd homes_by_day(const World& world) {
    const int days = int(world.conflicts->intensity.cols());
    const Eigen::ArrayXd people = people_outside_camps(world);
    Eigen::ArrayXXd weights = leaving_by_day(world, days);
    if (weights.sum() > 0) return filled(std::move(weights));
    for (int day = 0; day < days; ++day) {
        for (int i = 0; i < world.place_count(); ++i) {
            weights(i, day) = people(i) * conflict_force(world, i, day);
        }
    }
    if (weights.sum() > 0) return filled(std::move(weights));
    if (!(people.sum() > 0)) return Eigen::ArrayXXd(world.place_count(), 0);
    weights.colwise() = people;
    return filled(std::move(weights));
}

}  // namespace nuzuh
