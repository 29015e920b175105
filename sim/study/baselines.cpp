#include "sim/study/baselines.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh {
namespace {

constexpr double shortest_hours = 0.5;  ///< no gravity is stronger than at half an hour

/// Shares of the first day on which anybody was counted; equal if nobody ever was.
Eigen::ArrayXd first_shares(const Eigen::ArrayXXd& counted) {
    for (Eigen::Index t = 0; t < counted.rows(); ++t) {
        const double total = counted.row(t).sum();
        if (total > 0) return counted.row(t).transpose() / total;
    }
    return Eigen::ArrayXd::Constant(counted.cols(), 1.0 / double(std::max<Eigen::Index>(1, counted.cols())));
}

/// Divides the people of one record.
class Divider {
public:
    Divider(Baseline kind, const World& world, const Registrations& counted)
        : kind_(kind), world_(world), places_(counted.places), shares_(first_shares(counted.persons)) {
        capacity_.resize(Eigen::Index(places_.size()));
        for (std::size_t c = 0; c < places_.size(); ++c) {
            capacity_(Eigen::Index(c)) = world.capacity[std::size_t(places_[c])];
        }
    }

    bool possible() const {
        const bool sized = kind_ == Baseline::gravity_with_size || kind_ == Baseline::fill_to_capacity;
        return !sized || ((capacity_ < no_limit).all() && (capacity_ > 0).any());
    }

    /// Weights of the counted places for people leaving place i; all 0 where nobody can go.
    Eigen::ArrayXd weights(int step, int i, const Eigen::ArrayXd& now) const {
        if (kind_ == Baseline::persistence) return shares_;
        const Eigen::ArrayXd room = (capacity_ - now).max(0.0);
        Eigen::ArrayXd result(now.size());
        for (Eigen::Index c = 0; c < now.size(); ++c) {
            const int j = places_[std::size_t(c)];
            const double nearness = 1 / std::max(shortest_hours, world_.ways(step, 0).hours(i, j));
            const bool open = j != i && world_.attraction->there[std::size_t(step)](j) > 0 &&
                              world_.reach(step).leads(i, j);
            result(c) = !open                                  ? 0
                        : kind_ == Baseline::gravity           ? nearness
                        : kind_ == Baseline::gravity_with_size ? nearness * capacity_(c)
                        : kind_ == Baseline::fill_to_capacity  ? (room.sum() > 0 ? room(c) : capacity_(c))
                                                               : 1;
        }
        return result;
    }

private:
    Baseline kind_;
    const World& world_;
    const std::vector<int>& places_;
    Eigen::ArrayXd shares_, capacity_;
};

/// Persons leaving each place on each day, where departures follow from registrations.
Eigen::ArrayXXd departures_by_day(const World& world) {
    const int steps_a_day = world.steps_a_day();
    Eigen::ArrayXXd by_day =
        Eigen::ArrayXXd::Zero(world.departures.cols() / steps_a_day, world.place_count());
    for (Eigen::Index step = 0; step < world.departures.cols(); ++step)
        by_day.row(step / steps_a_day) += world.departures.col(step).transpose();
    return by_day;
}

}  // namespace

Eigen::ArrayXXd leaving_as_registered(const World& world, const std::vector<double>& days,
                                      const Eigen::ArrayXXd& left) {
    const bool registered = world.settings.behaviour.leave.departures == DeparturesBy::registrations;
    const Eigen::ArrayXXd by_place = registered ? departures_by_day(world) : Eigen::ArrayXXd();
    const Eigen::ArrayXd growth = departures_behind(world.registered, int(world.conflicts->intensity.cols()));
    Eigen::ArrayXXd result = Eigen::ArrayXXd::Zero(Eigen::Index(days.size()), world.place_count());
    Eigen::Index first = 0;
    for (Eigen::Index t = 0; t < result.rows(); ++t) {
        const auto until = Eigen::Index(days[std::size_t(t)]) + 1;
        Eigen::ArrayXd shares = left.row(t);
        if (!(shares.sum() > 0)) shares = left.colwise().sum();
        if (registered)
            result.row(t) = by_place.middleRows(first, until - first).colwise().sum();
        else if (shares.sum() > 0)
            result.row(t) = (growth.segment(first, until - first).sum() / shares.sum() * shares).transpose();
        first = until;
    }
    return result;
}

std::optional<Eigen::ArrayXXd> baseline_counts(Baseline kind, const World& world,
                                               const Registrations& counted, const std::vector<double>& days,
                                               const Eigen::ArrayXXd& left) {
    const Divider divider(kind, world, counted);
    if (!divider.possible()) return {};
    Eigen::ArrayXXd result(counted.persons.rows(), counted.persons.cols());
    Eigen::ArrayXd now = counted.persons.row(0);
    for (Eigen::Index t = 0; t < result.rows(); ++t) {
        const int step = int(std::lround(days[std::size_t(t)] / world.dt));
        const Eigen::ArrayXd before = now;
        for (int i = 0; t > 0 && i < world.place_count(); ++i) {
            if (!(left(t, i) > 0)) continue;
            const Eigen::ArrayXd weights = divider.weights(step, i, before);
            if (weights.sum() > 0) now += left(t, i) * weights / weights.sum();
        }
        result.row(t) = now;
    }
    return result;
}

}  // namespace nuzuh
