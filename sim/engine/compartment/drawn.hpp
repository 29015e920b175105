// Who leaves a place by draws: how many, from which homes, and where to.
//
// All cells of a group and a place face the same hazard, whatever the home: one draw tells how many leave, a second from
// which homes they are. This is exact, and far fewer draws than one a cell.
#pragma once

#include <algorithm>
#include <numeric>
#include <optional>

#include "sim/engine/compartment/state.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::compartment {

/// Households drawn to leave a place.
template <class Number>
struct Leaving {
    int h;
    int k;
    Whereabouts from;
    Number n;
};

/// Work of a step that is of no use after it.
template <class Policy>
struct DrawScratch {
    using Number = typename Policy::Number;

    OpenHomes<Number> homes;
    AtHome<Number> at_home;
    std::vector<Leaving<Number>> leaving;         ///< the place at hand
    std::vector<Number> drawn, leave;             ///< [H]
    std::vector<std::size_t> moving, going_home;  ///< homes of those who do
    std::vector<Number> to;                       ///< [P]
    std::vector<double> weights, sums;            ///< [P]
    std::vector<int> where;                       ///< destination of each household
    std::vector<Eigen::ArrayXXd> setting_out;     ///< [modes][to P, from P] persons, for the roads

    explicit DrawScratch(const Setup<Policy>& setup)
        : at_home(setup.groups()),
          drawn(std::size_t(setup.homes.count())),
          leave(drawn.size()),
          to(std::size_t(setup.places())),
          weights(to.size()),
          sums(to.size()),
          setting_out(setup.world.modes.size(), Eigen::ArrayXXd::Zero(setup.places(), setup.places())) {}
};

/// What the functions below read and change: one step of one run.
template <class Policy>
struct DrawnStep {
    using Number = typename Policy::Number;

    const Setup<Policy>& setup;
    State<Number>& state;
    Totals<Number>& totals;
    DrawScratch<Policy>& scratch;
    StepRecord& record;
    const StepInputs& inputs;

    Address address(Purpose purpose, int i, std::uint64_t part) const {
        return {purpose, std::uint64_t(state.step), std::uint64_t(i), part};
    }
};

/// Households on their way from i to j.
template <class Policy>
void put_on_road(DrawnStep<Policy>& s, int k, int i, int j, int h, typename Policy::Number n) {
    const int mode = s.setup.mode(k);
    const auto slot = s.state.road.slot(s.state.step, s.setup.journeys(s.state.step, mode).steps(j, i));
    s.state.road[slot](k * s.setup.homes.count() + h, j) += n;
    s.totals.put_on_road(slot, j, s.setup.persons(k), n);
    if (s.setup.count_routes)
        s.scratch.setting_out[std::size_t(mode)](j, i) += s.setup.persons(k) * double(n);
}

/// Households on their way from i to their home at place o.
template <class Policy>
void go_home(DrawnStep<Policy>& s, int k, int i, int o, typename Policy::Number n) {
    const int mode = s.setup.mode(k);
    const auto slot =
        s.state.road.slot(s.state.step, i == o ? 1 : s.setup.journeys(s.state.step, mode).steps(o, i));
    s.state.homeward[slot](k, o) += n;
    s.totals.put_on_road(slot, o, s.setup.persons(k), n);
    if (s.setup.count_routes)
        s.scratch.setting_out[std::size_t(mode)](o, i) += s.setup.persons(k) * double(n);
}

/// Counts those among the households that stayed who would have left had the way out been free.
template <class Policy>
void count_stuck(DrawnStep<Policy>& s, int i, int k, std::uint64_t part, typename Policy::Number stayed,
                 double hazard) {
    if (!(stayed > 0)) return;
    const double wanted = rules::chance_held_back(s.inputs.access(i), hazard, s.setup.world.dt);
    const auto n =
        s.setup.policy.part_of(s.address(Purpose::could_not, k * s.setup.places() + i, part), stayed, wanted);
    s.record.at(i, PlaceField::could_not_leave) += s.setup.persons(k) * double(n);
}

/// Draws who leaves home at place i.
template <class Policy>
void draw_from_home(DrawnStep<Policy>& s, int i, const Hazards& hazards) {
    const auto& setup = s.setup;
    if (!(setup.world.households_at_start(i) > 0)) return;
    const bool given = setup.world.departures.size() > 0;
    const double access = s.inputs.access(i);
    auto& [cells, chances, none, out] = s.scratch.at_home;
    if (given) {
        s.record.at(i, PlaceField::could_not_leave) += s.scratch.at_home.take_given(setup, s.state, i);
    } else {
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const int k = int(c / 2);
            cells[c] = c % 2 == 0 ? s.state.home(k, i) : s.state.back(k, i);
            const double hazard = access * hazards.home(k, i);
            chances[c] = c % 2 == 0 ? rules::leave_chance(hazard, setup.world.dt) : chances[c - 1];
            none[c] = cells[c] > 0 ? rules::chance_of_nobody(double(cells[c]), hazard, setup.world.dt) : 1;
        }
        setup.policy.parts_of(s.address(Purpose::leave, i, std::uint64_t(Whereabouts::home)), cells, chances,
                              none, out);
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
        const int k = int(c / 2);
        const Whereabouts from = c % 2 == 0 ? Whereabouts::home : Whereabouts::back;
        if (out[c] > 0) s.scratch.leaving.push_back({setup.homes.of(i), k, from, out[c]});
        if (given || access >= 1) continue;
        count_stuck(s, i, k, c, cells[c] - out[c], hazards.home(k, i));
    }
}

/// Draws from which homes those of one group are who might leave place i, and which of them leave or go home.
///
/// @param n       at the chance of those whose home is open, if any is
/// @param hazard  of moving on
/// @return        how many leave or go home
template <class Policy>
typename Policy::Number draw_from_homes(DrawnStep<Policy>& s, int i, int k, Whereabouts from,
                                        typename Policy::Number n, double hazard) {
    using Number = typename Policy::Number;
    if (!(n > 0)) return 0;
    const auto& setup = s.setup;
    auto& [homes, at_home, leaving, drawn, leave, moving, going_home, to, weights, sums, where, setting_out] =
        s.scratch;
    Number* cells = &s.state.at(from)(k * setup.homes.count(), i);
    const std::span<const Number> here(cells, leave.size());
    const double back = homes.any[std::size_t(i)] ? setup.world.settings.behaviour.returning.rate : 0;
    const double closed = rules::part_without_return(hazard, back, setup.world.dt);
    const double returns = rules::part_returning(1.0, hazard, back);
    const auto is_open = [&](std::size_t h) { return back > 0 && homes.open(Eigen::Index(h), i) > 0; };
    const auto address = [&](Purpose purpose, std::size_t h) {
        return s.address(purpose, i, cell(from, k, int(h)));
    };
    Number moved{0};
    const auto part = [&](std::size_t h, Number away, Number home) {
        moved += away + home;
        if (home > 0) {
            go_home(s, k, i, setup.homes.place(int(h)), home);
            cells[h] -= home;
        }
        if (away > 0) leaving.push_back({int(h), k, from, away});
    };
    if (n < Policy::small_sample_cutoff) {
        std::fill(drawn.begin(), drawn.end(), Number{0});
        CumulativeWeights<Number> cumulative(here);
        auto heads = setup.policy.one_by_one(address(Purpose::who, 0));
        moving.clear();
        going_home.clear();
        for (; n > 0; --n) {
            const std::size_t h = heads.out_of(cumulative, drawn);
            const bool open = is_open(h);
            if (open && heads.happens(returns))
                going_home.push_back(h);
            else if (open || closed == 1 || heads.happens(closed))
                moving.push_back(h);
        }
        for (const std::size_t h : going_home) part(h, 0, 1);
        std::sort(moving.begin(), moving.end());
        for (auto one = moving.begin(); one != moving.end();) {
            const auto next = std::upper_bound(one, moving.end(), *one);
            part(*one, Number(next - one), 0);
            one = next;
        }
        return moved;
    }
    setup.policy.without_order(address(Purpose::who, 0), n, here, leave);
    for (std::size_t h = 0; h < leave.size(); ++h) {
        if (!(leave[h] > 0)) continue;
        if (is_open(h)) {
            const Number home = setup.policy.part_of(address(Purpose::leave_or_return, h), leave[h], returns);
            part(h, leave[h] - home, home);
        } else {
            const Address thinned = address(Purpose::leave_thinned, h);
            part(h, closed == 1 ? leave[h] : setup.policy.part_of(thinned, leave[h], closed), 0);
        }
    }
    return moved;
}

/// Displaced or waiting households at place i: some move on, some go home.
///
/// One draw a group at the chance of those whose home is open tells how many might stop staying, a second from which
/// homes they are. Those whose home is open face two competing hazards, with a higher chance together: the others are
/// thinned to theirs, and a last draw tells which of the two won.
///
/// @param hazard  [M] of moving on
template <class Policy>
void draw_onward(DrawnStep<Policy>& s, int i, Whereabouts from, const Eigen::ArrayXd& hazard) {
    const auto& setup = s.setup;
    const auto all = (from == Whereabouts::settled ? s.totals.settled : s.totals.waiting).col(i);
    if (!(all.sum() > 0)) return;
    const double access = s.inputs.access(i), dt = setup.world.dt;
    const double back =
        s.scratch.homes.any[std::size_t(i)] ? setup.world.settings.behaviour.returning.rate : 0;
    auto& [cells, chances, none, out] = s.scratch.at_home;
    const auto count = std::size_t(setup.groups());
    for (int k = 0; k < setup.groups(); ++k) {
        const double either = access * hazard(k) + back;
        const auto c = std::size_t(k);
        cells[c] = all(k);
        chances[c] = all(k) > 0 ? rules::leave_chance(either, dt) : 0;
        none[c] = all(k) > 0 ? rules::chance_of_nobody(double(all(k)), either, dt) : 1;
    }
    setup.policy.parts_of(s.address(Purpose::leave, i, std::uint64_t(from)), std::span(cells).first(count),
                          std::span(chances).first(count), std::span(none).first(count),
                          std::span(out).first(count));
    for (int k = 0; k < setup.groups(); ++k) {
        const auto moved = draw_from_homes(s, i, k, from, out[std::size_t(k)], access * hazard(k));
        if (access < 1)
            count_stuck(s, i, k, std::uint64_t(2 * setup.groups() * int(from) + k), all(k) - moved,
                        hazard(k));
    }
}

/// Everyone drawn to leave place i draws a destination, or stays where none can be reached.
template <class Policy>
void set_out(DrawnStep<Policy>& s, int i) {
    using Number = typename Policy::Number;
    const auto& setup = s.setup;
    auto& [homes, at_home, leaving, drawn, leave, moving, going_home, to, weights, sums, where, setting_out] =
        s.scratch;
    // Below the first a search on the line is quickest, above the second a draw a destination.
    constexpr Number one_after_another = 8, picked_each = 128;
    std::optional<CumulativeWeights<double>> cumulative;
    int weighed_home = -1, weighed_mode = -1, summed_home = -1, summed_mode = -1;
    for (const auto& [h, k, from, n] : leaving) {
        const int mode = setup.mode(k);
        if (h != weighed_home || mode != weighed_mode) {
            kernels::weigh(setup.attraction(s.state.step, mode).col(i).data(),
                           s.state.pull.matrix().col(h).data(), weights.data(), setup.places());
            cumulative.emplace(weights);
            weighed_home = h;
            weighed_mode = mode;
        }
        const double people = setup.persons(k) * double(n);
        if (!(cumulative->total() > 0)) {
            s.record.at(i, PlaceField::could_not_leave) += people;
            continue;
        }
        s.state.at(from)(is_away(from) ? k * setup.homes.count() + h : k, i) -= n;
        s.record.at(i, PlaceField::departures) += people;
        if (from == Whereabouts::home) s.record.at(i, PlaceField::first_departures) += people;
        const Address address = s.address(Purpose::choose, i, cell(from, k, h));
        if (n == 1) {
            put_on_road(s, k, i, setup.policy.pick(address, *cumulative), h, 1);
            continue;
        }
        std::fill(to.begin(), to.end(), Number{0});
        if (n >= one_after_another && n <= picked_each) {
            if (summed_home != h || summed_mode != mode)
                std::partial_sum(weights.begin(), weights.end(), sums.begin());
            summed_home = h;
            summed_mode = mode;
            where.resize(std::size_t(n));
            setup.policy.pick_each(address, sums, where);
            for (int j : where) ++to[std::size_t(j)];
        } else {
            setup.policy.divide(address, n, *cumulative, to);
        }
        for (int j = 0; j < setup.places(); ++j) {
            if (to[std::size_t(j)] > 0) put_on_road(s, k, i, j, h, to[std::size_t(j)]);
        }
    }
}

/// Everyone decides whether to leave, and those who do set out.
template <class Policy>
void leave(const Setup<Policy>& setup, State<typename Policy::Number>& state,
           Totals<typename Policy::Number>& totals, DrawScratch<Policy>& scratch, const Hazards& hazards,
           StepRecord& record) {
    DrawnStep<Policy> s{setup, state, totals, scratch, record, setup.inputs(state.step)};
    scratch.homes.update(setup, state.step);
    for (int i = 0; i < setup.places(); ++i) {
        if (setup.is_abroad(i)) continue;
        scratch.leaving.clear();
        draw_from_home(s, i, hazards);
        draw_onward(s, i, Whereabouts::settled, hazards.away.col(i));
        if (totals.anyone_waits) draw_onward(s, i, Whereabouts::waiting, hazards.waiting.col(i));
        set_out(s, i);
    }
}

}  // namespace nuzuh::compartment
