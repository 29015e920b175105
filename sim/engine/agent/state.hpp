// The households of a run, and what every step of it reads.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/base/archive.hpp"
#include "sim/engine/admission.hpp"
#include "sim/engine/agent/cells.hpp"
#include "sim/engine/agent/cumulative_hazards.hpp"
#include "sim/engine/agent/household.hpp"
#include "sim/engine/agent/lazy_zeros.hpp"
#include "sim/engine/agent/residents.hpp"
#include "sim/engine/arrival_ring.hpp"
#include "sim/engine/conditions.hpp"
#include "sim/engine/record.hpp"
#include "sim/engine/under_way.hpp"

namespace nuzuh::agent {

/// What does not change during a run.
template <class Policy>
struct Setup {
    const World& world;
    Policy policy;
    SizeClasses sizes;
    EnvironmentalNoise noise;
    int threads;      ///< of one step, where enough households move to be worth it
    int traces;       ///< households to trace, about
    EngineSpec spec;  ///< what records say

    Setup(const World& w, Policy by, const EngineSpec& asked)
        : world(w),
          policy(std::move(by)),
          sizes(w),
          noise(policy, w),
          threads(std::max(1, asked.threads)),
          traces(asked.traces),
          spec(asked) {}

    int groups() const { return world.group_count(); }
    int places() const { return world.place_count(); }
    double persons(int k) const { return world.groups[std::size_t(k)].household_size; }
};

/// Everything that outlives a step: where each household is, and what decides when it leaves.
///
/// Shape    K groups, P places.
struct State {
    int step = 0;                      ///< the next one
    std::vector<Residents> residents;  ///< [K][P] who have never moved
    Cells cells;                       ///< who have, and are at a place
    CumulativeHazards hazards;
    ArrivalRing<std::vector<std::vector<Traveller>>> road;  ///< [destination P]
    std::vector<Count> displaced;            ///< [rows of World::displaced] away from home at the start
    LazyZeros<History> history;              ///< [households]
    std::vector<double> unused_quota;        ///< [P] of a crossing, less than a household [persons]
    std::vector<double> departures_to_come;  ///< [P] given ones that are not yet a household [persons]
    Pull pull;
    UnderWay under_way;
    HouseholdId trace_every = 0;  ///< each so-many-th household is traced; 0: none
    std::vector<TraceEvent> traces;

    /// Everybody where the world puts them at the start.
    ///
    /// @throws  ModelFault if households are more than can be numbered
    template <class Policy>
    explicit State(const Setup<Policy>& setup);

    Residents& residents_of(int k, int i) {
        return residents[std::size_t(k) * unused_quota.size() + std::size_t(i)];
    }
    const Residents& residents_of(int k, int i) const {
        return residents[std::size_t(k) * unused_quota.size() + std::size_t(i)];
    }
    /// Households in a cell, those who have never moved among them.
    Count households(const Cell& cell) const {
        const Count untouched = cell.where == Whereabouts::home ? residents_of(cell.k, cell.i).households : 0;
        return untouched + cells.households(cell);
    }
    int places() const { return int(unused_quota.size()); }
};

/// Counts who is where at the end of a step.
///
/// @param now     what decisions of the next one depend on; set
/// @param record  its stocks but those that `derive_stocks` adds; of a record that was reset
/// @return        all households, wherever they are
std::size_t count(const World& world, const State& state, Headcount& now, StepRecord& record);
/// The same of a state between two steps, for its next one alone.
Headcount headcount(const World& world, const State& state);

/// Everyone who waits at place i, cell by cell.
std::vector<Traveller> queue_at(const State& state, int i);

/// What households have been through, by home.
Histories histories(const World& world, const State& state);

void save(const World& world, const State& state, Saver& to);
/// @param state  of a world whose first steps are those of the world it was saved from
/// @param steps  after which it was saved
/// @throws       std::out_of_range if what was saved is not the state of such a run
void restore(const World& world, State& state, int steps, Loader& from);

/// Notes what happened to a household, if it is traced.
inline void trace(State& state, HouseholdId id, int o, int place, TraceKind event) {
    if (state.trace_every == 0 || id % state.trace_every != 0) return;
    state.traces.push_back({std::int32_t(id), state.step, o, place, event});
}

/// Puts a household into a cell with a new threshold.
template <class Policy>
void settle(const Policy& policy, State& state, const Cell& cell, HouseholdId id) {
    const std::uint64_t settlement = ++state.history[id].settlements;
    state.cells.settle(cell, id,
                       state.hazards.at(cell) + policy.threshold({Purpose::threshold, settlement, id}));
}

}  // namespace nuzuh::agent
