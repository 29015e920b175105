// The second part of leaving: where households that leave a place go, and their way onto the road.
#pragma once

#include <algorithm>
#include <cstdint>
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
    // Households that travel alike and come from one home have the same weights: they are decided about together.
    const auto places = std::uint64_t(setup.places());
    choice.order.clear();
    for (std::size_t l = chunk.first; l < chunk.last; ++l) {
        const auto mode = std::uint64_t(world.mode_of_group[std::size_t(leaving[l].k)]);
        choice.order.push_back((mode * places + std::uint64_t(leaving[l].o)) << 32 | l);
    }
    std::sort(choice.order.begin(), choice.order.end());
    int weighed_mode = -1, weighed_home = -1;
    for (const std::uint64_t next : choice.order) {
        Leaver& one = leaving[std::uint32_t(next)];
        History& history = state.history[one.id];
        const int mode = world.mode_of_group[std::size_t(one.k)];
        if (goes_home(setup, state, one, chunk.i, hazards)) {
            one.to = one.o;
        } else {
            static_assert(Leaver::nowhere == Destinations::nowhere);
            const bool other_mode = std::exchange(weighed_mode, mode) != mode;
            if (other_mode)
                choice.destinations.start_from(world, state.step, mode, chunk.i, state.pull,
                                               chunk.last - chunk.first);
            if (std::exchange(weighed_home, one.o) != one.o || other_mode) choice.destinations.of_home(one.o);
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
        const int hectometres =
            world.ways(state.step, mode).from[std::size_t(chunk.i)]->hectometres[std::size_t(one.to)];
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
