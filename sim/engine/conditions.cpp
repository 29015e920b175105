#include "sim/engine/conditions.hpp"

#include <cmath>

#include "sim/model/rules.hpp"

namespace nuzuh {

Hazards hazards(const World& world, int step, const Headcount& now, const Eigen::ArrayXd& noise) {
    const auto& leave = world.settings.behaviour.leave;
    const StepInputs& inputs = world.inputs[std::size_t(step)];
    const Eigen::ArrayXXd& response = world.responses[std::size_t(step)];
    const int groups = world.mobile_groups;
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
            const double here =
                noise(i) * danger_hazard(leave, response(k, i), gone, inputs.front(i)) + capture;
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
    column(PlaceField::without_shelter) =
        (column(PlaceField::displaced) - capacity).max(0.0) + column(PlaceField::waiting);
    for (int i = 0; i < world.place_count(); ++i) {
        const bool danger = world.inputs[std::size_t(step)].band[std::size_t(i)] > DangerBand::below_1;
        record.at(i, PlaceField::remaining) = danger ? record.at(i, PlaceField::at_home) : 0;
    }
}

Pull::Pull(Overdispersion noise, const World& world, Homes homes, bool whole)
    : world_(world),
      homes_(std::move(homes)),
      whole_(whole),
      noise_(std::move(noise)),
      households_(Eigen::ArrayXXd::Zero(world.place_count(), homes_.count())),
      network_(Eigen::ArrayXXd::Ones(world.place_count(), homes_.count())) {
    for (int n = 0; n < tabulated; ++n) small_[std::size_t(n)] = network_factor(n);
    const double half_life = world.settings.behaviour.choose.network_memory_days;
    if (!(half_life > 0)) return;
    remembered_ = households_;
    for (const auto& row : world.displaced) {
        remembered_(row.place, homes_.of(row.home)) +=
            double(row.households) * std::exp2(-row.age_days / half_life);
    }
}

double Pull::network_factor(double households) const {
    return std::exp(world_.settings.behaviour.choose.network_pull * std::log1p(households));
}

/// Lets arrivals fade, and adds those by whom the households at a place have grown since the last step.
void Pull::remember(const Eigen::ArrayXXd& now) {
    if (before_.size() > 0) {
        remembered_ *= std::exp2(-world_.dt / world_.settings.behaviour.choose.network_memory_days);
        remembered_ += (now - before_).max(0.0);
    }
    before_ = now;
}

/// Network factors where S0 is one household.
void Pull::compare_with_one(const Eigen::ArrayXXd& pulling) {
    if (!whole_ || world_.settings.behaviour.choose.network_memory_days > 0) {
        network_ = (world_.settings.behaviour.choose.network_pull * (1 + pulling).log()).exp();
        return;
    }
    for (Eigen::Index c = 0; c < pulling.size(); ++c) {
        const double n = pulling.data()[c];
        if (n == households_.data()[c]) continue;
        households_.data()[c] = n;
        network_.data()[c] = n < tabulated ? small_[std::size_t(n)] : network_factor(n);
    }
}

/// Network factors where S0 is a share of all who are displaced from a home.
void Pull::compare_with_all(const Eigen::ArrayXXd& pulling) {
    const auto& choose = world_.settings.behaviour.choose;
    for (int h = 0; h < homes_.count(); ++h) {
        const double all = pulling.col(h).sum();
        network_.col(h) =
            (1 + pulling.col(h) / std::max(1.0, choose.network_softening * all)).pow(choose.network_pull);
    }
}

void Pull::update(const Headcount& now, int step) {
    const auto& choose = world_.settings.behaviour.choose;
    if (choose.network_memory_days > 0) remember(now.households_from);
    const Eigen::ArrayXXd& pulling = choose.network_memory_days > 0 ? remembered_ : now.households_from;
    if (choose.network_pull != 0) {
        choose.network_softening > 0 ? compare_with_all(pulling) : compare_with_one(pulling);
    }
    noise_.update(world_, step, pulling.rowwise().sum());
    Eigen::ArrayXd room(world_.place_count());
    for (int j = 0; j < world_.place_count(); ++j) {
        room(j) = throttle(choose, now.displaced_persons(j), world_.capacity[j]);
    }
    pull_ = network_.colwise() * (room * noise_.factor());
    for (int h = 0; h < homes_.count(); ++h) pull_(homes_.place(h), h) = 0;
}

}  // namespace nuzuh
