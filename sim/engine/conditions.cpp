#include "sim/engine/conditions.hpp"

#include <cmath>

#include "sim/rules/choosing.hpp"
#include "sim/rules/danger.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh {

rules::LeaveRates<double> leave_rates(const LeaveSettings& leave) {
    return {.h0 = leave.h0,
            .h_max = leave.h_max,
            .neighbours = leave.neighbours,
            .h_front = leave.h_front,
            .h_capture = leave.h_capture,
            .displaced_factor = leave.displaced_factor,
            .onward_without_shelter = leave.onward_without_shelter};
}

Hazards hazards(const World& world, int step, const Headcount& now, const Eigen::ArrayXd& noise) {
    const auto leave = leave_rates(world.settings.behaviour.leave);
    const StepInputs& inputs = world.inputs[std::size_t(step)];
    const Eigen::ArrayXXd& response = world.responses[std::size_t(step)];
    const int groups = world.mobile_groups;
    const int places = world.place_count();
    const bool given = world.departures.size() > 0;
    Hazards result{Eigen::ArrayXXd::Zero(groups, places), Eigen::ArrayXXd::Zero(groups, places),
                   Eigen::ArrayXXd::Zero(groups, places)};
    for (int i = 0; i < places; ++i) {
        const bool crossing = world.abroad_behind[i] >= 0;
        if (given) {
            if (!crossing) result.waiting.col(i) = rules::turned_away_hazard;
            continue;
        }
        const double start = world.households_at_start(i);
        const double gone = rules::share_gone(now.at_home(i) / std::max(1.0, start), start > 0);
        const auto here = rules::shared_hazards(leave, gone, inputs.front(i), noise(i), inputs.fallen(i));
        const double onward = rules::onward_rate(world.onward[i], leave.onward_without_shelter,
                                                 now.displaced_persons(i), world.capacity[i]);
        for (int k = 0; k < groups; ++k) {
            const double home = rules::hazard_at_home(leave, here, response(k, i));
            result.home(k, i) = home;
            result.away(k, i) = rules::hazard_displaced(leave, home, onward);
            result.waiting(k, i) = rules::hazard_waiting(leave, home, crossing);
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
            double(row.households) * rules::memory_left(row.age_days, half_life);
    }
}

double Pull::network_factor(double households) const {
    return rules::network_factor(households, 1.0, world_.settings.behaviour.choose.network_pull);
}

/// Lets arrivals fade, and adds those by whom the households at a place have grown since the last step.
void Pull::remember(const Eigen::ArrayXXd& now) {
    const double left = rules::memory_left(world_.dt, world_.settings.behaviour.choose.network_memory_days);
    for (Eigen::Index c = 0; c < before_.size(); ++c) {
        double& remembered = remembered_.data()[c];
        remembered = rules::remembered_arrivals(remembered, left, now.data()[c], before_.data()[c]);
    }
    before_ = now;
}

/// Network factors where S0 is one household.
void Pull::compare_with_one(const Eigen::ArrayXXd& pulling) {
    if (!whole_ || world_.settings.behaviour.choose.network_memory_days > 0) {
        network_ = rules::network_factors(pulling, 1, world_.settings.behaviour.choose.network_pull);
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
        const double per = rules::per_softening(choose.network_softening, pulling.col(h).sum());
        network_.col(h) = rules::network_factors(pulling.col(h), per, choose.network_pull);
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
        const double capacity = world_.capacity[j];
        room(j) = rules::room_factor(capacity > 0 ? now.displaced_persons(j) / capacity : 0, capacity,
                                     1 - choose.capacity_buffer, choose.capacity_floor);
    }
    pull_ = network_.colwise() * (room * noise_.factor());
    for (int h = 0; h < homes_.count(); ++h) pull_(homes_.place(h), h) = 0;
}

}  // namespace nuzuh
