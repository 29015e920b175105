// Where those who leave go, by draws: one run after the other.
#pragma once

#include <algorithm>

#include "sim/engine/pooled/inputs.hpp"
#include "sim/engine/pooled/state.hpp"

namespace nuzuh::pooled {

/// Households on their way from place i to others, or home.
///
/// @param road  [steps] those who arrive after so many
inline void put_on_road(const Runs& runs, std::size_t run, std::size_t k, std::size_t i,
                        std::span<const double> where, std::span<Batch* const> road, Scratch& scratch) {
    const auto mode = std::size_t(runs.parameters.mode_of_group[k]);
    const int* steps = scratch.ways[mode].steps[run] + i * runs.parameters.places;
    const std::size_t group = runs.parameters.at(k, 0);
    for (double place : where) {
        const auto to = std::size_t(int(place));
        road[std::size_t(steps[to])][group + to].of[run] += 1;
    }
    if (!runs.count_routes) return;
    for (double place : where)
        scratch.setting_out[run][mode](Eigen::Index(place), Eigen::Index(i)) += runs.persons(k, run);
}

/// Everyone who leaves place i for another draws which.
template <class Policy>
void draw_destinations(const Setup<Policy>& setup, State& state, std::size_t run, std::size_t i,
                       Scratch& scratch) {
    const Parameters& parameters = setup.parameters;
    const auto leaving = [&](std::size_t k) { return scratch.leaving.out[parameters.at(k, i)].of[run]; };
    for (std::size_t m = 0; m < scratch.ways.size(); ++m) {
        double households = 0;
        for (std::size_t k = 0; k < parameters.mobile; ++k)
            households += setup.travels_by(m, k) ? leaving(k) : 0;
        if (!(households > 0)) continue;
        const double* attraction = attraction_from(setup, state.step, m, run, i, scratch);
        sample_destinations(setup.decisions, run, {Purpose::choose, std::uint64_t(state.step), i, m},
                            {attraction, parameters.places}, scratch.pull_of, std::size_t(households),
                            scratch.sampled);
        const double* first = scratch.sampled.which.data();
        for (std::size_t k = 0; k < parameters.mobile; ++k) {
            if (!setup.travels_by(m, k)) continue;
            const auto n = std::size_t(leaving(k));
            put_on_road(setup, run, k, i, {first, n}, scratch.road, scratch);
            if (state.under_way[run].counts() && n > 0) {
                ByCause<double> persons;
                add_causes(setup, run, k, i, scratch.leaving, persons);
                for (std::size_t one = 0; one < n; ++one)
                    state.under_way[run].set_out(setup.world(run), state.step, int(m), int(i),
                                                 int(first[one]), 1.0 / double(n), persons);
            }
            first += n;
        }
    }
}

/// Everyone of a group who returns draws to which of the homes in reach, as displaced people were away from them when the
/// step began and at the rates of return of those homes. Where fewer are away from such homes, the others stay.
///
/// @param first  of the places from which the same homes are in reach
template <class Policy>
void draw_homes(const Setup<Policy>& setup, State& state, std::size_t run, std::size_t k, std::size_t first,
                Scratch& scratch) {
    const Parameters& parameters = setup.parameters;
    const DecisionContext& context = scratch.context;
    const auto cell = [&](int i) { return parameters.at(k, std::size_t(i)); };
    const Reach& reach = *context.reach[run];
    const auto& members = reach.members[first];
    double returning = 0;
    for (int i : members) {
        returning += scratch.leaving.returning[cell(i)].of[run];
        if (scratch.anyone_waits) returning += scratch.leaving.gate_returning[cell(i)].of[run];
    }
    if (!(returning > 0)) return;
    std::vector<double>&away = scratch.away, &taken = scratch.taken, &weight = scratch.return_weight;
    std::fill(away.begin(), away.end(), 0);
    std::fill(weight.begin(), weight.end(), 0);
    double left = 0;
    for (int home : reach.of[first]) {
        const auto o = std::size_t(home);
        const double rate = scratch.inputs.returning[o].of[run];
        if (!(rate > 0)) continue;
        weight[o] = context.open[cell(home)].of[run];
        away[o] = std::round(weight[o] / rate);
        left += away[o] - taken[o];
    }
    const Address address{Purpose::who, std::uint64_t(state.step), first, k};
    sample_destinations(setup.decisions, run, address, weight, scratch.ones, std::size_t(returning),
                        scratch.sampled);
    auto stream = stream_of(setup.decisions, run, address);
    std::size_t household = 0;
    const auto send = [&](int i, double n, double& stay) {
        for (; n > 0 && left > 0; --n, --left, ++household) {
            auto o = std::size_t(scratch.sampled.which[household]);
            if (scratch.sampled.within[household] * (away[o] / weight[o]) >= away[o] - taken[o])
                o = one_of_the_rest(stream, away, taken, left, weight);
            ++taken[o];
            state.away[parameters.at(k, o)].of[run] -= 1;
            const double where = double(o);
            put_on_road(setup, run, k, std::size_t(i), {&where, 1}, scratch.homeward, scratch);
        }
        stay += n;
    };
    for (int i : members) {
        send(i, scratch.leaving.returning[cell(i)].of[run], state.settled[cell(i)].of[run]);
        if (scratch.anyone_waits)
            send(i, scratch.leaving.gate_returning[cell(i)].of[run], state.waiting[cell(i)].of[run]);
    }
}

/// Everyone who leaves draws where to go.
template <class Policy>
void set_out_by_draws(const Setup<Policy>& setup, State& state, Scratch& scratch) {
    const Parameters& parameters = setup.parameters;
    for (std::size_t run = 0; run < setup.count(); ++run) {
        for (std::size_t j = 0; j < parameters.places; ++j)
            scratch.pull_of[j / batch_runs].of[j % batch_runs] = scratch.context.pull[j].of[run];
        for (std::size_t i = 0; i < parameters.places; ++i) draw_destinations(setup, state, run, i, scratch);
        for (std::size_t k = 0; k < parameters.mobile && !scratch.inputs.open.empty(); ++k) {
            std::fill(scratch.taken.begin(), scratch.taken.end(), 0);
            for (std::size_t first = 0; first < parameters.places; ++first) {
                if (!scratch.context.reach[run]->members[first].empty())
                    draw_homes(setup, state, run, k, first, scratch);
            }
        }
    }
}

}  // namespace nuzuh::pooled
