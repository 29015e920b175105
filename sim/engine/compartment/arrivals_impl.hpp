// The members of Compartments that end a step: arrivals, gates and crossings.
#pragma once

#include "sim/engine/compartment/compartments.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh {

template <class Policy>
void Compartments<Policy>::arrive(StepRecord& record) {
    const std::size_t now = slots_[1];
    if (!(road_households_[Eigen::Index(now)] > 0)) return;
    road_households_[Eigen::Index(now)] = 0;
    road_persons_.col(Eigen::Index(now)).setZero();
    Cells& arriving = state_.road[now];
    come_home(state_.homeward[now], arriving, record);
    Eigen::ArrayXd from(homes());
    for (int j = 0; j < places(); ++j) {
        from.setZero();
        double people = 0;
        for (int k = 0; k < groups(); ++k) {
            const Number* cells = &arriving(k * homes(), j);
            const double n = kernels::sum(cells, homes());
            if (!(n > 0)) continue;
            people += persons(k) * n;
            if (count_origins_) kernels::add(cells, persons(k), from.data(), homes());
        }
        if (!(people > 0)) continue;
        record.at(j, PlaceField::arrivals) = people;
        for (int h = 0; h < homes() && count_origins_; ++h)
            record.arrivals_from(j, homes_.place(h)) = from(h);
        arrive_at(j, arriving, record);
        state_.settled.col(j) += arriving.col(j);
        arriving.col(j).setZero();
    }
}

/// Those on their way home are back; whose home fell meanwhile arrive there in flight.
template <class Policy>
void Compartments<Policy>::come_home(Cells& homeward, Cells& arriving, StepRecord& record) {
    for (int o = 0; o < places(); ++o) {
        for (int k = 0; k < groups(); ++k) {
            const Number n = homeward(k, o);
            if (!(n > 0)) continue;
            if (inputs().fallen(o)) {
                arriving(row(k, o), o) += n;
            } else {
                state_.back(k, o) += n;
                record.at(o, PlaceField::returns) += persons(k) * double(n);
            }
        }
    }
    homeward.setZero();
}

/// Turns those who may not stay at j into people waiting there; the others stay in `arriving`.
template <class Policy>
void Compartments<Policy>::arrive_at(int j, Cells& arriving, StepRecord& record) {
    const bool crossing = world_.abroad_behind[j] >= 0;
    const bool hard = world_.places[j].admission == Admission::hard;
    if (!crossing && !hard && !inputs().fallen(j)) return;
    double free = world_.capacity[j];
    for (int k = 0; k < groups(); ++k) {
        free -= persons(k) * double(kernels::sum(&state_.settled(k * homes(), j), homes()));
    }
    const double room = rules::room_on_arrival(crossing, inputs().fallen(j), hard, free);
    const auto admitted = let_some_in(std::uint64_t(2 * j), arriving.col(j), room);
    double turned_away = 0;
    for (int k = 0; k < groups(); ++k) {
        for (int r = k * homes(); r < (k + 1) * homes(); ++r) {
            const Number turned = arriving(r, j) - admitted[std::size_t(r)];
            state_.waiting(r, j) += turned;
            arriving(r, j) = admitted[std::size_t(r)];
            turned_away += persons(k) * double(turned);
        }
    }
    if (turned_away > 0) anyone_waits_ = true;
    if (!crossing) record.at(j, PlaceField::turned_away) += turned_away;
}

/// Who of those at a gate is let in, see `let_in_by_cell`.
///
/// @param at_gate  [M H] households
template <class Policy>
std::vector<typename Policy::Number> Compartments<Policy>::let_some_in(std::uint64_t queue, const Column& at_gate,
                                                                 double room_persons) {
    const auto group_of = [&](std::size_t row) { return row / std::size_t(homes()); };
    return let_in_by_cell(policy_, step_, queue, sizes_, std::span(at_gate.data(), std::size_t(at_gate.size())),
                          group_of, room_persons);
}

/// Lets people through a crossing, in random order, up to its quota.
template <class Policy>
void Compartments<Policy>::cross(int c, StepRecord& record) {
    const double quota = inputs().quota(c);
    double& unused_quota = state_.unused_quota[std::size_t(c)];
    const double room = rules::room_at_crossing(quota, world_.dt, unused_quota);
    const auto queue = state_.waiting.col(c);
    const bool anyone = (queue > 0).any();
    double passed = 0;
    if (anyone && room > 0) {
        const auto passing = let_some_in(std::uint64_t(2 * c + 1), queue, room);
        for (int k = 0; k < groups(); ++k) {
            Number out{0};
            for (int r = k * homes(); r < (k + 1) * homes(); ++r) {
                state_.waiting(r, c) -= passing[std::size_t(r)];
                state_.settled(r, world_.abroad_behind[c]) += passing[std::size_t(r)];
                out += passing[std::size_t(r)];
            }
            passed += persons(k) * double(out);
        }
    }
    unused_quota = rules::quota_carry_over(quota, room, passed, (state_.waiting.col(c) > 0).any());
    record.at(c, PlaceField::admitted) = passed;
}

}  // namespace nuzuh
