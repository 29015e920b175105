// A step of the compartments.
#pragma once

#include <type_traits>

#include "sim/engine/compartment/arriving.hpp"
#include "sim/engine/compartment/drawn.hpp"
#include "sim/engine/compartment/expected.hpp"
#include "sim/engine/conservation.hpp"

namespace nuzuh::compartment {

template <class Policy>
using Scratch = std::conditional_t<std::is_same_v<Policy, ExpectedPolicy>, MeanScratch, DrawScratch<Policy>>;

template <class Policy>
using StateOf = std::conditional_t<std::is_same_v<Policy, ExpectedPolicy>, MeanState,
                                   DrawnState<typename Policy::Number>>;

/// An empty slot of the road.
template <class Policy>
SparseArrivals<typename Policy::Number> nobody(const Setup<Policy>&) {
    return {};
}
inline Eigen::ArrayXXd nobody(const Setup<ExpectedPolicy>& setup) {
    return Eigen::ArrayXXd::Zero(setup.row_of_group(setup.groups()), setup.places());
}

/// Writes who is where at the end of a step, but for where the displaced are from.
///
/// @throws  ModelFault if a household was lost or made
template <class Policy, class State, class Number>
void record_stocks(const Setup<Policy>& setup, const State& state, const Totals<Number>& totals,
                   StepRecord& record) {
    const World& world = setup.world;
    const auto column = [&](PlaceField field) { return record.place.col(int(field)); };
    column(PlaceField::households_at_home) = totals.now.at_home;
    column(PlaceField::displaced) = totals.now.displaced_persons;
    column(PlaceField::households_displaced) =
        totals.settled.colwise().sum().transpose().template cast<double>();
    double households = totals.now.at_home.sum() + column(PlaceField::households_displaced).sum();
    for (int i = 0; i < setup.places(); ++i) {
        double at_home = 0, waiting = 0;
        for (int k = 0; k < world.group_count(); ++k)
            at_home += setup.persons(k) * double(state.home(k, i) + state.back(k, i));
        for (int k = 0; totals.anyone_waits && k < setup.groups(); ++k)
            waiting += setup.persons(k) * double(totals.waiting(k, i));
        record.at(i, PlaceField::at_home) = at_home;
        record.at(i, PlaceField::waiting) = waiting;
    }
    if (totals.anyone_waits) households += double(totals.waiting.sum());
    households += totals.road_households.sum();
    column(PlaceField::on_the_road) = totals.road_persons.rowwise().sum();
    derive_stocks(world, state.step, record);
    check_conserved(households, world.households_from.sum(), state.step, Policy::expected);
}

/// Simulates the next step: everyone decides by the state at its start.
///
/// @param totals  of the state
template <class Policy, class State, class Number>
void step(const Setup<Policy>& setup, State& state, Totals<Number>& totals, Scratch<Policy>& scratch,
          StepRecord& record) {
    const World& world = setup.world;
    record.reset(setup.places(), int(world.roads.size()), setup.spec.count_origins);
    const Eigen::ArrayXd noise = setup.noise.draw(setup.policy, world, state.step);
    const Hazards hazards = nuzuh::hazards(world, state.step, totals.now, noise);
    CauseShares causes(world, state.step, totals.now, noise);
    state.pull.update(totals.now, state.step);
    leave(setup, state, totals, scratch, hazards, causes, record);
    arrive(setup, state, totals, record);
    for (int c = 0; c < setup.places(); ++c) {
        if (world.abroad_behind[std::size_t(c)] >= 0) cross(setup, state, c, record);
    }
    totals.count(setup, state, setup.spec.count_origins ? &record : nullptr);
    record_stocks(setup, state, totals, record);
    ++state.step;
}

}  // namespace nuzuh::compartment
