#include "sim/engine/conditions.hpp"

#include <cmath>

#include "sim/model/rules.hpp"

namespace nuzuh {

Hazards hazards(const World& world, int step, const Headcount& now, const Eigen::ArrayXd& noise) {
    const auto& leave = world.settings.behaviour.leave;
    const StepInputs& inputs = world.inputs[step];
    const int groups = world.group_count();
    const int places = world.place_count();
    const bool given = world.departures.size() > 0;
    Hazards result{Eigen::ArrayXXd::Zero(groups, places), Eigen::ArrayXXd::Zero(groups, places),
                   Eigen::ArrayXXd::Zero(groups, places)};
    if (given) return result;
    for (int i = 0; i < places; ++i) {
        const double start = world.households_at_start(i);
        const double gone = start > 0 ? std::max(0.0, 1 - now.at_home(i) / start) : 0;
        const double capture = inputs.fallen(i) ? leave.h_capture : 0;
        const double onward =
            onward_rate(leave, world.onward[i], now.displaced_persons(i), world.capacity[i]);
        for (int k = 0; k < groups; ++k) {
            if (world.groups[k].immobile) continue;
            const double here =
                noise(i) * danger_hazard(leave, inputs.response(k, i), gone, inputs.front(i)) + capture;
            result.home(k, i) = here;
            result.away(k, i) = here * leave.displaced_factor + onward;
            result.waiting(k, i) = here * leave.displaced_factor + leave.onward_without_shelter;
        }
    }
    return result;
}

void derive_stocks(const World& world, int step, StepRecord& record) {
    const auto column = [&](PlaceField field) { return record.place.col(int(field)); };
    const Eigen::Map<const Eigen::ArrayXd> capacity(world.capacity.data(), world.place_count());
    column(PlaceField::displaced) = record.displaced_from.rowwise().sum();
    column(PlaceField::without_shelter) =
        (column(PlaceField::displaced) - capacity).max(0.0) + column(PlaceField::waiting);
    for (int i = 0; i < world.place_count(); ++i) {
        const bool danger = world.inputs[std::size_t(step)].band[std::size_t(i)] > DangerBand::below_1;
        record.at(i, PlaceField::remaining) = danger ? record.at(i, PlaceField::at_home) : 0;
    }
}

Pull::Pull(const World& world)
    : world_(world),
      households_(Eigen::ArrayXXd::Zero(world.place_count(), world.place_count())),
      network_((world.households_at_start > 0).cast<double>().transpose().replicate(world.place_count(), 1)),
      pull_(Eigen::ArrayXXd::Ones(world.place_count(), world.place_count())) {
    for (int n = 0; n < tabulated; ++n) small_[std::size_t(n)] = network_factor(n);
}

double Pull::network_factor(double households) const {
    return std::exp(world_.settings.behaviour.choose.network_pull * std::log1p(households));
}

void Pull::update(const Headcount& now) {
    const auto& choose = world_.settings.behaviour.choose;
    const int places = world_.place_count();
    if (choose.network_pull != 0) {
        for (int o = 0; o < places; ++o) {
            if (world_.households_at_start(o) == 0) continue;
            for (int j = 0; j < places; ++j) {
                if (now.households_from(j, o) == households_(j, o)) continue;
                households_(j, o) = now.households_from(j, o);
                const double n = households_(j, o);
                const bool whole = n < tabulated && n == std::floor(n);
                network_(j, o) = whole ? small_[std::size_t(n)] : network_factor(n);
            }
        }
    }
    Eigen::ArrayXd room(places);
    for (int j = 0; j < places; ++j) {
        room(j) = throttle(choose, now.displaced_persons(j), world_.capacity[j]);
    }
    pull_ = network_.colwise() * room;
    pull_.matrix().diagonal().setZero();
}

}  // namespace nuzuh
