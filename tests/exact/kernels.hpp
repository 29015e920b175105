// The exact distribution of an engine's next state, by following every decision of its own code.
#pragma once

#include "sim/engine/agent/agents_impl.hpp"
#include "sim/engine/compartment/compartments_impl.hpp"
#include "tests/exact/enumerated_law.hpp"
#include "tests/exact/state.hpp"

namespace nuzuh {

/// Fills and reads an agent engine.
template <class Law>
struct AgentsInside {
    Agents<Law>& engine;
    struct Placed {
        std::size_t cell;
        double before;
        bool ready;
    };

    /// Puts households into cells: those marked ready leave as soon as any hazard acts, the others never.
    std::vector<Placed> fill(const exact::State& state, int t, unsigned ready) {
        std::vector<HouseholdId> nobody;
        for (auto& cell : engine.cells_) cell.clear(nobody);
        engine.step_ = t;
        std::vector<Placed> placed;
        HouseholdId id = 0;
        for (const auto& [spot, n] : state.households) {
            const auto& [status, k, i, o, left] = spot;
            for (int h = 0; h < n; ++h, ++id) {
                if (status == exact::road) {
                    engine.road_[std::size_t((t + left - 1) % int(engine.road_.size()))].push_back({id, k, i, o});
                    continue;
                }
                const auto at = engine.cell_index(typename Agents<Law>::Status(status), k, i, o);
                const bool goes = ready >> placed.size() & 1u;
                engine.cells_[at].settle(id, goes ? 0.0 : 1e300);
                placed.push_back({at, 0.0, goes});
            }
        }
        for (auto& one : placed) one.before = engine.cells_[one.cell].accumulated();
        for (const auto& [c, thousandths] : state.credit) engine.credit_[c] = double(thousandths) / 1000;
        return placed;
    }

    /// Chance that exponential thresholds were as `fill` assumed, given the hazard that acted.
    double chance_of_thresholds(const std::vector<Placed>& placed) const {
        double chance = 1;
        for (const auto& one : placed) {
            const double stays = std::exp(-(engine.cells_[one.cell].accumulated() - one.before));
            chance *= one.ready ? 1 - stays : stays;
        }
        return chance;
    }

    exact::State read() const {
        exact::State state;
        const int places = engine.places();
        for (int k = 0; k < engine.groups(); ++k) {
            for (int i = 0; i < places; ++i) {
                for (auto status : {Agents<Law>::home, Agents<Law>::back}) {
                    state.add({status, k, i, i, 0}, int(engine.cell(status, k, i, i).size()));
                }
                for (int o = 0; o < places; ++o) {
                    for (auto status : {Agents<Law>::settled, Agents<Law>::waiting}) {
                        state.add({status, k, i, o, 0}, int(engine.cell(status, k, i, o).size()));
                    }
                }
            }
        }
        const int slots = int(engine.road_.size());
        for (int left = 1; left <= slots; ++left) {
            for (const auto& one : engine.road_[std::size_t((engine.step_ + left - 1) % slots)]) {
                state.add({exact::road, one.k, one.j, one.o, left}, 1);
            }
        }
        for (int c = 0; c < places; ++c) {
            if (std::llround(engine.credit_[c] * 1000) != 0) state.credit[c] = std::llround(engine.credit_[c] * 1000);
        }
        return state;
    }
};

}  // namespace nuzuh

namespace nuzuh::exact {

inline Distribution agents_step(const World& world, const State& start, int t) {
    int settled_now = 0;
    for (const auto& [spot, n] : start.households) settled_now += std::get<0>(spot) == road ? 0 : n;
    Distribution result;
    for (unsigned ready = 0; ready < 1u << settled_now; ++ready) {
        Script script;
        do {
            Agents<EnumeratedLaw> engine(world, {&script}, 0);
            AgentsInside<EnumeratedLaw> inside{engine};
            const auto placed = inside.fill(start, t, ready);
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
    const int slots = TravelTable(world).longest();
    Distribution result;
    Script script;
    do {
        Engine engine(world, {&script});
        Engine::State cells = engine.state();
        for (int k = 0; k < world.group_count(); ++k) {
            cells.home[k].setZero();
            for (const auto& [spot, n] : start.households) {
                const auto& [status, group, i, o, left] = spot;
                if (group != k) continue;
                if (status == home) cells.home[k](i) = n;
                if (status == back) cells.back[k](i) = n;
                if (status == settled) cells.settled[k](i, o) = n;
                if (status == waiting) cells.waiting[k](i, o) = n;
                if (status == road) cells.road[std::size_t((t + left - 1) % slots)][k](i, o) = n;
            }
        }
        for (const auto& [c, thousandths] : start.credit) cells.credit[c] = double(thousandths) / 1000;
        engine.restore(cells, t);
        StepRecord record;
        engine.step(record);
        State next;
        for (int k = 0; k < world.group_count(); ++k) {
            for (int i = 0; i < world.place_count(); ++i) {
                next.add({home, k, i, i, 0}, int(engine.state().home[k](i)));
                next.add({back, k, i, i, 0}, int(engine.state().back[k](i)));
                for (int o = 0; o < world.place_count(); ++o) {
                    next.add({settled, k, i, o, 0}, int(engine.state().settled[k](i, o)));
                    next.add({waiting, k, i, o, 0}, int(engine.state().waiting[k](i, o)));
                    for (int left = 1; left <= slots; ++left) {
                        next.add({road, k, i, o, left},
                                 int(engine.state().road[std::size_t((t + left) % slots)][k](i, o)));
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

}  // namespace nuzuh::exact
