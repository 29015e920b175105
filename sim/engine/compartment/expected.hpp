// Who leaves a place and where to, by means: every draw is replaced by its expected value.
//
// What draws do household by household is here a product of matrices: to place j go
//
//     pull(h, j) * sum over i of attraction(j, i) * leaving(h, i) / total weight(h, i)
//
// of those with home h.
#pragma once

#include <algorithm>

#include "sim/engine/compartment/state.hpp"
#include "sim/engine/journeys.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::compartment {

/// Work of a step that is of no use after it.
struct MeanScratch {
    std::vector<double> strongest_return;  ///< [P] of those at the place, to any home [1/day]
    Cells<double> open;        ///< [H, P] rate of return by home, relative to the strongest of the place [-]
    std::vector<char> as_one;  ///< [P] whether all rates of return there are the strongest or none
    int ways = -1;             ///< state of the network when they were noted
    Eigen::ArrayXd by_home;    ///< [P] rates of return, likewise
    AtHome<double> at_home;
    std::vector<const Eigen::ArrayXXd*> attraction;  ///< [modes][to P, from P] of the step
    std::vector<const Journeys*> journeys;           ///< [modes] of the step
    std::vector<Eigen::ArrayXXd> made_attraction;    ///< [modes] where the world does not hold them
    std::vector<Journeys> made_journeys;             ///< likewise
    std::vector<Eigen::ArrayXXd> near;               ///< [modes][H, P] 1 where home is one step away
    Eigen::ArrayXXd pull;                            ///< [H, P]
    std::vector<Eigen::ArrayXXd> per_weight;         ///< [modes][H, P] 1 / pull of all destinations; 0: none
    std::vector<std::vector<char>> cut_off;          ///< [modes][P] whether it is 0 for any home
    Eigen::ArrayXXd out;                             ///< [M H, P] leaving / pull of all destinations
    Eigen::ArrayXXd returning;                       ///< [M H, P] going home
    std::vector<char> return_from;                   ///< [P] whether anyone goes home from there
    Eigen::ArrayXd leave, home;                      ///< [H] chances
    Eigen::ArrayXXd pull_by_place;                   ///< [P, H] for the roads
    kernels::Columns columns;
    std::vector<double> flow;
    std::vector<std::pair<int, int>> targets;  ///< destination and steps of each column
    std::vector<Eigen::ArrayXXd> setting_out;  ///< [modes][to P, from P] persons, for the roads
    Eigen::ArrayXXd noted;                     ///< [M H, P] as much of `out` as has been divided among causes
    std::vector<ByCause<Eigen::ArrayXXd>>
        by_cause;  ///< [modes][H, P] persons leaving / pull; empty unless counted

    explicit MeanScratch(const Setup<ExpectedPolicy>& setup)
        : at_home(setup.groups()),
          attraction(setup.world.modes.size()),
          journeys(attraction.size()),
          made_attraction(attraction.size()),
          made_journeys(attraction.size()),
          near(setup.world.modes.size(), Eigen::ArrayXXd::Zero(setup.homes.count(), setup.places())),
          per_weight(near),
          cut_off(near.size(), std::vector<char>(std::size_t(setup.places()))),
          out(Eigen::ArrayXXd::Zero(setup.row_of_group(setup.groups()), setup.places())),
          returning(out),
          return_from(std::size_t(setup.places())),
          leave(setup.homes.count()),
          home(setup.homes.count()),
          setting_out(near.size(), Eigen::ArrayXXd::Zero(setup.places(), setup.places())) {
        if (!setup.spec.counts_causes()) return;
        noted = out;
        by_cause.resize(near.size());
        for (auto& of_mode : by_cause) std::fill_n(of_mode.of, cause_count, near.front());
    }

    /// @return  memory for a product, until the next one
    double* room_for(Eigen::Index rows, Eigen::Index columns) {
        flow.resize(std::size_t(rows * columns));
        return flow.data();
    }
};

/// What the functions below read and change: one step of one run.
struct MeanStep {
    const Setup<ExpectedPolicy>& setup;
    MeanState& state;
    Totals<double>& totals;
    MeanScratch& scratch;
    StepRecord& record;
    const StepInputs& inputs;
    CauseShares& causes;

    /// Counts people of group k and puts them on the road.
    void put_on_road(std::size_t slot, int k, int j, double n) {
        totals.put_on_road(slot, j, setup.persons(k), n);
    }
};

/// Notes which homes are open, and which of them are one step away. They change with the network and with what may be
/// returned to.
///
/// @param returning  [P] to each home, of World::return_rate
inline void open_homes(const Setup<ExpectedPolicy>& setup, int step, const Eigen::ArrayXd& returning,
                       MeanScratch& scratch) {
    const StepInputs& inputs = setup.inputs(step);
    const World& world = setup.world;
    if (scratch.ways == inputs.ways && (scratch.by_home == returning).all()) return;
    scratch.ways = inputs.ways;
    scratch.by_home = returning;
    scratch.strongest_return = strongest_returns(world, step, returning);
    scratch.open.setZero(setup.homes.count(), setup.places());
    scratch.as_one.assign(scratch.strongest_return.size(), true);
    for (int i = 0; i < setup.places(); ++i) {
        const double strongest = scratch.strongest_return[std::size_t(i)];
        for (int h = 0; h < setup.homes.count() && strongest > 0; ++h) {
            const int o = setup.homes.place(h);
            if (!world.home_in_reach(step, i, o)) continue;
            const double rate = world.return_rate * returning(o);
            scratch.open(h, i) = rate < strongest ? rate / strongest : 1;
            if (rate < strongest) scratch.as_one[std::size_t(i)] = false;
        }
    }
    for (std::size_t m = 0; m < scratch.near.size(); ++m) {
        scratch.journeys[m] = &world.journeys(step, int(m), scratch.made_journeys[m]);
        for (int h = 0; h < setup.homes.count(); ++h)
            scratch.near[m].row(h) = scratch.journeys[m]->near.row(setup.homes.place(h));
    }
}

/// Adds up the weights of all destinations, for every start and home.
inline void weigh_destinations(const Setup<ExpectedPolicy>& setup, const MeanState& state,
                               MeanScratch& scratch) {
    const int homes = setup.homes.count();
    state.pull.write(scratch.pull);
    for (std::size_t m = 0; m < setup.world.modes.size(); ++m) {
        const Eigen::ArrayXXd& attraction =
            setup.world.attraction->all(setup.world, state.step, int(m), scratch.made_attraction[m]);
        scratch.attraction[m] = &attraction;
        Eigen::ArrayXXd& per_weight = scratch.per_weight[m];
        kernels::product(scratch.pull.data(), homes,
                         {attraction.data(), attraction.rows(), attraction.cols()}, per_weight.data());
        for (int i = 0; i < setup.places(); ++i)
            scratch.cut_off[m][std::size_t(i)] = !(per_weight.col(i) > 0).all();
        per_weight = (per_weight > 0).select(per_weight.inverse(), 0.0);
    }
}

/// Divides those who have left place i since the last call among causes.
inline void note_causes(MeanStep& s, int i, Whereabouts where) {
    if (!s.state.under_way.counts()) return;
    const int homes = s.setup.homes.count();
    for (int k = 0; k < s.setup.groups(); ++k) {
        const auto rows = Eigen::seqN(s.setup.row_of_group(k), homes);
        const Eigen::ArrayXd out = s.scratch.out(rows, i) - s.scratch.noted(rows, i);
        if (!(out > 0).any()) continue;
        const auto& shares = s.causes.of(i, k, where);
        for (std::size_t c = 0; c < cause_count; ++c)
            s.scratch.by_cause[std::size_t(s.setup.mode(k))].of[c].col(i) +=
                s.setup.persons(k) * shares.of[c] * out;
    }
    s.scratch.noted.col(i) = s.scratch.out.col(i);
}

/// Those who leave home at place i.
inline void leave_home(MeanStep& s, int i, const Hazards& hazards) {
    const auto& setup = s.setup;
    if (!(setup.world.households_at_start(i) > 0)) return;
    const int h = setup.homes.of(i);
    const double access = s.inputs.access(i), dt = setup.world.dt;
    const bool given = setup.world.departures.size() > 0;
    if (given) s.record.at(i, PlaceField::could_not_leave) += s.scratch.at_home.take_given(setup, s.state, i);
    for (int k = 0; k < setup.groups(); ++k) {
        double& home = s.state.home(k, i);
        double& back = s.state.back(k, i);
        double out = 0, out_again = 0, stuck = 0;
        if (given) {
            out = s.scratch.at_home.out[2 * std::size_t(k)];
            out_again = s.scratch.at_home.out[2 * std::size_t(k) + 1];
        } else if (hazards.home(k, i) > 0) {
            const double chance = rules::leave_chance(access * hazards.home(k, i), dt);
            out = home * chance;
            out_again = back * chance;
            stuck = (home + back) * (1 - chance) * rules::chance_held_back(access, hazards.home(k, i), dt);
        }
        const double per_weight = s.scratch.per_weight[std::size_t(setup.mode(k))](h, i);
        if (!(per_weight > 0)) {
            stuck += out + out_again;
            out = out_again = 0;
        }
        home -= out;
        back -= out_again;
        s.scratch.out(k * setup.homes.count() + h, i) += (out + out_again) * per_weight;
        s.record.at(i, PlaceField::departures) += setup.persons(k) * (out + out_again);
        s.record.at(i, PlaceField::first_departures) += setup.persons(k) * out;
        s.record.at(i, PlaceField::could_not_leave) += setup.persons(k) * stuck;
    }
}

/// Displaced or waiting households at place i: some move on, some go home.
///
/// @param hazard  [K]
inline void leave_onward(MeanStep& s, int i, Whereabouts from, const Eigen::ArrayXd& hazard) {
    const auto& setup = s.setup;
    const int homes = setup.homes.count();
    auto& scratch = s.scratch;
    Eigen::ArrayXXd& cells = (from == Whereabouts::settled ? s.state.settled : s.state.waiting).n;
    const Cells<double>& all = from == Whereabouts::settled ? s.totals.settled : s.totals.waiting;
    const double access = s.inputs.access(i), dt = setup.world.dt;
    for (int k = 0; k < setup.groups(); ++k) {
        if (!(all(k, i) > 0)) continue;
        const double leave = access * hazard(k);
        const double closed = rules::leave_chance(leave, dt);
        const auto mode = std::size_t(setup.mode(k));
        const double* per_weight = &scratch.per_weight[mode](0, i);
        double* here = &cells(setup.row_of_group(k), i);
        double* setting_out = &scratch.out(setup.row_of_group(k), i);
        const double back = scratch.strongest_return[std::size_t(i)];
        const bool some_return = back > 0;
        scratch.leave.setConstant(closed);
        if (some_return && scratch.as_one[std::size_t(i)]) {
            const double either = rules::leave_chance(leave + back, dt);
            const double home = rules::part_returning(either, leave, back);
            scratch.home = scratch.open.col(i) * home;
            scratch.leave += scratch.open.col(i) * (either - home - closed);
        } else if (some_return) {
            for (int h = 0; h < homes; ++h) {
                const double returning = back * scratch.open(h, i);
                const double either = rules::leave_chance(leave + returning, dt);
                scratch.home(h) = rules::part_returning(either, leave, returning);
                scratch.leave(h) = either - scratch.home(h);
            }
        }
        scratch.return_from[std::size_t(i)] |= char(some_return);
        double stuck = 0;
        for (int h = 0; h < homes && scratch.cut_off[mode][std::size_t(i)]; ++h) {
            if (!(per_weight[h] > 0)) stuck += here[h] * scratch.leave(h);
        }
        const double out =
            some_return ? kernels::take_out(scratch.leave.data(), scratch.home.data(), per_weight, here,
                                            setting_out, &scratch.returning(setup.row_of_group(k), i), homes)
                        : kernels::take_out(closed, per_weight, here, setting_out, homes);
        if (access < 1) stuck += rules::chance_held_back(access, hazard(k), dt) * kernels::sum(here, homes);
        s.record.at(i, PlaceField::departures) += setup.persons(k) * out;
        s.record.at(i, PlaceField::could_not_leave) += setup.persons(k) * stuck;
    }
}

/// Divides those who leave among their destinations and puts them on the road, for neighbouring groups with one way of
/// travelling.
inline void set_out(MeanStep& s, int first_group, int end_group) {
    const auto& setup = s.setup;
    const int homes = setup.homes.count(), mode = setup.mode(first_group);
    const Eigen::ArrayXXd& attraction = *s.scratch.attraction[std::size_t(mode)];
    const auto& starts = s.scratch.journeys[std::size_t(mode)]->starts;
    auto& columns = s.scratch.columns;
    auto& targets = s.scratch.targets;
    columns.clear();
    targets.clear();
    for (int steps = 1; steps <= int(starts.size()); ++steps) {
        for (int j = 0; j < setup.places(); ++j) {
            for (int i : starts[std::size_t(steps - 1)][std::size_t(j)]) {
                if (attraction(j, i) > 0) columns.add(i, attraction(j, i));
            }
            if (int(columns.row.size()) == columns.begin.back()) continue;
            columns.close_column();
            targets.emplace_back(j, steps);
        }
    }
    const int rows = (end_group - first_group) * homes;
    double* flow = s.scratch.room_for(rows, columns.count());
    kernels::product(&s.scratch.out(setup.row_of_group(first_group), 0), rows, s.scratch.out.rows(), columns,
                     flow);
    for (const auto& [j, steps] : targets) {
        const std::size_t slot = s.state.road.slot(s.state.step, std::size_t(steps));
        for (int k = first_group; k < end_group; ++k) {
            const double n = kernels::add_product(flow, &s.scratch.pull(0, j), 1,
                                                  &s.state.road[slot](setup.row_of_group(k), j), homes);
            s.put_on_road(slot, k, j, n);
            flow += homes;
        }
    }
}

/// Puts those who go home on the road.
inline void go_home(MeanStep& s) {
    const auto& setup = s.setup;
    const int homes = setup.homes.count();
    const auto& returning = s.scratch.returning;
    Eigen::ArrayXXd near_home = Eigen::ArrayXXd::Zero(homes, setup.groups());  // who arrives after one step
    Eigen::ArrayXd persons_home(homes);
    for (int i = 0; i < setup.places(); ++i) {
        if (!s.scratch.return_from[std::size_t(i)]) continue;
        for (int k = 0; k < setup.groups(); ++k) {
            kernels::add_product(&returning(setup.row_of_group(k), i),
                                 &s.scratch.near[std::size_t(setup.mode(k))](0, i), 1, &near_home(0, k),
                                 homes);
        }
        for (int m = 0; m < int(setup.world.modes.size()) && setup.spec.count_routes; ++m) {
            persons_home.setZero();
            for (int k = 0; k < setup.groups(); ++k) {
                if (setup.mode(k) != m) continue;
                kernels::add(&returning(setup.row_of_group(k), i), setup.persons(k), persons_home.data(),
                             homes);
            }
            for (int h = 0; h < homes; ++h)
                s.scratch.setting_out[std::size_t(m)](setup.homes.place(h), i) += persons_home(h);
        }
    }
    for (int k = 0; k < setup.groups(); ++k) {
        const auto put = [&](std::size_t slot, int o, double n) {
            s.state.homeward[slot](k, o) += n;
            s.put_on_road(slot, k, o, n);
        };
        const std::size_t next = s.state.road.slot(s.state.step, 1);
        for (int h = 0; h < homes; ++h) put(next, setup.homes.place(h), near_home(h, k));
        const auto& starts = s.scratch.journeys[std::size_t(setup.mode(k))]->starts;
        for (std::size_t steps = 2; steps <= starts.size(); ++steps) {
            const std::size_t slot = s.state.road.slot(s.state.step, steps);
            for (int o = 0; o < setup.places(); ++o) {
                const int h = setup.homes.of(o);
                for (int i : starts[steps - 1][std::size_t(o)]) {
                    if (h >= 0) put(slot, o, returning(k * homes + h, i));
                }
            }
        }
    }
}

/// How many persons set out from each place to each other.
///
/// @param all  [H, P] persons leaving / pull of all destinations
/// @return     [to P, from P]
inline Eigen::ArrayXXd setting_out(MeanStep& s, int mode, const Eigen::ArrayXXd& all) {
    const int homes = s.setup.homes.count(), places = s.setup.places();
    s.scratch.pull_by_place = s.scratch.pull.transpose();
    double* const drawn_to = s.scratch.room_for(places, places);
    kernels::product(s.scratch.pull_by_place.data(), places, {all.data(), homes, places}, drawn_to);
    return *s.scratch.attraction[std::size_t(mode)] *
           Eigen::Map<const Eigen::ArrayXXd>(drawn_to, places, places);
}

/// Adds up how many persons set out from each place to each other, for the roads.
inline void note_setting_out(MeanStep& s, int mode) {
    const auto& setup = s.setup;
    const int homes = setup.homes.count();
    Eigen::ArrayXXd all = Eigen::ArrayXXd::Zero(homes, setup.places());
    for (int k = 0; k < setup.groups(); ++k) {
        if (setup.mode(k) == mode)
            all += setup.persons(k) * s.scratch.out.middleRows(setup.row_of_group(k), homes);
    }
    s.scratch.setting_out[std::size_t(mode)] += setting_out(s, mode, all);
}

/// Counts for which causes people are on their way.
inline void count_causes(MeanStep& s, int mode) {
    auto& by_cause = s.scratch.by_cause[std::size_t(mode)];
    for (std::size_t c = 0; c < cause_count; ++c) {
        if (!(by_cause.of[c] > 0).any()) continue;
        ByCause<double> this_one;
        this_one.of[c] = 1;
        const Eigen::ArrayXXd persons = setting_out(s, mode, by_cause.of[c]);
        for (int i = 0; i < int(persons.cols()); ++i) {
            for (int j = 0; j < int(persons.rows()); ++j) {
                if (persons(j, i) > 0)
                    s.state.under_way.set_out(s.setup.world, s.state.step, mode, i, j, persons(j, i),
                                              this_one);
            }
        }
        by_cause.of[c].setZero();
    }
}

/// Everyone's share that leaves sets out.
inline void leave(const Setup<ExpectedPolicy>& setup, MeanState& state, Totals<double>& totals,
                  MeanScratch& scratch, const Hazards& hazards, CauseShares& causes, StepRecord& record) {
    MeanStep s{setup, state, totals, scratch, record, setup.inputs(state.step), causes};
    open_homes(setup, state.step, hazards.returning, scratch);
    weigh_destinations(setup, state, scratch);
    for (int i = 0; i < setup.places(); ++i) {
        if (setup.is_abroad(i)) continue;
        leave_home(s, i, hazards);
        note_causes(s, i, Whereabouts::home);
        leave_onward(s, i, Whereabouts::settled, hazards.away.col(i));
        note_causes(s, i, Whereabouts::settled);
        if (!totals.anyone_waits) continue;
        leave_onward(s, i, Whereabouts::waiting, hazards.waiting.col(i));
        note_causes(s, i, Whereabouts::waiting);
    }
    for (int first = 0, end; first < setup.groups(); first = end) {
        for (end = first + 1; end < setup.groups() && setup.mode(end) == setup.mode(first);) ++end;
        set_out(s, first, end);
    }
    auto& return_from = scratch.return_from;
    if (std::find(return_from.begin(), return_from.end(), true) != return_from.end()) {
        go_home(s);
        scratch.returning.setZero();
        std::fill(return_from.begin(), return_from.end(), false);
    }
    for (int m = 0; m < int(setup.world.modes.size()) && setup.spec.count_routes; ++m) {
        note_setting_out(s, m);
        load_roads(setup.world.ways(state.step, m), scratch.setting_out[std::size_t(m)], record.route);
    }
    for (int m = 0; m < int(scratch.by_cause.size()); ++m) count_causes(s, m);
    scratch.noted.setZero();
    scratch.out.setZero();
}

}  // namespace nuzuh::compartment
