// The members of Pooled that decide by draws, one run after the other. All households of a group at a place face the
// same hazards, whatever their home, so a draw a cell does; and where the chance that nobody of the cell leaves is
// known, most days that draw is a number and a comparison.
#pragma once

#include "sim/engine/given_departures.hpp"
#include "sim/engine/pooled/outlook.hpp"
#include "sim/engine/pooled/pooled.hpp"
#include "sim/model/rules.hpp"

namespace nuzuh::pooled {

template <class Law>
void Pooled<Law>::leave_by_draws(std::size_t run) {
    drawn_.open_from.assign(drawn_.open_from.size(), -1);
    for (int k = 0; k < setting_.mobile; ++k) {
        for (int o = 0; o < setting_.places; ++o)
            drawn_.away[std::size_t(k)][std::size_t(o)] = Number(outlook_.away[at(k, o)].of[run]);
    }
    for (int i = 0; i < setting_.places; ++i) {
        if (setting_.is_abroad[std::size_t(i)]) continue;
        std::fill(drawn_.leave.begin(), drawn_.leave.end(), Number{0});
        if (outlook_.anyone[std::size_t(i)] || setting_.departures_given) {
            draw_leaving(run, i);
            leave_home(run, i);
            leave_place(run, i);
        }
        if (anyone_waits_) draw_from_gate(run, i);
        draw_destinations(run, i);
    }
}

/// Draws how many leave home, or as many as are given, and how many displaced households stop staying.
template <class Law>
void Pooled<Law>::draw_leaving(std::size_t run, int i) {
    const auto mobile = std::size_t(setting_.mobile);
    auto& [leave, at_home, fled, cells, chance, none, out, weights, sums, where, to, away, open, taken,
           open_from, line] = drawn_;
    for (std::size_t k = 0; k < mobile; ++k) {
        const std::size_t c = at(int(k), i);
        at_home[2 * k] = Number(crowd_.home[c].of[run]);
        at_home[2 * k + 1] = Number(crowd_.back[c].of[run]);
        cells[k] = at_home[2 * k] + at_home[2 * k + 1];
        chance[k] = chances_.home[c].of[run];
        none[k] = chances_.no_one_home[c].of[run];
        cells[mobile + k] = Number(crowd_.settled[c].of[run]);
        chance[mobile + k] = chances_.onward[c].of[run];
        none[mobile + k] = chances_.no_one_onward[c].of[run];
    }
    const Law& law = laws_[run];
    const auto when = std::uint64_t(step_), place = std::uint64_t(i);
    law.parts_of({Purpose::leave, when, place}, cells, chance, none, out);
    if (setting_.departures_given) return take_given(run, i);
    for (std::size_t k = 0; k < mobile; ++k) {
        fled[2 * k] = out[k];
        fled[2 * k + 1] = 0;
        if (out[k] > 0 && at_home[2 * k + 1] > 0)
            law.without_order({Purpose::leave_group, when, place, k}, out[k], {&at_home[2 * k], 2},
                              {&fled[2 * k], 2});
        if (ground_.any_siege)
            count_stuck(run, int(k), i, Status::at_home, cells[k] - out[k],
                        chances_.home_hazard[at(int(k), i)].of[run]);
    }
}

/// As many households leave home at place i as are given.
template <class Law>
void Pooled<Law>::take_given(std::size_t run, int i) {
    std::fill(drawn_.fled.begin(), drawn_.fled.end(), Number{0});
    if (!(setting_.at_start[std::size_t(i)].of[run] > 0)) return;
    passed(PlaceField::could_not_leave, i, run) += nuzuh::take_given<Law, Number>(
        laws_[run], world(run), step_, i, drawn_.at_home, drawn_.fled, crowd_.carry[std::size_t(i)].of[run]);
}

/// Those drawn to leave home at place i do, if there is somewhere to go.
template <class Law>
void Pooled<Law>::leave_home(std::size_t run, int i) {
    for (int k = 0; k < setting_.mobile; ++k) {
        const double fled = double(drawn_.fled[std::size_t(2 * k)]),
                     again = double(drawn_.fled[std::size_t(2 * k + 1)]);
        if (!(fled + again > 0)) continue;
        const double people = persons(k, run) * (fled + again);
        if (!has_destination(run, k, i)) {
            passed(PlaceField::could_not_leave, i, run) += people;
            continue;
        }
        const std::size_t c = at(k, i);
        crowd_.home[c].of[run] -= fled;
        crowd_.back[c].of[run] -= again;
        crowd_.away[c].of[run] += fled + again;
        passed(PlaceField::departures, i, run) += people;
        passed(PlaceField::first_departures, i, run) += persons(k, run) * fled;
        if constexpr (Law::expected)
            leaving_.per_weight[c].of[run] = fled + again;
        else
            drawn_.leave[std::size_t(k)] += Number(fled + again);
    }
}

/// Displaced households that stop staying at place i go home or move on.
template <class Law>
void Pooled<Law>::leave_place(std::size_t run, int i) {
    for (int k = 0; k < setting_.mobile; ++k) {
        const auto cell = std::size_t(setting_.mobile + k);
        const std::size_t c = at(k, i);
        const Number n = drawn_.out[cell];
        if (n > 0)
            part(run, k, i, onward, n, chances_.onward_home_part[c].of[run], crowd_.settled[c].of[run]);
        if (ground_.any_siege)
            count_stuck(run, k, i, onward, drawn_.cells[cell] - n, chances_.onward_hazard[c].of[run]);
    }
}

/// The same for those who wait at the gate of place i.
template <class Law>
void Pooled<Law>::draw_from_gate(std::size_t run, int i) {
    for (int k = 0; k < setting_.mobile; ++k) {
        const std::size_t c = at(k, i);
        const Number here = Number(crowd_.waiting[c].of[run]);
        if (!(here > 0)) continue;
        const Address address{Purpose::leave, std::uint64_t(step_), std::uint64_t(i),
                              at_gate << 32 | std::uint64_t(k)};
        const Number n = laws_[run].part_of(address, here, chances_.gate[c].of[run]);
        part(run, k, i, at_gate, n, chances_.gate_home_part[c].of[run], crowd_.waiting[c].of[run]);
        if (ground_.any_siege) count_stuck(run, k, i, at_gate, here - n, chances_.gate_hazard[c].of[run]);
    }
}

/// Households that stop staying part: some go home, the others move on if there is somewhere to go.
///
/// @param cell  those they leave
template <class Law>
void Pooled<Law>::part(std::size_t run, int k, int i, Status status, Number n, double home_part,
                       double& cell) {
    if (!(n > 0)) return;
    const auto when = std::uint64_t(step_), where = std::uint64_t(i), who = status << 32 | std::uint64_t(k);
    const Number going_home = laws_[run].part_of({Purpose::leave_or_return, when, where, who}, n, home_part);
    const Number moving = n - going_home;
    cell -= double(send_home(run, k, i, {Purpose::who, when, where, who}, going_home));
    if (!(moving > 0)) return;
    const double people = persons(k, run) * double(moving);
    if (!has_destination(run, k, i)) {
        passed(PlaceField::could_not_leave, i, run) += people;
        return;
    }
    cell -= double(moving);
    drawn_.leave[std::size_t(k)] += moving;
    passed(PlaceField::departures, i, run) += people;
}

/// Draws to which of the open homes in reach those who return go.
///
/// @return  how many set out; fewer than n where fewer are away from such homes
template <class Law>
typename Law::Number Pooled<Law>::send_home(std::size_t run, int k, int i, const Address& address, Number n) {
    if (!(n > 0)) return 0;
    const auto group = std::size_t(k);
    auto &open = drawn_.open[group], &taken = drawn_.taken[group], &away = drawn_.away[group];
    auto& line = drawn_.line[group];
    const int same = ways_.same_reach[std::size_t(i)];
    if (drawn_.open_from[group] != same) {
        drawn_.open_from[group] = same;
        std::fill(open.begin(), open.end(), Number{0});
        std::fill(taken.begin(), taken.end(), Number{0});
        for (int o : ways_.in_reach[std::size_t(same)]) {
            if (ground_.may_return[std::size_t(o)].of[run] > 0) open[std::size_t(o)] = away[std::size_t(o)];
        }
        line.emplace(std::span<const Number>(open));
    }
    n = std::min(n, line->total());
    auto heads = laws_[run].one_by_one(address);
    for (Number head = 0; head < n; ++head) {
        const std::size_t o = heads.out_of(*line, taken);
        away[o] -= 1;
        crowd_.away[at(k, int(o))].of[run] -= 1;
        put_on_road(run, crowd_.homeward, k, i, int(o), 1);
    }
    return n;
}

/// Counts those among the households that stayed who would have left had the way out been free.
template <class Law>
void Pooled<Law>::count_stuck(std::size_t run, int k, int i, Status status, Number stayed, double hazard) {
    const double access = ground_.access[std::size_t(i)].of[run];
    const double left = leave_chance(access * hazard, setting_.dt),
                 wanted = leave_chance(hazard, setting_.dt);
    if (!(access < 1) || !(stayed > 0) || !(left < 1)) return;
    const Number n = laws_[run].part_of(
        {Purpose::could_not, std::uint64_t(step_), std::uint64_t(i), status << 32 | std::uint64_t(k)}, stayed,
        (wanted - left) / (1 - left));
    passed(PlaceField::could_not_leave, i, run) += persons(k, run) * double(n);
}

/// Everyone drawn to leave place i draws a destination.
template <class Law>
void Pooled<Law>::draw_destinations(std::size_t run, int i) {
    constexpr Number picked_each = 400;  // beyond it, a draw a destination is quicker
    const auto when = std::uint64_t(step_), place = std::uint64_t(i);
    for (std::size_t m = 0; m < sheets_.size(); ++m) {
        Number heads{0};
        bool weighed = false;
        for (int k = 0; k < setting_.mobile; ++k) {
            const Number n = drawn_.leave[std::size_t(k)];
            if (setting_.mode_of_group[std::size_t(k)] != int(m) || !(n > 0)) continue;
            if (!weighed)
                weigh(world(run).attraction[std::size_t(step_)][m].col(i).data(), outlook_.pull, run,
                      drawn_.weights, drawn_.sums);
            weighed = true;
            if (n <= picked_each) {
                heads += n;
                continue;
            }
            std::fill(drawn_.to.begin(), drawn_.to.end(), Number{0});
            laws_[run].divide({Purpose::choose, when, place, std::uint64_t(k)}, n,
                              Line<double>(drawn_.weights), drawn_.to);
            for (int j : ground_.to) {
                if (drawn_.to[std::size_t(j)] > 0)
                    put_on_road(run, crowd_.road, k, i, j, drawn_.to[std::size_t(j)]);
            }
        }
        if (!(heads > 0)) continue;
        drawn_.where.resize(std::size_t(heads));
        laws_[run].pick_each({Purpose::choose, when, place, std::uint64_t(setting_.mobile) + m}, drawn_.sums,
                             drawn_.where);
        const int* to = drawn_.where.data();
        for (int k = 0; k < setting_.mobile; ++k) {
            const Number n = drawn_.leave[std::size_t(k)];
            if (setting_.mode_of_group[std::size_t(k)] != int(m) || n > picked_each) continue;
            for (Number head = 0; head < n; ++head) put_on_road(run, crowd_.road, k, i, *to++, 1);
        }
    }
}

/// Households on their way from place i to another, or home.
template <class Law>
void Pooled<Law>::put_on_road(std::size_t run, std::vector<Octets>& road, int k, int i, int to, Number n) {
    const auto mode = std::size_t(setting_.mode_of_group[std::size_t(k)]);
    const std::size_t steps = i == to ? 1 : ways_.steps[mode][std::size_t(i * setting_.places + to)];
    road[slots_[steps]][at(k, to)].of[run] += double(n);
    if (count_routes_) setting_out_[run][mode](to, i) += persons(k, run) * double(n);
}

}  // namespace nuzuh::pooled
