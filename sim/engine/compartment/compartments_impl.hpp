// Members of Compartments; included where the engine is made for a draw policy, and by the exact tests.
#pragma once

#include <cmath>

#include "sim/engine/compartment/arrivals_impl.hpp"
#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/compartment/drawn_impl.hpp"
#include "sim/engine/compartment/expected_impl.hpp"
#include "sim/engine/conservation.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/engine/journeys.hpp"
#include "sim/engine/start.hpp"

namespace nuzuh {

template <class Policy>
Compartments<Policy>::Compartments(const World& world, Policy policy, const EngineSpec& spec)
    : world_(world),
      policy_(std::move(policy)),
      sizes_(world),
      homes_(world, Homes::inhabited),
      count_routes_(spec.count_routes),
      count_origins_(spec.count_origins),
      pull_(policy_, world, homes_, !Policy::expected),
      noise_(policy_, world) {
    const Cells by_home = Cells::Zero(groups() * homes(), places());
    const Cells by_group = Cells::Zero(groups(), places());
    const auto slots = std::size_t(world.network->longest_journey);
    state_ = {world.households.template cast<Number>(),
              Cells::Zero(world.group_count(), places()),
              by_home,
              by_home,
              ArrivalRing<Cells>(slots, by_home),
              ArrivalRing<Cells>(slots, by_group),
              std::vector<double>(std::size_t(places())),
              std::vector<double>(std::size_t(places()))};
    const std::vector<Count> displaced = displaced_at_start(policy_, world);
    for (std::size_t r = 0; r < displaced.size(); ++r) {
        const auto& one = world.displaced[r];
        state_.settled(row(one.group, one.home), one.place) += Number(displaced[r]);
    }
    households_ = world.households_from.sum();
    settled_ = waiting_ = by_group;
    displaced_from_.assign(sizes_.persons.size(), Eigen::ArrayXXd::Zero(places(), homes()));
    now_ = {Eigen::ArrayXd(places()), Eigen::ArrayXd(places()), Eigen::ArrayXXd(places(), homes())};
    any_open_.assign(std::size_t(places()), false);
    open_.setZero(homes(), places());
    setting_out_.assign(world.modes.size(), Eigen::ArrayXXd::Zero(places(), places()));
    const auto two_each = std::size_t(2 * groups());
    by_group_ = {std::vector<Number>(two_each), std::vector<double>(two_each), std::vector<double>(two_each),
                 std::vector<Number>(two_each)};
    const auto one_each = std::size_t(places());
    drawn_.resize(std::size_t(homes()));
    leave_.resize(std::size_t(homes()));
    scratch_ = {std::vector<Number>(one_each),
                std::vector<Number>(one_each),
                std::vector<double>(one_each),
                std::vector<double>(one_each),
                {}};
    if constexpr (Policy::expected) {
        mean_.out.setZero(groups() * homes(), places());
        mean_.per_weight.assign(world.modes.size(), Eigen::ArrayXXd::Zero(homes(), places()));
        mean_.returning = mean_.out;
        mean_.return_from.assign(one_each, false);
        mean_.cut_off.assign(world.modes.size(), mean_.return_from);
        mean_.leave = mean_.home = Eigen::ArrayXd::Zero(homes());
    }
    restore(std::move(state_), 0);
}

template <class Policy>
void Compartments<Policy>::restore(State state, int step) {
    state_ = std::move(state);
    step_ = step;
    slots_.resize(state_.road.size() + 1);
    road_persons_.setZero(places(), Eigen::Index(state_.road.size()));
    road_households_.setZero(Eigen::Index(state_.road.size()));
    for (std::size_t slot = 0; slot < state_.road.size(); ++slot) {
        for (int j = 0; j < places(); ++j) {
            for (int k = 0; k < groups(); ++k) {
                const auto in_flight = state_.road[slot].col(j).segment(k * homes(), homes());
                on_their_way(slot, k, j, in_flight.sum() + state_.homeward[slot](k, j));
            }
        }
    }
    anyone_waits_ = true;
    survey();
}

/// Counts households in that set out for place j.
template <class Policy>
void Compartments<Policy>::on_their_way(std::size_t slot, int k, int j, Number n) {
    road_persons_(j, Eigen::Index(slot)) += persons(k) * double(n);
    road_households_[Eigen::Index(slot)] += double(n);
}

template <class Policy>
void Compartments<Policy>::save(std::size_t, Saver& to) const {
    const std::size_t slots = state_.road.size();
    to(step_, state_.home, state_.back, state_.settled, state_.waiting, state_.unused_quota, state_.departures_to_come,
       std::uint64_t(slots));
    pull_.save(to);
    for (std::size_t n = 1; n <= slots; ++n) {
        const std::size_t slot = state_.road.slot(step_, n);
        to(state_.road[slot], state_.homeward[slot]);
    }
}

template <class Policy>
void Compartments<Policy>::restore(std::size_t, Loader& from) {
    State state = state_;
    int step = 0;
    std::uint64_t steps_ahead = 0;
    from(step, state.home, state.back, state.settled, state.waiting, state.unused_quota, state.departures_to_come, steps_ahead);
    pull_.restore(from);
    state.road.reset(std::size_t(steps_ahead), Cells::Zero(groups() * homes(), places()));
    state.homeward.reset(std::size_t(steps_ahead), Cells::Zero(groups(), places()));
    for (std::size_t n = 1; n <= steps_ahead; ++n) {
        const std::size_t slot = state.road.slot(step, n);
        from(state.road[slot], state.homeward[slot]);
    }
    restore(std::move(state), step);
}

template <class Policy>
void Compartments<Policy>::step(std::span<StepRecord> records) {
    StepRecord& record = records.front();
    record.reset(places(), int(world_.roads.size()), count_origins_);
    journeys_ = &world_.network->journeys[std::size_t(inputs().ways)];
    for (std::size_t s = 1; s < slots_.size(); ++s) slots_[s] = state_.road.slot(step_, s);
    leave(record);
    arrive(record);
    for (int c = 0; c < places(); ++c) {
        if (world_.abroad_behind[c] >= 0) cross(c, record);
    }
    survey();
    write(record);
    ++step_;
}

/// Counts who is where, once a step: everything that needs these numbers reads them here.
template <class Policy>
void Compartments<Policy>::survey() {
    Eigen::ArrayXd from(homes());
    const auto sum = [&](const Cells& cells, int k, int i) {
        return Number(kernels::sum(&cells(k * homes(), i), homes()));
    };
    for (int i = 0; i < places(); ++i) {
        now_.displaced_persons(i) = 0;
        for (int k = 0; k < groups(); ++k) {
            settled_(k, i) = sum(state_.settled, k, i);
            now_.displaced_persons(i) += persons(k) * double(settled_(k, i));
            if (anyone_waits_) waiting_(k, i) = sum(state_.waiting, k, i);
        }
        for (std::size_t c = 0; c < displaced_from_.size(); ++c) {
            from.setZero();
            for (int k = 0; k < groups(); ++k) {
                if (sizes_.class_of_group[k] != int(c) || !(settled_(k, i) > 0)) continue;
                kernels::add(&state_.settled(k * homes(), i), 1, from.data(), homes());
            }
            displaced_from_[c].row(i) = from.transpose();
        }
    }
    now_.at_home = (state_.home + state_.back).colwise().sum().transpose().template cast<double>();
    now_.households_from = displaced_from_[0];
    for (std::size_t c = 1; c < displaced_from_.size(); ++c) now_.households_from += displaced_from_[c];
    anyone_waits_ = anyone_waits_ && (waiting_ > 0).any();
}

/// Works out who could go home: those whose home is open and in reach.
template <class Policy>
void Compartments<Policy>::open_homes() {
    const auto& open = inputs().may_return;
    if (open_by_ == inputs().ways && (open_for_ == open).all()) return;
    open_by_ = inputs().ways;
    open_for_ = open;
    for (int i = 0; i < places(); ++i) any_open_[std::size_t(i)] = inputs().home_in_reach.row(i).any();
    if constexpr (Policy::expected) note_ways_home();
    for (int h = 0; h < homes(); ++h)
        open_.row(h) = inputs().home_in_reach.col(homes_.place(h)).transpose().template cast<Number>();
}

template <class Policy>
void Compartments<Policy>::leave(StepRecord& record) {
    const Eigen::ArrayXd noise = noise_.draw(policy_, world_, step_);
    const Hazards hazards = nuzuh::hazards(world_, step_, now_, noise);
    pull_.update(now_, step_);
    open_homes();
    if constexpr (Policy::expected) {
        weigh_destinations();
        for (int i = 0; i < places(); ++i) {
            if (world_.places[i].type == PlaceType::abroad) continue;
            mean_from_home(i, hazards, record);
            mean_onward(i, onward, hazards.away.col(i), record);
            if (anyone_waits_) mean_onward(i, gate, hazards.waiting.col(i), record);
        }
        send_on_their_way();
    } else {
        for (int i = 0; i < places(); ++i) {
            if (world_.places[i].type == PlaceType::abroad) continue;
            draw_leaving(i, hazards, record);
            set_out(i, record);
        }
    }
    if (!count_routes_) return;
    for (std::size_t m = 0; m < setting_out_.size(); ++m) {
        load_roads(world_.network->ways[inputs().ways][m], setting_out_[m], record.route);
        setting_out_[m].setZero();
    }
}

/// A given number of people leave their homes, drawn without order among the mobile; fills `by_group_`.
template <class Policy>
void Compartments<Policy>::take_given_departures(int i, StepRecord& record) {
    auto& [cells, chances, none, out] = by_group_;
    for (int k = 0; k < groups(); ++k) {
        cells[2 * k] = state_.home(k, i);
        cells[2 * k + 1] = state_.back(k, i);
    }
    record.at(i, PlaceField::could_not_leave) +=
        take_given<Policy, Number>(policy_, world_, step_, i, cells, out, state_.departures_to_come[i]);
}

template <class Policy>
void Compartments<Policy>::write(StepRecord& record) {
    const auto column = [&](PlaceField field) { return record.place.col(int(field)); };
    column(PlaceField::households_at_home) = now_.at_home;
    column(PlaceField::displaced) = now_.displaced_persons;
    column(PlaceField::households_displaced) = settled_.colwise().sum().transpose().template cast<double>();
    double households = now_.at_home.sum() + column(PlaceField::households_displaced).sum();
    for (int i = 0; i < places(); ++i) {
        double at_home = 0, waiting = 0;
        for (int k = 0; k < world_.group_count(); ++k) {
            at_home += persons(k) * double(state_.home(k, i) + state_.back(k, i));
        }
        for (int k = 0; anyone_waits_ && k < groups(); ++k) waiting += persons(k) * double(waiting_(k, i));
        record.at(i, PlaceField::at_home) = at_home;
        record.at(i, PlaceField::waiting) = waiting;
    }
    if (anyone_waits_) households += double(waiting_.sum());
    households += road_households_.sum();
    column(PlaceField::on_the_road) = road_persons_.rowwise().sum();
    for (int h = 0; h < homes() && count_origins_; ++h) {
        auto from = record.displaced_from.col(homes_.place(h));
        for (std::size_t c = 0; c < displaced_from_.size(); ++c)
            from += sizes_.persons[c] * displaced_from_[c].col(h);
    }
    derive_stocks(world_, step_, record);
    check_conserved(households, households_, step_, Policy::expected);
}

}  // namespace nuzuh
