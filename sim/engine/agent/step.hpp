// A step of the agents.
#pragma once

#include <omp.h>

#include "sim/engine/agent/arriving.hpp"
#include "sim/engine/agent/leaving.hpp"
#include "sim/engine/agent/setting_out.hpp"
#include "sim/engine/conservation.hpp"
#include "sim/engine/journeys.hpp"

namespace nuzuh::agent {

/// Those who have left their places decide where to go and set out.
template <class Policy>
void set_out(const Setup<Policy>& setup, State& state, Scratch& scratch, const Hazards& hazards,
             StepRecord& record) {
    const World& world = setup.world;
    const int places = setup.places(), threads = setup.threads;
    std::vector<Chunk> chunks = chunks_of(scratch.leaving);
    const bool divided = scratch.divided = worth_dividing(chunks, threads);
    const auto count = Eigen::Index(chunks.size());
    scratch.bound_for.setZero(Eigen::Index(state.road.size()) * places, count);
    scratch.persons_bound.assign(world.modes.size(), Eigen::ArrayXXd::Zero(places, count));
#pragma omp parallel for schedule(dynamic) num_threads(threads) if (divided)
    for (std::size_t c = 0; c < chunks.size(); ++c) {
        decide(setup, state, scratch, chunks[c], Eigen::Index(c), hazards,
               scratch.choices[std::size_t(omp_get_thread_num())]);
    }
    make_room(state, scratch.bound_for);
    const auto leaving = [&](const Chunk& chunk) -> auto& { return scratch.leaving[std::size_t(chunk.i)]; };
#pragma omp parallel for schedule(dynamic) num_threads(threads) if (divided)
    for (std::size_t c = 0; c < chunks.size(); ++c)
        put_on_road(world, state, chunks[c], leaving(chunks[c]),
                    scratch.bound_for.col(Eigen::Index(c)).data());
    for (std::size_t c = 0; c < chunks.size(); ++c) {
        record_leavers(setup, state, chunks[c], leaving(chunks[c]), record);
        for (std::size_t m = 0; m < world.modes.size(); ++m)
            scratch.setting_out[m].col(chunks[c].i) += scratch.persons_bound[m].col(Eigen::Index(c));
    }
    for (std::size_t m = 0; m < world.modes.size(); ++m) {
        const int ways = world.inputs[std::size_t(state.step)].ways;
        load_roads(world.network->ways[std::size_t(ways)][m], scratch.setting_out[m], record.route);
        scratch.setting_out[m].setZero();
    }
}

/// Everyone decides whether to leave, and those who do set out.
template <class Policy>
void leave(const Setup<Policy>& setup, State& state, Scratch& scratch, StepRecord& record) {
    const World& world = setup.world;
    const Headcount now = headcount(world, state);
    const Hazards hazards =
        nuzuh::hazards(world, state.step, now, setup.noise.draw(setup.policy, world, state.step));
    state.pull.update(now, state.step);
    state.hazards.advance(world, world.inputs[std::size_t(state.step)], hazards);
    find_due(world, state, scratch.due);
#pragma omp parallel for schedule(dynamic) num_threads(setup.threads) if (scratch.divided)
    for (int i = 0; i < setup.places(); ++i) {
        take_out(setup, state, i, hazards, scratch.due[std::size_t(i)], scratch.leaving[std::size_t(i)],
                 record);
    }
    set_out(setup, state, scratch, hazards, record);
}

/// Simulates the next step: everyone decides by the state at its start.
///
/// Threads  leavers and places are divided among them; the result does not depend on their number.
template <class Policy>
void step(const Setup<Policy>& setup, State& state, Scratch& scratch, StepRecord& record) {
    const World& world = setup.world;
    record.reset(setup.places(), int(world.roads.size()));
    leave(setup, state, scratch, record);
    auto& arriving = state.road.at(state.step, 1);
#pragma omp parallel for schedule(dynamic) \
    num_threads(setup.threads) if (scratch.divided && state.trace_every == 0)
    for (int j = 0; j < setup.places(); ++j) arrive_at(setup, state, j, arriving[std::size_t(j)], record);
    for (int c = 0; c < setup.places(); ++c) {
        if (world.abroad_behind[std::size_t(c)] >= 0) cross(setup, state, c, record);
    }
    record_stocks(world, state, record);
    check_conserved(double(count_households(state)), double(state.history.size()), state.step, false);
    ++state.step;
}

}  // namespace nuzuh::agent
