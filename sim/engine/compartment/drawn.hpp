// Who leaves a place by draws: how many, from which homes, and where to.
//
// All cells of a group and a place face the same hazard, whatever the home: one draw tells how many leave, a second from
// which homes they are. This is exact, and far fewer draws than one a cell.
#pragma once

#include <algorithm>
#include <utility>

#include "sim/engine/compartment/state.hpp"
#include "sim/engine/destinations.hpp"
#include "sim/engine/journeys.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::compartment {

/// Households drawn to leave a place.
template <class Number>
struct Leaving {
    int h;
    int k;
    Whereabouts from;
    std::size_t row;  ///< of the home among the cells of the place; of those who are away
    Number n;
};

/// Work of a step that is of no use after it.
template <class Policy>
struct DrawScratch {
    using Number = typename Policy::Number;

    std::vector<double> strongest_return;  ///< [P] of those at the place, to any home [1/day]
    std::vector<double> return_to;         ///< [H] rate of going home to it, where it is in reach [1/day]
    AtHome<Number> at_home;
    std::vector<Leaving<Number>> leaving;         ///< the place at hand
    HouseholdsInCells one_by_one;                 ///< displaced at the place at hand
    std::vector<Number> drawn;                    ///< [homes with a cell there]
    std::vector<std::size_t> moving, going_home;  ///< of them those who do
    std::vector<Number> to;                       ///< [P]
    std::vector<double> weights;                  ///< [P]
    std::vector<int> where;                       ///< destination of each household
    Destinations destinations;
    std::vector<std::vector<Journey>> setting_out;  ///< [modes] from the place at hand, for the roads
    Eigen::ArrayXd load;                            ///< [P] zeros, to work with

    explicit DrawScratch(const Setup<Policy>& setup)
        : at_home(setup.groups()),
          to(std::size_t(setup.places())),
          weights(to.size()),
          setting_out(setup.world.modes.size()),
          load(Eigen::ArrayXd::Zero(setup.places())) {}
};

/// What the functions below read and change: one step of one run.
template <class Policy>
struct DrawnStep {
    using Number = typename Policy::Number;

    const Setup<Policy>& setup;
    DrawnState<Number>& state;
    Totals<Number>& totals;
    DrawScratch<Policy>& scratch;
    StepRecord& record;
    const StepInputs& inputs;
    const Hazards& hazards;
    CauseShares& causes;

    Address address(Purpose purpose, int i, std::uint64_t part) const {
        return {purpose, std::uint64_t(state.step), std::uint64_t(i), part};
    }
};

/// Counts a journey of households of group k from i to j.
///
/// @return  where on the road they are
template <class Policy>
std::size_t start_journey(DrawnStep<Policy>& s, int k, int i, int j, typename Policy::Number n) {
    const int mode = s.setup.mode(k);
    const auto slot =
        s.state.road.slot(s.state.step, std::size_t(s.setup.world.journey_steps(s.state.step, mode, i, j)));
    s.totals.put_on_road(slot, j, s.setup.persons(k), n);
    if (s.setup.spec.count_routes && i != j)
        s.scratch.setting_out[std::size_t(mode)].push_back({j, s.setup.persons(k) * double(n)});
    return slot;
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
void draw_from_home(DrawnStep<Policy>& s, int i) {
    const Hazards& hazards = s.hazards;
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
        if (out[c] > 0) s.scratch.leaving.push_back({setup.homes.of(i), k, from, 0, out[c]});
        if (given || access >= 1) continue;
        count_stuck(s, i, k, c, cells[c] - out[c], hazards.home(k, i));
    }
}

/// Those of one group who are displaced or wait at a place: from which homes they are who leave or go home.
template <class Policy>
class FromHomes {
public:
    using Number = typename Policy::Number;

    /// @param hazard  of moving on
    FromHomes(DrawnStep<Policy>& s, int i, int k, Whereabouts from, double hazard)
        : s_(s),
          i_(i),
          k_(k),
          from_(from),
          store_(from == Whereabouts::settled ? s.state.settled : s.state.waiting),
          onward_(hazard),
          strongest_(s.scratch.strongest_return[std::size_t(i)]),
          closed_(going(0)),
          open_(going(strongest_)),
          reach_(s.setup.world.reach(s.state.step)) {}

    /// @param n  at the chance of those who return at the strongest rate
    /// @return   how many leave or go home
    Number draw(Number n) {
        if (n < Policy::small_sample_cutoff)
            one_by_one(n);
        else
            together(n);
        return moved_;
    }

private:
    const std::vector<int>& homes() const { return store_.at(i_).home; }
    /// Households of each of them.
    std::span<const Number> here() const { return store_.at(i_).of_group(k_); }
    /// Of those drawn: the part who leave at all, and of them the part who go home.
    struct Going {
        double leave, home;
    };
    Going going(double returning) const {
        return {rules::part_of_strongest(onward_, returning, strongest_, s_.setup.world.dt),
                returning > 0 ? rules::part_returning(1.0, onward_, returning) : 0};
    }
    Going going_from(std::size_t c) const {
        if (!(strongest_ > 0)) return closed_;
        const int h = homes()[c];
        const double returning = s_.scratch.return_to[std::size_t(h)];
        if (!(returning > 0) || !reach_.leads(i_, s_.setup.homes.place(h))) return closed_;
        return returning < strongest_ ? going(returning) : open_;
    }
    Address address(Purpose purpose, int h) const { return s_.address(purpose, i_, cell(from_, k_, h)); }

    void part(std::size_t c, Number away, Number home) {
        moved_ += away + home;
        const int h = homes()[c];
        if (home > 0) {
            const int o = s_.setup.homes.place(h);
            s_.state.homeward[start_journey(s_, k_, i_, o, home)](k_, o) += home;
            store_.take(i_, c, k_, home);
        }
        if (away > 0) s_.scratch.leaving.push_back({h, k_, from_, c, away});
    }

    void one_by_one(Number n) {
        auto &moving = s_.scratch.moving, &going_home = s_.scratch.going_home;
        auto& households = s_.scratch.one_by_one;
        households.stand(here());
        auto heads = s_.setup.policy.one_by_one(address(Purpose::who, 0));
        moving.clear();
        going_home.clear();
        for (; n > 0; --n) {
            const std::size_t c = heads.out_of(households);
            const auto [leave, home] = going_from(c);
            if (leave < 1 && !heads.happens(leave)) continue;
            (home > 0 && heads.happens(home) ? going_home : moving).push_back(c);
        }
        for (const std::size_t c : going_home) part(c, 0, 1);
        std::sort(moving.begin(), moving.end());
        for (auto one = moving.begin(); one != moving.end();) {
            const auto next = std::upper_bound(one, moving.end(), *one);
            part(*one, Number(next - one), 0);
            one = next;
        }
    }

    void together(Number n) {
        const auto& policy = s_.setup.policy;
        auto& drawn = s_.scratch.drawn;
        drawn.assign(homes().size(), Number{0});
        policy.without_order(address(Purpose::who, 0), n, here(), drawn);
        for (std::size_t c = 0; c < drawn.size(); ++c) {
            Number n = drawn[c], returning{0};
            if (!(n > 0)) continue;
            const int h = homes()[c];
            const auto [leave, home] = going_from(c);
            if (leave < 1) n = policy.part_of(address(Purpose::leave_thinned, h), n, leave);
            if (home > 0) returning = policy.part_of(address(Purpose::leave_or_return, h), n, home);
            part(c, n - returning, returning);
        }
    }

    DrawnStep<Policy>& s_;
    int i_, k_;
    Whereabouts from_;
    SparseCells<Number>& store_;
    double onward_, strongest_;
    Going closed_,
        open_;  ///< of homes to which nobody returns, and to which people return at the strongest rate
    const Reach& reach_;
    Number moved_{0};
};

/// Displaced or waiting households at place i: some move on, some go home.
///
/// One draw a group at the chance of those who return at the strongest rate tells how many might stop staying, a second from
/// which homes they are. They face two competing hazards, with a higher chance together: the others are thinned to
/// theirs, and a last draw tells which of the two won.
///
/// @param hazard  [M] of moving on
template <class Policy>
void draw_onward(DrawnStep<Policy>& s, int i, Whereabouts from, const Eigen::ArrayXd& hazard) {
    using Number = typename Policy::Number;
    const auto& setup = s.setup;
    const auto all = (from == Whereabouts::settled ? s.totals.settled : s.totals.waiting).col(i);
    if (!(all.sum() > 0)) return;
    const double access = s.inputs.access(i), dt = setup.world.dt;
    const double back = s.scratch.strongest_return[std::size_t(i)];
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
        const Number n = out[std::size_t(k)];
        const Number moved = n > 0 ? FromHomes<Policy>(s, i, k, from, access * hazard(k)).draw(n) : Number{0};
        if (access < 1)
            count_stuck(s, i, k, 2 * std::uint64_t(setup.groups()) * std::uint64_t(from) + std::uint64_t(k),
                        all(k) - moved, hazard(k));
    }
}

/// Takes households out of the cell that they leave, and counts the movement.
template <class Policy>
void take(DrawnStep<Policy>& s, int i, const Leaving<typename Policy::Number>& one) {
    const auto& [h, k, from, row, n] = one;
    if (from == Whereabouts::home) s.state.home(k, i) -= n;
    if (from == Whereabouts::back) s.state.back(k, i) -= n;
    if (from == Whereabouts::settled) s.state.settled.take(i, row, k, n);
    if (from == Whereabouts::waiting) s.state.waiting.take(i, row, k, n);
    const double people = s.setup.persons(k) * double(n);
    s.record.at(i, PlaceField::departures) += people;
    if (from == Whereabouts::home) s.record.at(i, PlaceField::first_departures) += people;
}

/// Puts households on the road to a place.
template <class Policy>
void put_on_road(DrawnStep<Policy>& s, int i, const Leaving<typename Policy::Number>& one, int j,
                 typename Policy::Number n) {
    s.state.road[start_journey(s, one.k, i, j, n)].all.push_back({j, {one.h, one.k, n}});
    if (s.state.under_way.counts())
        s.state.under_way.set_out(s.setup.world, s.state.step, s.setup.mode(one.k), i, j,
                                  s.setup.persons(one.k) * double(n), s.causes.of(i, one.k, one.from));
}

/// Each household draws a destination.
///
/// @return  false if there is none
template <class Policy>
bool set_out_each(DrawnStep<Policy>& s, int i, const Leaving<typename Policy::Number>& one,
                  const Address& address) {
    using Number = typename Policy::Number;
    constexpr Number few = 4;  // below it is not worth while to put those together who go to the same place
    auto& where = s.scratch.where;
    where.resize(std::size_t(one.n));
    s.setup.policy.pick_each_on(address, s.scratch.destinations, where);
    if (where.front() == Destinations::nowhere) return false;
    take(s, i, one);
    if (one.n < few) {
        for (int j : where) put_on_road(s, i, one, j, 1);
        return true;
    }
    std::sort(where.begin(), where.end());
    for (auto to = where.begin(); to != where.end();) {
        const auto next = std::find_if(to, where.end(), [to](int j) { return j != *to; });
        put_on_road(s, i, one, *to, Number(next - to));
        to = next;
    }
    return true;
}

/// Destinations draw how many households go there.
///
/// @return  false if there is none
template <class Policy>
bool set_out_together(DrawnStep<Policy>& s, int i, const Leaving<typename Policy::Number>& one,
                      const Address& address) {
    using Number = typename Policy::Number;
    auto& to = s.scratch.to;
    if (!s.scratch.destinations.any()) return false;
    take(s, i, one);
    s.scratch.destinations.write(s.scratch.weights);
    std::fill(to.begin(), to.end(), Number{0});
    s.setup.policy.divide(address, one.n, CumulativeWeights<double>(s.scratch.weights), to);
    for (int j = 0; j < s.setup.places(); ++j) {
        if (to[std::size_t(j)] > 0) put_on_road(s, i, one, j, to[std::size_t(j)]);
    }
    return true;
}

/// Counts who set out from place i on every road to where they go.
template <class Policy>
void load_roads_from(DrawnStep<Policy>& s, int i) {
    auto& setting_out = s.scratch.setting_out;
    for (std::size_t m = 0; m < setting_out.size() && s.setup.spec.count_routes; ++m) {
        if (setting_out[m].empty()) continue;
        const WaysFrom& ways = *s.setup.world.ways(s.state.step, int(m)).from[std::size_t(i)];
        load_roads(ways, i, setting_out[m], s.scratch.load, s.record.route);
        setting_out[m].clear();
    }
}

/// Everyone drawn to leave place i draws a destination, or stays where none can be reached.
template <class Policy>
void set_out(DrawnStep<Policy>& s, int i) {
    using Number = typename Policy::Number;
    const auto& setup = s.setup;
    auto& leaving = s.scratch.leaving;
    auto& destinations = s.scratch.destinations;
    // Groups that travel alike and come from one home have the same weights.
    const bool all_travel_alike = setup.world.modes.size() == 1;
    std::sort(leaving.begin(), leaving.end(), [&](const auto& a, const auto& b) {
        if (!all_travel_alike && setup.mode(a.k) != setup.mode(b.k)) return setup.mode(a.k) < setup.mode(b.k);
        return a.h != b.h ? a.h < b.h : std::pair(a.k, a.from) < std::pair(b.k, b.from);
    });
    std::size_t leavers = 0;
    for (const auto& one : leaving) leavers += std::size_t(one.n);
    const Number many =
        2 * setup.places();  // from here on a draw a destination is quicker than one a household
    int weighed_mode = -1, weighed_home = -1;
    for (const auto& one : leaving) {
        const int mode = setup.mode(one.k);
        if (mode != std::exchange(weighed_mode, mode)) {
            destinations.start_from(setup.world, s.state.step, mode, i, s.state.pull, leavers);
            weighed_home = -1;
        }
        if (one.h != std::exchange(weighed_home, one.h)) destinations.of_home(one.h);
        const Address address = s.address(Purpose::choose, i, cell(one.from, one.k, one.h));
        if (one.n < many ? set_out_each(s, i, one, address) : set_out_together(s, i, one, address)) continue;
        s.record.at(i, PlaceField::could_not_leave) += setup.persons(one.k) * double(one.n);
    }
    load_roads_from(s, i);
}

/// Everyone decides whether to leave, and those who do set out.
template <class Policy>
void leave(const Setup<Policy>& setup, DrawnState<typename Policy::Number>& state,
           Totals<typename Policy::Number>& totals, DrawScratch<Policy>& scratch, const Hazards& hazards,
           CauseShares& causes, StepRecord& record) {
    DrawnStep<Policy> s{setup, state, totals, scratch, record, setup.inputs(state.step), hazards, causes};
    constexpr int steps_between_tidying = 8;  // empty cells cost little
    scratch.strongest_return = strongest_returns(setup.world, state.step, hazards.returning);
    scratch.return_to.resize(std::size_t(setup.homes.count()));
    for (int h = 0; h < setup.homes.count(); ++h)
        scratch.return_to[std::size_t(h)] = setup.world.return_rate * hazards.returning(setup.homes.place(h));
    for (int i = 0; i < setup.places(); ++i) {
        if (setup.is_abroad(i)) continue;
        scratch.leaving.clear();
        draw_from_home(s, i);
        draw_onward(s, i, Whereabouts::settled, hazards.away.col(i));
        if (totals.anyone_waits) draw_onward(s, i, Whereabouts::waiting, hazards.waiting.col(i));
        set_out(s, i);
        if (state.step % steps_between_tidying != 0) continue;
        state.settled.tidy(i);
        state.waiting.tidy(i);
    }
}

}  // namespace nuzuh::compartment
