// The second part of leaving: where households that leave a place go, and their way onto the road.
#pragma once

#include "sim/engine/agent/scratch.hpp"
#include "sim/engine/agent/state.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::agent {

/// The leavers of all places in chunks that are worth a thread's while.
std::vector<Chunk> chunks_of(const std::vector<std::vector<Leaver>>& leaving);

/// Whether the leavers of a step are enough to divide the work of the next loops among threads: on a machine that
/// others use, threads wait for each other longer than they gain with less than a millisecond or two of work.
bool worth_dividing(const std::vector<Chunk>& chunks, int threads);

/// Number of a leaver's journey among those that may begin in a step: its destination and length.
inline std::size_t journey_of(const World& world, int step, const Leaver& one, int i) {
    const int ways = world.inputs[std::size_t(step)].ways;
    const int steps = world.journey_steps(ways, world.mode_of_group[std::size_t(one.k)], i, one.to);
    return std::size_t(steps - 1) * std::size_t(world.place_count()) + std::size_t(one.to);
}

/// Makes room on the road for everyone who sets out, chunk behind chunk: the order does not depend on threads.
///
/// @param bound_for  [journeys, chunks] households; set to where on the road the first of them stands
void make_room(State& state, Eigen::Array<std::size_t, Eigen::Dynamic, Eigen::Dynamic>& bound_for);

/// Puts the households of chunk c on the road.
///
/// @param next  [journeys] where on the road the next household of the chunk stands; moved on
void put_on_road(const World& world, State& state, const Chunk& chunk, const std::vector<Leaver>& leaving,
                 std::size_t* next);

/// Whether the hazard of returning struck before that of leaving again.
template <class Policy>
bool goes_home(const Setup<Policy>& setup, const State& state, const Leaver& one, int i,
               const Hazards& hazards) {
    const World& world = setup.world;
    const StepInputs& inputs = world.inputs[std::size_t(state.step)];
    if (!is_away(one.before) || !inputs.home_in_reach(i, one.o)) return false;
    const double hazard =
        one.before == Whereabouts::settled ? hazards.away(one.k, i) : hazards.waiting(one.k, i);
    const double back = world.settings.behaviour.returning.rate;
    return setup.policy.happens({Purpose::leave_or_return, state.history[one.id].settlements, one.id},
                                rules::part_returning(1.0, hazard * inputs.access(i), back));
}

/// Finds out for each leaver of chunk c whether it goes home or where else, and adds the journey to its history.
template <class Policy>
void decide(const Setup<Policy>& setup, State& state, Scratch& scratch, Chunk& chunk, Eigen::Index c,
            const Hazards& hazards, Choice& choice) {
    const World& world = setup.world;
    const int ways = world.inputs[std::size_t(state.step)].ways;
    choice.start_from(chunk.i, world.attraction[std::size_t(state.step)], state.pull);
    for (std::size_t l = chunk.first; l < chunk.last; ++l) {
        Leaver& one = scratch.leaving[std::size_t(chunk.i)][l];
        History& history = state.history[one.id];
        const int mode = world.mode_of_group[std::size_t(one.k)];
        if (goes_home(setup, state, one, chunk.i, hazards)) {
            one.to = one.o;
        } else {
            const auto sums = choice.sums(mode, one.o);
            if (!(sums.back() > 0)) {
                chunk.anyone_stays = true;
                continue;
            }
            one.to = setup.policy.pick({Purpose::choose, history.settlements, one.id}, sums);
            if (history.times_displaced < 255) ++history.times_displaced;
            chunk.departures += setup.persons(one.k);
            if (one.before == Whereabouts::home) chunk.first_departures += setup.persons(one.k);
        }
        ++scratch.bound_for(Eigen::Index(journey_of(world, state.step, one, chunk.i)), c);
        scratch.persons_bound[std::size_t(mode)](one.to, c) += setup.persons(one.k);
        const int steps = world.journey_steps(ways, mode, chunk.i, one.to);
        const int hectometres = setup.distances.hectometres(ways, mode)(one.to, chunk.i);
        history.steps_on_road = std::uint16_t(std::min(65535, history.steps_on_road + steps));
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
            settle(setup.policy, state, one.before, one.k, i, one.o, one.id);
        } else if (one.to != one.o) {
            trace(state, one.id, one.o, i, TraceKind::leaves);
        }
    }
}

}  // namespace nuzuh::agent
