// A step of the agents.
#pragma once

#include "sim/base/threads.hpp"
#include "sim/engine/agent/arriving.hpp"
#include "sim/engine/agent/leaving.hpp"
#include "sim/engine/agent/setting_out.hpp"
#include "sim/engine/conservation.hpp"
#include "sim/engine/journeys.hpp"

namespace nuzuh::agent {

/// Counts how many set out over each road.
template <class Policy>
void count_on_roads(const Setup<Policy>& setup, const State& state, Scratch& scratch, StepRecord& record) {
    const World& world = setup.world;
    for (int i = 0; i < setup.places(); ++i) {
        for (const Leaver& one : scratch.leaving[std::size_t(i)]) {
            if (one.to == Leaver::nowhere || one.to == i) continue;
            scratch.bound[std::size_t(world.mode_of_group[std::size_t(one.k)])].push_back(
                {one.to, setup.persons(one.k)});
        }
        for (std::size_t m = 0; m < world.modes.size(); ++m) {
            if (scratch.bound[m].empty()) continue;
            const WaysFrom& ways = *world.ways(state.step, int(m)).from[std::size_t(i)];
            load_roads(ways, i, scratch.bound[m], scratch.load, record.route);
            scratch.bound[m].clear();
        }
    }
}

/// Those who have left their places decide where to go and set out.
template <class Policy>
void set_out(const Setup<Policy>& setup, State& state, Scratch& scratch, const Hazards& hazards,
             const CauseShares& causes, StepRecord& record) {
    const int threads = setup.threads;
    std::vector<Chunk> chunks = chunks_of(scratch.leaving);
    const bool divided = scratch.divided = worth_dividing(chunks, threads);
    CarriedFailure failure;
#pragma omp parallel for schedule(dynamic) num_threads(threads) if (divided)
    for (std::size_t c = 0; c < chunks.size(); ++c) {
        failure.watch([&] {
            decide(setup, state, scratch.leaving[std::size_t(chunks[c].i)], chunks[c], hazards,
                   scratch.choices[std::size_t(thread_number())]);
        });
    }
    failure.rethrow();
    const int parts = divided ? threads : 1;
#pragma omp parallel for num_threads(threads) if (divided)
    for (int part = 0; part < parts; ++part)
        failure.watch([&] { put_on_road(setup.world, state, scratch.leaving, causes, part, parts); });
    failure.rethrow();
    for (const Chunk& chunk : chunks)
        record_leavers(setup, state, chunk, scratch.leaving[std::size_t(chunk.i)], record);
    count_on_roads(setup, state, scratch, record);
}

/// Everyone decides whether to leave, and those who do set out.
template <class Policy>
void leave(const Setup<Policy>& setup, State& state, const Headcount& now, Scratch& scratch,
           StepRecord& record) {
    const World& world = setup.world;
    const Eigen::ArrayXd noise = setup.noise.draw(setup.policy, world, state.step);
    const Hazards hazards = nuzuh::hazards(world, state.step, now, noise);
    state.pull.update(now, state.step);
    state.hazards.advance(world, state.step, hazards);
    CarriedFailure failure;
#pragma omp parallel for schedule(dynamic) num_threads(setup.threads) if (scratch.divided)
    for (int i = 0; i < setup.places(); ++i)
        failure.watch([&] { take_out(setup, state, i, hazards, scratch.leaving[std::size_t(i)], record); });
    failure.rethrow();
    set_out(setup, state, scratch, hazards, CauseShares(world, state.step, now, noise), record);
}

/// Simulates the next step: everyone decides by the state at its start.
///
/// @param now  of the state
/// Threads  leavers and places are divided among them; the result does not depend on their number.
template <class Policy>
void step(const Setup<Policy>& setup, State& state, Headcount& now, Scratch& scratch, StepRecord& record) {
    const World& world = setup.world;
    record.reset(setup.places(), int(world.roads.size()));
    leave(setup, state, now, scratch, record);
    auto& arriving = state.road.at(state.step, 1);
    CarriedFailure failure;
#pragma omp parallel for schedule(dynamic) \
    num_threads(setup.threads) if (scratch.divided && state.trace_every == 0)
    for (int j = 0; j < setup.places(); ++j) {
        const auto place = std::size_t(j);
        failure.watch([&] { arrive_at(setup, state, j, arriving[place], scratch.arrived[place], record); });
    }
    failure.rethrow();
    state.under_way.arrive(state.step, record);
    for (const auto& arrived : scratch.arrived)
        record.arrivals_from.insert(record.arrivals_from.end(), arrived.begin(), arrived.end());
    for (int c = 0; c < setup.places(); ++c) {
        if (world.abroad_behind[std::size_t(c)] >= 0) cross(setup, state, c, record);
    }
    const std::size_t households = count(world, state, now, record);
    derive_stocks(world, state.step, record);
    check_conserved(double(households), double(state.history.size()), state.step, false);
    ++state.step;
}

}  // namespace nuzuh::agent
