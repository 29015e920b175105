// The members of Pooled that draw where those who leave go, one run after the other.
#pragma once

#include <algorithm>

#include "sim/engine/pooled/pooled.hpp"

namespace nuzuh::pooled {

template <class Policy>
void Pooled<Policy>::set_out_by_draws() {
    by_steps_.resize(slots_.size());
    const auto lead_to = [&](ArrivalRing<Batches>& road) {
        for (std::size_t s = 1; s < slots_.size(); ++s) by_steps_[s] = road[slots_[s]].data();
        by_steps_[0] = by_steps_[1];
    };
    for (std::size_t run = 0; run < runs(); ++run) {
        for (std::size_t j = 0; j < std::size_t(parameters_.places); ++j)
            pull_of_[j / batch_runs].of[j % batch_runs] = context_.pull[j].of[run];
        lead_to(state_.road);
        for (int i = 0; i < parameters_.places; ++i) draw_destinations(run, i);
        if (inputs_.open.empty()) continue;
        lead_to(state_.homeward);
        for (int k = 0; k < parameters_.mobile; ++k) {
            std::fill(taken_.begin(), taken_.end(), 0);
            for (int first = 0; first < parameters_.places; ++first) {
                if (!context_.reach->members[std::size_t(first)].empty()) draw_homes(run, k, first);
            }
        }
    }
}

/// Everyone who leaves place i for another draws which.
template <class Policy>
void Pooled<Policy>::draw_destinations(std::size_t run, int i) {
    const auto places = std::size_t(parameters_.places);
    for (std::size_t m = 0; m < ways_.size(); ++m) {
        const auto travels_so = [&](int k) { return parameters_.mode_of_group[std::size_t(k)] == int(m); };
        double households = 0;
        for (int k = 0; k < parameters_.mobile; ++k)
            households += travels_so(k) ? leaving_.out[at(k, i)].of[run] : 0;
        if (!(households > 0)) continue;
        decisions_.sample_destinations(run, {Purpose::choose, std::uint64_t(step_), std::uint64_t(i), m},
                                       world(run).attraction[std::size_t(step_)][m].col(i).data(), places,
                                       pull_of_, std::size_t(households), sampled_);
        std::size_t household = 0;
        for (int k = 0; k < parameters_.mobile; ++k) {
            if (!travels_so(k)) continue;
            const auto n = std::size_t(leaving_.out[at(k, i)].of[run]);
            put_on_road(run, k, i, {sampled_.which.data() + household, n});
            household += n;
        }
    }
}

/// Everyone of a group who returns draws to which of the open homes in reach, as displaced people were away from them
/// when the step began. Where fewer are away from such homes, the others stay.
///
/// @param first  of the places from which the same homes are in reach
template <class Policy>
void Pooled<Policy>::draw_homes(std::size_t run, int k, int first) {
    const auto& members = context_.reach->members[std::size_t(first)];
    double returning = 0;
    for (int i : members) {
        returning += leaving_.returning[at(k, i)].of[run];
        if (anyone_waits_) returning += leaving_.gate_returning[at(k, i)].of[run];
    }
    if (!(returning > 0)) return;
    std::fill(away_.begin(), away_.end(), 0);
    double left = 0;
    for (int home : context_.reach->of[std::size_t(first)]) {
        const auto o = std::size_t(home);
        if (!(inputs_.may_return[o].of[run] > 0)) continue;
        away_[o] = context_.open[at(k, home)].of[run];
        left += away_[o] - taken_[o];
    }
    const Address address{Purpose::who, std::uint64_t(step_), std::uint64_t(first), std::uint64_t(k)};
    decisions_.sample_destinations(run, address, away_.data(), away_.size(), ones_, std::size_t(returning),
                                   sampled_);
    auto the_rest = decisions_.one_of_the_rest(run, address);
    std::size_t household = 0;
    const auto send = [&](int i, double n, double& stay) {
        for (; n > 0 && left > 0; --n, --left, ++household) {
            auto o = std::size_t(sampled_.which[household]);
            if (sampled_.within[household] >= away_[o] - taken_[o]) o = the_rest.draw(away_, taken_, left);
            ++taken_[o];
            state_.away[at(k, int(o))].of[run] -= 1;
            const double where = double(o);
            put_on_road(run, k, i, {&where, 1});
        }
        stay += n;
    };
    for (int i : members) {
        send(i, leaving_.returning[at(k, i)].of[run], state_.settled[at(k, i)].of[run]);
        if (anyone_waits_)
            send(i, leaving_.gate_returning[at(k, i)].of[run], state_.waiting[at(k, i)].of[run]);
    }
}

/// Households on their way from place i to others, or home.
template <class Policy>
void Pooled<Policy>::put_on_road(std::size_t run, int k, int i, std::span<const double> where) {
    const auto mode = std::size_t(parameters_.mode_of_group[std::size_t(k)]);
    const int* steps = ways_[mode].steps + std::ptrdiff_t(i) * parameters_.places;
    Batch* const* by_steps = by_steps_.data();
    const std::size_t group = at(k, 0);
    for (double place : where) {
        const auto to = std::size_t(int(place));
        by_steps[std::size_t(steps[to])][group + to].of[run] += 1;
    }
    if (!count_routes_) return;
    for (double place : where) setting_out_[run][mode](Eigen::Index(place), i) += persons(k, run);
}

}  // namespace nuzuh::pooled
