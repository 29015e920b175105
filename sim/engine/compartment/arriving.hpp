// How a step ends: arrivals, gates and crossings.
#pragma once

#include <algorithm>
#include <utility>

#include "sim/engine/compartment/state.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh::compartment {

/// Those on their way home are back; calls `fled(o, k, households)` for those whose home fell meanwhile: they arrive there
/// in flight.
template <class Policy, class State, class Number, class Fled>
void come_home(const Setup<Policy>& setup, State& state, Cells<Number>& homeward, StepRecord& record,
               Fled fled) {
    for (int o = 0; o < setup.places(); ++o) {
        for (int k = 0; k < setup.groups(); ++k) {
            const Number n = homeward(k, o);
            if (!(n > 0)) continue;
            if (setup.inputs(state.step).fallen(o)) {
                fled(o, k, n);
                if (state.under_way.counts())
                    record.at(o, arrivals_by(Cause::capture)) += setup.persons(k) * double(n);
            } else {
                state.back(k, o) += n;
                record.at(o, PlaceField::returns) += setup.persons(k) * double(n);
            }
        }
    }
    homeward.setZero();
}

/// Draws who of those at a gate is let in, see `let_in_by_cell`.
///
/// @return  [cells] households
template <class Policy, class Number>
std::vector<Number> let_some_in(const Setup<Policy>& setup, int step, std::uint64_t queue,
                                std::span<const Cell<Number>> at_gate, double room_persons) {
    std::vector<Number> households;
    for (const auto& cell : at_gate) households.push_back(cell.n);
    const auto group_of = [&](std::size_t c) { return at_gate[c].k; };
    return let_in_by_cell(setup.policy, step, queue, setup.sizes, std::span<const Number>(households),
                          group_of, room_persons);
}

template <class Policy>
bool has_gate(const Setup<Policy>& setup, int step, int j) {
    return setup.world.abroad_behind[std::size_t(j)] >= 0 || setup.inputs(step).fallen(j) ||
           setup.world.places[std::size_t(j)].admission == Admission::hard;
}

/// Lets those who arrived at the gate of place j settle as far as there is room; the others wait there.
template <class Policy, class State, class Number>
void let_in_at(const Setup<Policy>& setup, State& state, Totals<Number>& totals, int j,
               std::span<const Cell<Number>> at_gate, StepRecord& record) {
    const bool crossing = setup.world.abroad_behind[std::size_t(j)] >= 0;
    const bool hard = setup.world.places[std::size_t(j)].admission == Admission::hard;
    double free = setup.world.capacity[std::size_t(j)];
    if (hard) {
        state.settled.each(j, [&](int, std::span<const Number> households) {
            for (std::size_t k = 0; k < households.size(); ++k)
                free -= setup.persons(int(k)) * double(households[k]);
        });
    }
    const double room = rules::room_on_arrival(crossing, setup.inputs(state.step).fallen(j), hard, free);
    const auto admitted = let_some_in(setup, state.step, 2 * std::uint64_t(j), at_gate, room);
    double turned_away = 0;
    for (std::size_t c = 0; c < at_gate.size(); ++c) {
        const auto& [h, k, n] = at_gate[c];
        const Number turned = n - admitted[c];
        if (admitted[c] > 0) state.settled.of(j, h, k) += admitted[c];
        if (turned > 0) state.waiting.of(j, h, k) += turned;
        turned_away += setup.persons(k) * double(turned);
    }
    if (turned_away > 0) totals.anyone_waits = true;
    if (!crossing) record.at(j, PlaceField::turned_away) += turned_away;
}

/// Cells of one home and group become one, in order of homes and groups.
template <class Number>
void put_together(std::vector<Cell<Number>>& cells) {
    const auto is_before = [](const auto& a, const auto& b) {
        return std::pair(a.h, a.k) < std::pair(b.h, b.k);
    };
    std::sort(cells.begin(), cells.end(), is_before);
    std::size_t last = 0;
    for (std::size_t c = 1; c < cells.size(); ++c) {
        if (is_before(cells[last], cells[c]))
            cells[++last] = cells[c];
        else
            cells[last].n += cells[c].n;
    }
    cells.resize(last + 1);
}

/// Whole households arrive.
template <class Policy, class Number>
void arrive(const Setup<Policy>& setup, DrawnState<Number>& state, Totals<Number>& totals,
            SparseArrivals<Number>& arriving, Cells<Number>& homeward, StepRecord& record) {
    come_home(setup, state, homeward, record, [&](int o, int k, Number n) {
        arriving.all.push_back({o, {setup.homes.of(o), k, n}});
    });
    Cells<Number> households = Cells<Number>::Zero(setup.groups(), setup.places());
    std::vector<std::vector<Cell<Number>>> at_gate(std::size_t(setup.places()));
    std::vector<char> gated(at_gate.size());
    for (int j = 0; j < setup.places(); ++j) gated[std::size_t(j)] = has_gate(setup, state.step, j);
    for (const auto& [j, cell] : arriving.all) {
        const auto& [h, k, n] = cell;
        households(k, j) += n;
        if (setup.spec.count_origins)
            record.arrivals_from.push_back({j, setup.homes.place(h), setup.persons(k) * double(n)});
        if (gated[std::size_t(j)])
            at_gate[std::size_t(j)].push_back(cell);
        else
            state.settled.of(j, h, k) += n;
    }
    for (int j = 0; j < setup.places(); ++j) {
        for (int k = 0; k < setup.groups(); ++k)
            record.at(j, PlaceField::arrivals) += setup.persons(k) * double(households(k, j));
        auto& cells = at_gate[std::size_t(j)];
        if (cells.empty()) continue;
        put_together(cells);
        let_in_at(setup, state, totals, j, std::span<const Cell<Number>>(cells), record);
    }
    arriving.all.clear();
}

/// Fractions of households arrive.
inline void arrive(const Setup<ExpectedPolicy>& setup, MeanState& state, Totals<double>& totals,
                   Eigen::ArrayXXd& arriving, Cells<double>& homeward, StepRecord& record) {
    const int homes = setup.homes.count();
    come_home(setup, state, homeward, record,
              [&](int o, int k, double n) { arriving(setup.row_of_group(k) + setup.homes.of(o), o) += n; });
    Eigen::ArrayXd from(homes);
    std::vector<Cell<double>> cells;
    for (int j = 0; j < setup.places(); ++j) {
        from.setZero();
        double people = 0;
        for (int k = 0; k < setup.groups(); ++k) {
            const double n = kernels::sum(&arriving(setup.row_of_group(k), j), homes);
            if (!(n > 0)) continue;
            people += setup.persons(k) * n;
            if (setup.spec.count_origins)
                kernels::add(&arriving(setup.row_of_group(k), j), setup.persons(k), from.data(), homes);
        }
        if (!(people > 0)) continue;
        record.at(j, PlaceField::arrivals) = people;
        for (int h = 0; h < homes && setup.spec.count_origins; ++h) {
            if (from(h) > 0) record.arrivals_from.push_back({j, setup.homes.place(h), from(h)});
        }
        if (has_gate(setup, state.step, j)) {
            cells.clear();
            for (int r = 0; r < arriving.rows(); ++r) {
                if (arriving(r, j) > 0) cells.push_back({r % homes, r / homes, arriving(r, j)});
            }
            let_in_at(setup, state, totals, j, std::span<const Cell<double>>(cells), record);
        } else {
            state.settled.n.col(j) += arriving.col(j);
        }
        arriving.col(j).setZero();
    }
}

/// Those who have travelled long enough arrive: at home, at a place, or at its gate.
template <class Policy, class State, class Number>
void arrive(const Setup<Policy>& setup, State& state, Totals<Number>& totals, StepRecord& record) {
    const std::size_t now = state.road.slot(state.step, 1);
    state.under_way.arrive(state.step, record);
    if (!(totals.road_households[Eigen::Index(now)] > 0)) return;
    totals.road_households[Eigen::Index(now)] = 0;
    totals.road_persons.col(Eigen::Index(now)).setZero();
    arrive(setup, state, totals, state.road[now], state.homeward[now], record);
}

/// Lets people through a crossing, in random order, up to its quota.
template <class Policy, class State>
void cross(const Setup<Policy>& setup, State& state, int c, StepRecord& record) {
    using Number = typename Policy::Number;
    const double quota = setup.inputs(state.step).quota(c);
    double& unused_quota = state.unused_quota[std::size_t(c)];
    const double room = rules::room_at_crossing(quota, setup.world.dt, unused_quota);
    std::vector<Cell<Number>> queue;
    state.waiting.each(c, [&](int h, std::span<const Number> households) {
        for (std::size_t k = 0; k < households.size(); ++k) {
            if (households[k] > 0) queue.push_back({h, int(k), households[k]});
        }
    });
    double passed = 0;
    bool anyone_stays = !queue.empty();
    if (room > 0 && !queue.empty()) {
        const auto passing = let_some_in(setup, state.step, 2 * std::uint64_t(c) + 1,
                                         std::span<const Cell<Number>>(queue), room);
        anyone_stays = false;
        for (std::size_t q = 0; q < queue.size(); ++q) {
            const auto& [h, k, n] = queue[q];
            state.waiting.of(c, h, k) -= passing[q];
            if (passing[q] > 0)
                state.settled.of(setup.world.abroad_behind[std::size_t(c)], h, k) += passing[q];
            passed += setup.persons(k) * double(passing[q]);
            anyone_stays = anyone_stays || n - passing[q] > 0;
        }
        state.waiting.tidy(c);
    }
    unused_quota = rules::quota_carry_over(quota, room, passed, anyone_stays);
    record.at(c, PlaceField::admitted) = passed;
}

}  // namespace nuzuh::compartment
