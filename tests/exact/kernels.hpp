// The exact distribution of an engine's next state, by following every decision of its own code.
#pragma once

#include <algorithm>
#include <set>
#include <tuple>

#include "sim/engine/agent/start.hpp"
#include "sim/engine/agent/step.hpp"
#include "sim/engine/compartment/step.hpp"
#include "sim/engine/pooled/step.hpp"
#include "tests/exact/enumerated_batch.hpp"
#include "tests/exact/enumerated_policy.hpp"
#include "tests/exact/state.hpp"

namespace nuzuh::exact {

/// The agents of a state, and what is assumed of their thresholds.
class ChosenThresholds {
public:
    ChosenThresholds(const World& world, const agent::State& agents) : world_(world), agents_(agents) {}

    /// A household in a cell, that leaves in the next step or does not.
    void place(const agent::Cell& cell, bool ready) { placed_.push_back({cell, hazard(cell), ready}); }
    std::size_t count() const { return placed_.size(); }

    /// Chance that exponential thresholds were as assumed, given the hazard that acted since.
    double chance() const {
        double chance = 1;
        for (const auto& one : placed_) {
            const double stays = std::exp(-(hazard(one.cell) - one.before));
            chance *= one.ready ? 1 - stays : stays;
        }
        return chance;
    }

private:
    struct Placed {
        agent::Cell cell;
        double before;  ///< cumulative hazard when it was placed
        bool ready;
    };
    double hazard(const agent::Cell& cell) const {
        if (cell.k >= world_.mobile_groups) return 0;  // no hazard moves them
        return agents_.hazards.at(cell);
    }

    const World& world_;
    const agent::State& agents_;
    std::vector<Placed> placed_;
};

/// Puts households into cells: those marked ready leave as soon as any hazard acts, the others never.
///
/// @param first_to_leave  numbers of the residents who are ready; filled
inline void fill(const agent::Setup<EnumeratedPolicy>& setup, agent::State& agents, const State& state, int t,
                 unsigned ready, std::set<std::uint64_t>& first_to_leave, ChosenThresholds& thresholds) {
    using agent::HouseholdId;
    agents.step = t;
    for (auto& residents : agents.residents) residents = {};
    HouseholdId id = 0;
    for (const auto& [position, n] : state.households) {
        const auto& [status, k, i, o, left] = position;
        if (status == road) {
            auto& arriving = agents.road.at(agents.step, std::size_t(left))[std::size_t(i)];
            for (int h = 0; h < n; ++h) arriving.push_back({id++, k, o});
            continue;
        }
        const agent::Cell cell{Whereabouts(status), k, i, o};
        int leave = 0;
        std::vector<bool> leaves;
        for (int h = 0; h < n; ++h) {
            leaves.push_back(ready >> thresholds.count() & 1u);
            leave += leaves.back();
            thresholds.place(cell, leaves.back());
        }
        if (status == home) {
            for (int h = 0; h < leave; ++h) first_to_leave.insert(id + HouseholdId(h));
            agents.residents_of(k, i) = {n, id, 0};
            agents.residents_of(k, i).draw(setup.policy);
            id += HouseholdId(n);
        } else {
            for (const bool one : leaves) agents.cells.settle(cell, id++, one ? 0.0 : 1e300);
        }
    }
    for (const auto& [c, thousandths] : state.unused_quota)
        agents.unused_quota[std::size_t(c)] = double(thousandths) / 1000;
}

inline State read(const World& world, const agent::State& agents) {
    State state;
    const int places = world.place_count();
    for (int k = 0; k < world.group_count(); ++k) {
        for (int i = 0; i < places; ++i) {
            for (auto where : {Whereabouts::home, Whereabouts::back})
                state.add({int(where), k, i, i, 0}, agents.households({where, k, i, i}));
            for (int o = 0; o < places; ++o) {
                for (auto where : {Whereabouts::settled, Whereabouts::waiting})
                    state.add({int(where), k, i, o, 0}, agents.households({where, k, i, o}));
            }
        }
    }
    for (int left = 1; left <= int(agents.road.size()); ++left) {
        const auto& arriving = agents.road.at(agents.step, std::size_t(left));
        for (int j = 0; j < places; ++j) {
            for (const auto& one : arriving[std::size_t(j)]) state.add({road, one.k, j, one.o, left}, 1);
        }
    }
    for (int c = 0; c < places; ++c) {
        const auto thousandths = std::llround(agents.unused_quota[std::size_t(c)] * 1000);
        if (thousandths != 0) state.unused_quota[c] = thousandths;
    }
    return state;
}

inline Distribution agents_step(const World& world, const State& start, int t) {
    int settled_now = 0;
    for (const auto& [position, n] : start.households) settled_now += std::get<0>(position) == road ? 0 : n;
    Distribution result;
    for (unsigned ready = 0; ready < 1u << settled_now; ++ready) {
        Script script;
        do {
            std::set<std::uint64_t> first_to_leave;
            const agent::Setup<EnumeratedPolicy> setup(world, {&script, &first_to_leave}, EngineSpec{});
            agent::State agents(setup);
            agent::Scratch scratch(world, 1);
            ChosenThresholds thresholds(world, agents);
            fill(setup, agents, start, t, ready, first_to_leave, thresholds);
            StepRecord record;
            Headcount now = agent::headcount(world, agents);
            agent::step(setup, agents, now, scratch, record);
            const double chance = script.chance() * thresholds.chance();
            if (chance > 0) result[read(world, agents)] += chance;
        } while (script.advance());
    }
    return result;
}

inline Distribution compartments_step(const World& world, const State& start, int t) {
    using Cells = compartment::DrawnState<Count>;
    const int slots = world.network->longest_journey;
    Distribution result;
    Script script;
    do {
        const compartment::Setup<EnumeratedPolicy> setup(world, {&script});
        Cells cells(setup, {});
        cells.step = t;
        cells.home.setZero();
        for (const auto& [position, n] : start.households) {
            const auto& [status, k, i, o, left] = position;
            if (status == home) cells.home(k, i) = n;
            if (status == back) cells.back(k, i) = n;
            const int h = setup.homes.of(o);
            if (status == settled) cells.settled.of(i, h, k) = n;
            if (status == waiting) cells.waiting.of(i, h, k) = n;
            if (status == road && i == o) cells.homeward.at(t, std::size_t(left))(k, o) = n;
            if (status == road && i != o) cells.road.at(t, std::size_t(left)).all.push_back({i, {h, k, n}});
        }
        for (const auto& [c, thousandths] : start.unused_quota)
            cells.unused_quota[std::size_t(c)] = double(thousandths) / 1000;
        compartment::Totals<Count> totals(setup, cells);
        compartment::DrawScratch<EnumeratedPolicy> scratch(setup);
        StepRecord record;
        compartment::step(setup, cells, totals, scratch, record);
        State next;
        for (int k = 0; k < world.group_count(); ++k) {
            for (int i = 0; i < world.place_count(); ++i) {
                next.add({home, k, i, i, 0}, int(cells.home(k, i)));
                next.add({back, k, i, i, 0}, int(cells.back(k, i)));
                if (k >= world.mobile_groups) continue;
                for (int left = 1; left <= slots; ++left)
                    next.add({road, k, i, i, left}, int(cells.homeward.at(t + 1, std::size_t(left))(k, i)));
            }
        }
        for (int i = 0; i < world.place_count(); ++i) {
            const auto add = [&](int status, const auto& store) {
                store.each(i, [&](int h, std::span<const Count> households) {
                    for (int k = 0; k < world.mobile_groups; ++k)
                        next.add({status, k, i, setup.homes.place(h), 0}, int(households[std::size_t(k)]));
                });
            };
            add(settled, cells.settled);
            add(waiting, cells.waiting);
        }
        for (int left = 1; left <= slots; ++left) {
            for (const auto& [j, cell] : cells.road.at(t + 1, std::size_t(left)).all)
                next.add({road, cell.k, j, setup.homes.place(cell.h), left}, int(cell.n));
        }
        for (int c = 0; c < world.place_count(); ++c) {
            const auto thousandths = std::llround(cells.unused_quota[std::size_t(c)] * 1000);
            if (thousandths != 0) next.unused_quota[c] = thousandths;
        }
        result[next] += script.chance();
    } while (script.advance());
    return result;
}

/// The same without origins, where everyone has one home: then nothing is forgotten, and all must be as with origins.
///
/// @param o  that home
inline Distribution pooled_step(const World& world, const State& start, int t, int o) {
    const auto at = [&](int k, int i) { return std::size_t(k * world.place_count() + i); };
    Distribution result;
    Script script;
    do {
        const Member member{&world, {.kind = EngineKind::pooled}};
        const pooled::Setup<EnumeratedPolicy> setup({&member, 1}, {EnumeratedPolicy{&script}});
        pooled::State state(setup);
        state.step = t;
        for (Batch& cell : state.home) cell = {};
        for (const auto& [position, n] : start.households) {
            const auto& [status, k, i, home_of, left] = position;
            Batches& cells = status == home      ? state.home
                             : status == back    ? state.back
                             : status == settled ? state.settled
                             : status == waiting ? state.waiting
                             : i == o            ? state.homeward.at(t, std::size_t(left))
                                                 : state.road.at(t, std::size_t(left));
            cells[at(k, i)].of[0] = n;
            const bool abroad = world.places[std::size_t(i)].type == PlaceType::abroad;
            if (status != home && status != back && !(status == road && i == o) && !abroad)
                state.away[at(k, o)].of[0] += n;
            if (status == settled) state.pulling[std::size_t(i)].of[0] += n;
        }
        for (const auto& [c, thousandths] : start.unused_quota)
            state.unused_quota[std::size_t(c)].of[0] = double(thousandths) / 1000;
        pooled::Scratch scratch(setup, state);
        StepRecord record;
        pooled::step(setup, state, scratch, {&record, 1});
        State next;
        for (int k = 0; k < world.group_count(); ++k) {
            for (int i = 0; i < world.place_count(); ++i) {
                const auto add = [&](int status, const Batches& cells, int left) {
                    next.add({status, k, i, status == home || status == back ? i : o, left},
                             int(cells[at(k, i)].of[0]));
                };
                add(home, state.home, 0);
                if (k >= world.mobile_groups) continue;
                add(back, state.back, 0);
                add(settled, state.settled, 0);
                add(waiting, state.waiting, 0);
                for (int left = 1; left <= int(state.road.size()); ++left) {
                    add(road, state.road.at(state.step, std::size_t(left)), left);
                    add(road, state.homeward.at(state.step, std::size_t(left)), left);
                }
            }
        }
        for (int c = 0; c < world.place_count(); ++c) {
            const auto thousandths = std::llround(state.unused_quota[std::size_t(c)].of[0] * 1000);
            if (thousandths != 0) next.unused_quota[c] = thousandths;
        }
        result[next] += script.chance();
    } while (script.advance());
    return result;
}

}  // namespace nuzuh::exact
