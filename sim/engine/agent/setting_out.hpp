// The second part of leaving: where households that leave a place go, and their way onto the road.
#pragma once

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/engine/agent/scratch.hpp"
#include "sim/engine/agent/state.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::agent {

/// The leavers of all places in chunks that are worth a thread's while.
std::vector<Chunk> chunks_of(const std::vector<std::vector<Leaver>>& leaving);

/// Whether the leavers of a step are enough to divide the work of the next loops among threads: on a machine that
/// others use, threads wait for each other longer than they gain with less than a millisecond or two of work.
bool worth_dividing(const std::vector<Chunk>& chunks, int threads);

/// Puts households on the road, those bound for every so-many-th place: threads divide destinations, so that those who
/// arrive together stand in an order that does not depend on threads.
///
/// @param leaving  [P] by place
/// @param causes   for which they left
void put_on_road(const World& world, State& state, const std::vector<std::vector<Leaver>>& leaving,
                 CauseShares causes, int part, int parts);

/// Whether the hazard of returning struck before that of leaving again.
template <class Policy>
bool goes_home(const Setup<Policy>& setup, const State& state, const Leaver& one, int i,
               const Hazards& hazards) {
    const World& world = setup.world;
    const StepInputs& inputs = world.inputs[std::size_t(state.step)];
    if (!is_away(one.before) || !world.home_in_reach(state.step, i, one.o)) return false;
    const double hazard =
        one.before == Whereabouts::settled ? hazards.away(one.k, i) : hazards.waiting(one.k, i);
    const double back = world.return_rate * hazards.returning(one.o);
    return setup.policy.happens({Purpose::leave_or_return, state.history[one.id].settlements, one.id},
                                rules::part_returning(1.0, hazard * inputs.access(i), back));
}

/// Finds out for each leaver of a chunk whether it goes home or where else, and adds the journey to its history.
///
/// @param choice  to work with
template <class Policy>
void decide(const Setup<Policy>& setup, State& state, std::vector<Leaver>& leaving, Chunk& chunk,
            const Hazards& hazards, Choice& choice) {
    const World& world = setup.world;
    // Households that travel alike and come from one home have the same weights.
    choice.order.clear();
    for (std::size_t l = chunk.first; l < chunk.last; ++l) choice.order.push_back(l);
    const auto alike = [&](std::size_t l) {
        return std::pair(world.mode_of_group[std::size_t(leaving[l].k)], int(leaving[l].o));
    };
    std::sort(choice.order.begin(), choice.order.end(), [&](std::size_t a, std::size_t b) {
        return std::tuple(alike(a), a) < std::tuple(alike(b), b);
    });
    std::pair weighed{-1, -1};
    for (const std::size_t l : choice.order) {
        Leaver& one = leaving[l];
        History& history = state.history[one.id];
        const auto [mode, home] = alike(l);
        if (goes_home(setup, state, one, chunk.i, hazards)) {
            one.to = one.o;
        } else {
            static_assert(Leaver::nowhere == Destinations::nowhere);
            if (mode != weighed.first)
                choice.destinations.start_from(world, state.step, mode, chunk.i, state.pull,
                                               chunk.last - chunk.first);
            if (alike(l) != std::exchange(weighed, alike(l))) choice.destinations.of_home(home);
            one.to =
                setup.policy.pick_on({Purpose::choose, history.settlements, one.id}, choice.destinations);
            if (one.to == Leaver::nowhere) {
                chunk.anyone_stays = true;
                continue;
            }
            if (history.times_displaced < 255) ++history.times_displaced;
            chunk.departures += setup.persons(one.k);
            if (one.before == Whereabouts::home) chunk.first_departures += setup.persons(one.k);
        }
        one.steps = world.journey_steps(state.step, mode, chunk.i, one.to);
        const Leg* leg = world.ways(state.step, mode).leg(chunk.i, one.to);
        const int hectometres = leg ? leg->hectometres : 0;
        history.steps_on_road = std::uint16_t(std::min(65535, history.steps_on_road + one.steps));
        history.hectometres = std::uint16_t(std::min(65535, history.hectometres + hectometres));
    }
}

/// Counts and traces those who left; who can reach nowhere stays.
template <class Policy>
void record_leavers(const Setup<Policy>& setup, State& state, const Chunk& chunk,
                    const std::vector<Leaver>& leaving, StepRecord& record) {
    const int i = chunk.i;
    record.at(i, PlaceField::departures) += chunk.departures;
    record.at(i, PlaceField::first_departures) += chunk.first_departures;
    for (std::size_t l = chunk.first; l < chunk.last && (chunk.anyone_stays || state.trace_every > 0); ++l) {
        const Leaver& one = leaving[l];
        if (one.to == Leaver::nowhere) {
            record.at(i, PlaceField::could_not_leave) += setup.persons(one.k);
            settle(setup.policy, state, {one.before, one.k, i, one.o}, one.id);
        } else if (one.to != one.o) {
            trace(state, one.id, one.o, i, TraceKind::leaves);
        }
    }
}

}  // namespace nuzuh::agent
