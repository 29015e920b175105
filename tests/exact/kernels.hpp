// The exact distribution of an engine's next state, by following every decision of its own code.
#pragma once

#include <algorithm>
#include <set>
#include <tuple>

#include "sim/engine/agent/agents_impl.hpp"
#include "sim/engine/compartment/compartments_impl.hpp"
#include "sim/engine/pooled/pooled_impl.hpp"
#include "tests/exact/enumerated_batch.hpp"
#include "tests/exact/enumerated_law.hpp"
#include "tests/exact/state.hpp"

namespace nuzuh {

/// Fills and reads an agent engine.
template <class Law>
struct AgentsInside {
    Agents<Law>& engine;
    using Place = std::tuple<Status, int, int, int>;  ///< status, group, place, home
    struct Placed {
        Place at;
        double before;
        bool ready;
    };

    double clock(const Place& at) const {
        if (std::get<1>(at) >= engine.world_.mobile_groups) return 0;  // no hazard moves them
        return std::apply([&](auto... where) { return engine.clocks_.at(where...); }, at);
    }

    /// Puts households into cells: those marked ready leave as soon as any hazard acts, the others never.
    ///
    /// @param first_to_leave  numbers of the residents who are ready; filled
    std::vector<Placed> fill(const exact::State& state, int t, unsigned ready,
                             std::set<std::uint64_t>& first_to_leave) {
        engine.step_ = t;
        for (auto& residents : engine.residents_) residents = {};
        std::vector<Placed> placed;
        HouseholdId id = 0;
        for (const auto& [position, n] : state.households) {
            const auto& [status, k, i, o, left] = position;
            if (status == exact::road) {
                auto& arriving =
                    engine.road_[std::size_t((t + left - 1) % int(engine.road_.size()))][std::size_t(i)];
                for (int h = 0; h < n; ++h) arriving.push_back({id++, k, o});
                continue;
            }
            const Place at{Status(status), k, i, o};
            for (int h = 0; h < n; ++h) placed.push_back({at, clock(at), bool(ready >> placed.size() & 1u)});
            const auto first_ready = placed.end() - n;
            if (status == exact::home) {
                const auto leave =
                    std::count_if(first_ready, placed.end(), [](const Placed& one) { return one.ready; });
                for (int h = 0; h < leave; ++h) first_to_leave.insert(id + HouseholdId(h));
                engine.residents(k, i) = {n, id, 0};
                engine.residents(k, i).draw(engine.law_);
                id += HouseholdId(n);
            } else {
                for (auto one = first_ready; one != placed.end(); ++one) {
                    engine.cells_.settle(engine.cell_index(Status(status), k, i, o), id++,
                                         one->ready ? 0.0 : 1e300);
                }
            }
        }
        for (const auto& [c, thousandths] : state.credit) engine.credit_[c] = double(thousandths) / 1000;
        return placed;
    }

    /// Chance that exponential thresholds were as `fill` assumed, given the hazard that acted.
    double chance_of_thresholds(const std::vector<Placed>& placed) const {
        double chance = 1;
        for (const auto& one : placed) {
            const double stays = std::exp(-(clock(one.at) - one.before));
            chance *= one.ready ? 1 - stays : stays;
        }
        return chance;
    }

    exact::State read() const {
        exact::State state;
        const int places = engine.places();
        for (int k = 0; k < engine.groups(); ++k) {
            for (int i = 0; i < places; ++i) {
                for (auto status : {Status::home, Status::back}) {
                    state.add({int(status), k, i, i, 0}, engine.households(status, k, i, i));
                }
                for (int o = 0; o < places; ++o) {
                    for (auto status : {Status::settled, Status::waiting}) {
                        state.add({int(status), k, i, o, 0}, engine.households(status, k, i, o));
                    }
                }
            }
        }
        const int slots = int(engine.road_.size());
        for (int left = 1; left <= slots; ++left) {
            const auto& arriving = engine.road_[std::size_t((engine.step_ + left - 1) % slots)];
            for (int j = 0; j < places; ++j) {
                for (const auto& one : arriving[std::size_t(j)])
                    state.add({exact::road, one.k, j, one.o, left}, 1);
            }
        }
        for (int c = 0; c < places; ++c) {
            if (std::llround(engine.credit_[c] * 1000) != 0)
                state.credit[c] = std::llround(engine.credit_[c] * 1000);
        }
        return state;
    }
};

}  // namespace nuzuh

namespace nuzuh::exact {

inline Distribution agents_step(const World& world, const State& start, int t) {
    int settled_now = 0;
    for (const auto& [position, n] : start.households) settled_now += std::get<0>(position) == road ? 0 : n;
    Distribution result;
    for (unsigned ready = 0; ready < 1u << settled_now; ++ready) {
        Script script;
        do {
            std::set<std::uint64_t> first_to_leave;
            Agents<EnumeratedLaw> engine(world, {&script, &first_to_leave}, 0);
            AgentsInside<EnumeratedLaw> inside{engine};
            const auto placed = inside.fill(start, t, ready, first_to_leave);
            StepRecord record;
            engine.step(record);
            const double chance = script.chance() * inside.chance_of_thresholds(placed);
            if (chance > 0) result[inside.read()] += chance;
        } while (script.advance());
    }
    return result;
}

inline Distribution compartments_step(const World& world, const State& start, int t) {
    using Engine = Compartments<EnumeratedLaw>;
    const int slots = world.network->longest_journey;
    Distribution result;
    Script script;
    do {
        Engine engine(world, {&script});
        Engine::State cells = engine.state();
        cells.home.setZero();
        for (const auto& [position, n] : start.households) {
            const auto& [status, k, i, o, left] = position;
            const auto slot = std::size_t(t + left - 1) % std::size_t(slots);
            if (status == home) cells.home(k, i) = n;
            if (status == back) cells.back(k, i) = n;
            if (status == settled) cells.settled(engine.row(k, o), i) = n;
            if (status == waiting) cells.waiting(engine.row(k, o), i) = n;
            if (status == road && i == o) cells.homeward[slot](k, o) = n;
            if (status == road && i != o) cells.road[slot](engine.row(k, o), i) = n;
        }
        for (const auto& [c, thousandths] : start.credit) cells.credit[c] = double(thousandths) / 1000;
        engine.restore(cells, t);
        StepRecord record;
        engine.step(record);
        State next;
        const auto& after = engine.state();
        for (int k = 0; k < world.group_count(); ++k) {
            for (int i = 0; i < world.place_count(); ++i) {
                next.add({home, k, i, i, 0}, int(after.home(k, i)));
                next.add({back, k, i, i, 0}, int(after.back(k, i)));
                if (k >= world.mobile_groups) continue;
                for (int left = 1; left <= slots; ++left) {
                    next.add({road, k, i, i, left}, int(after.homeward[std::size_t(t + left) % slots](k, i)));
                }
                for (int o = 0; o < world.place_count(); ++o) {
                    if (!(world.households_at_start(o) > 0)) continue;
                    next.add({settled, k, i, o, 0}, int(after.settled(engine.row(k, o), i)));
                    next.add({waiting, k, i, o, 0}, int(after.waiting(engine.row(k, o), i)));
                    for (int left = 1; left <= slots; ++left) {
                        next.add({road, k, i, o, left},
                                 int(after.road[std::size_t(t + left) % slots](engine.row(k, o), i)));
                    }
                }
            }
        }
        for (int c = 0; c < world.place_count(); ++c) {
            const auto thousandths = std::llround(engine.state().credit[c] * 1000);
            if (thousandths != 0) next.credit[c] = thousandths;
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
        pooled::Pooled<EnumeratedLaw> engine({&member, 1}, {EnumeratedLaw{&script}});
        pooled::State before = engine.state();
        const int slots = int(before.road.size());
        for (Batch& cell : before.home) cell = {};
        for (const auto& [position, n] : start.households) {
            const auto& [status, k, i, home_of, left] = position;
            const auto slot = std::size_t((t + left - 1) % slots);
            Batches& cells = status == home      ? before.home
                             : status == back    ? before.back
                             : status == settled ? before.settled
                             : status == waiting ? before.waiting
                             : i == o            ? before.homeward[slot]
                                                 : before.road[slot];
            cells[at(k, i)].of[0] = n;
            const bool abroad = world.places[std::size_t(i)].type == PlaceType::abroad;
            if (status != home && status != back && !(status == road && i == o) && !abroad)
                before.away[at(k, o)].of[0] += n;
        }
        for (const auto& [c, thousandths] : start.credit)
            before.credit[std::size_t(c)].of[0] = double(thousandths) / 1000;
        engine.restore(before, t);
        StepRecord record;
        engine.step({&record, 1});
        State next;
        const auto& after = engine.state();
        for (int k = 0; k < world.group_count(); ++k) {
            for (int i = 0; i < world.place_count(); ++i) {
                const auto add = [&](int status, const Batches& cells, int left) {
                    next.add({status, k, i, status == home || status == back ? i : o, left},
                             int(cells[at(k, i)].of[0]));
                };
                add(home, after.home, 0);
                if (k >= world.mobile_groups) continue;
                add(back, after.back, 0);
                add(settled, after.settled, 0);
                add(waiting, after.waiting, 0);
                for (int left = 1; left <= slots; ++left) {
                    const auto slot = std::size_t((t + left) % slots);
                    add(road, after.road[slot], left);
                    add(road, after.homeward[slot], left);
                }
            }
        }
        for (int c = 0; c < world.place_count(); ++c) {
            const auto thousandths = std::llround(after.credit[std::size_t(c)].of[0] * 1000);
            if (thousandths != 0) next.credit[c] = thousandths;
        }
        result[next] += script.chance();
    } while (script.advance());
    return result;
}

}  // namespace nuzuh::exact
