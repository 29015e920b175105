// The members of Compartments that decide by draws: who leaves a place, from which home, and where to.
#pragma once

#include <optional>

#include "sim/engine/compartment/compartments.hpp"
#include "sim/model/rules.hpp"

namespace nuzuh {

/// Draws who leaves place i into `leaving_`; those who go home are put on the road at once.
template <class Law>
void Compartments<Law>::draw_leaving(int i, const Hazards& hazards, StepRecord& record) {
    leaving_.clear();
    draw_from_home(i, hazards, record);
    draw_onward(i, onward, hazards.away.col(i), record);
    if (anyone_waits_) draw_onward(i, gate, waiting_hazard(i, hazards), record);
}

template <class Law>
void Compartments<Law>::draw_from_home(int i, const Hazards& hazards, StepRecord& record) {
    if (!(world_.households_at_start(i) > 0)) return;
    const bool given = world_.departures.size() > 0;
    const double access = inputs().access(i);
    auto& [cells, chances, out] = by_group_;
    if (given) {
        take_given_departures(i, record);
    } else {
        for (int k = 0; k < groups(); ++k) {
            cells[2 * k] = state_.home(k, i);
            cells[2 * k + 1] = state_.back(k, i);
            chances[2 * k] =
                hazards.home(k, i) > 0 ? leave_chance(access * hazards.home(k, i), world_.dt) : 0;
            chances[2 * k + 1] = chances[2 * k];
        }
        leave_cells<Law, Number>(law_, std::uint64_t(step_), std::uint64_t(i), first, cells, chances, out);
    }
    for (int c = 0; c < 2 * groups(); ++c) {
        const int k = c / 2;
        if (out[c] > 0) leaving_.push_back({homes_.of(i), k, c % 2 == 0 ? first : again, out[c]});
        if (given || access >= 1) continue;
        count_stuck(i, k, std::uint64_t(c), cells[c] - out[c], hazards.home(k, i), record);
    }
}

/// Counts those among the households that stayed who would have left had the way out been free.
template <class Law>
void Compartments<Law>::count_stuck(int i, int k, std::uint64_t cell, Number stayed, double hazard,
                                    StepRecord& record) {
    if (!(stayed > 0)) return;
    const double left = leave_chance(inputs().access(i) * hazard, world_.dt);
    const double wanted = leave_chance(hazard, world_.dt);
    if (!(left < 1)) return;
    const Number n =
        law_.part_of({Purpose::could_not, std::uint64_t(step_), std::uint64_t(k * places() + i), cell},
                     stayed, (wanted - left) / (1 - left));
    record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
}

/// Displaced or waiting households at place i: some move on, some go home.
///
/// One draw at the highest chance of any of them tells how many might stop staying, a second of which groups they
/// are, a third from which homes. Those whose home is open to them face two competing hazards, with a higher chance
/// together: the others are thinned to theirs, and a last draw tells which of the two won.
///
/// @param hazard  [M] of moving on
template <class Law>
void Compartments<Law>::draw_onward(int i, Status status, const Eigen::ArrayXd& hazard, StepRecord& record) {
    const auto all = (status == onward ? settled_ : waiting_).col(i);
    const Number total = all.sum();
    if (!(total > 0)) return;
    const double access = inputs().access(i);
    const bool some_open = any_open_[std::size_t(i)];
    auto& [candidates, chances, moved] = by_group_;
    double highest = 0;
    for (int k = 0; k < groups(); ++k) {
        const double back = some_open ? return_rate() : 0;
        chances[k] = all(k) > 0 ? leave_chance(access * hazard(k) + back, world_.dt) : 0;
        highest = std::max(highest, chances[k]);
    }
    const auto when = std::uint64_t(step_), where = std::uint64_t(i);
    const Number might = law_.part_of({Purpose::leave, when, where, status}, total, highest);
    std::fill(moved.begin(), moved.end(), Number{0});
    if (might > 0) {
        const std::span<const Number> groups_here(&all(0), std::size_t(groups()));
        law_.without_order({Purpose::leave_group, when, where, status}, might, groups_here,
                           std::span(candidates).first(std::size_t(groups())));
        for (int k = 0; k < groups(); ++k) {
            if (!(candidates[k] > 0)) continue;
            const Address thinned{Purpose::leave_thinned, when, where, cell(status, k, homes())};
            const Number n = chances[k] == highest
                                 ? candidates[k]
                                 : law_.part_of(thinned, candidates[k], chances[k] / highest);
            moved[k] = draw_from_homes(i, k, status, n, access * hazard(k), chances[k]);
        }
    }
    for (int k = 0; k < groups() && access < 1; ++k) {
        count_stuck(i, k, std::uint64_t(2 * groups() * status + k), all(k) - moved[k], hazard(k), record);
    }
}

/// Draws from which homes those of one group are who might leave place i, and which of them leave or go home.
///
/// @param n       at the chance of those whose home is open, if any is
/// @param hazard  of moving on
/// @param chance  of those whose home is open, if any is
/// @return        how many leave or go home
template <class Law>
typename Law::Number Compartments<Law>::draw_from_homes(int i, int k, Status status, Number n, double hazard,
                                                        double chance) {
    if (!(n > 0)) return 0;
    const Cells& cells = status == onward ? state_.settled : state_.waiting;
    const std::span<const Number> here(&cells(k * homes(), i), std::size_t(homes()));
    auto& [drawn, leave, home] = by_home_;
    const double back = any_open_[std::size_t(i)] ? return_rate() : 0;
    const double closed = back > 0 ? leave_chance(hazard, world_.dt) / chance : 1;
    const double returns = back / (hazard + back);
    const auto is_open = [&](std::size_t h) { return back > 0 && open_(Eigen::Index(h), i) > 0; };
    std::fill(home.begin(), home.end(), Number{0});
    if (n < Law::few) {
        std::fill(drawn.begin(), drawn.end(), Number{0});
        std::fill(leave.begin(), leave.end(), Number{0});
        Line<Number> line(here);
        auto heads =
            law_.one_by_one({Purpose::who, std::uint64_t(step_), std::uint64_t(i), cell(status, k, 0)});
        for (; n > 0; --n) {
            const std::size_t h = heads.out_of(line, drawn);
            if (is_open(h))
                ++(heads.happens(returns) ? home : leave)[h];
            else if (closed == 1 || heads.happens(closed))
                ++leave[h];
        }
    } else {
        const auto address = [&](Purpose purpose, std::size_t h) {
            return Address{purpose, std::uint64_t(step_), std::uint64_t(i), cell(status, k, int(h))};
        };
        law_.without_order(address(Purpose::who, 0), n, here, leave);
        for (std::size_t h = 0; h < leave.size() && back > 0; ++h) {
            if (!(leave[h] > 0)) continue;
            if (is_open(h))
                home[h] = law_.part_of(address(Purpose::leave_or_return, h), leave[h], returns);
            else
                leave[h] = law_.part_of(address(Purpose::leave_thinned, h), leave[h], closed);
            leave[h] -= home[h];
        }
    }
    Number moved{0};
    for (int h = 0; h < homes(); ++h) {
        moved += leave[h] + home[h];
        if (home[h] > 0) {
            go_home(i, k, homes_.place(h), home[h]);
            (status == onward ? state_.settled : state_.waiting)(k * homes() + h, i) -= home[h];
        }
        if (leave[h] > 0) leaving_.push_back({h, k, status, leave[h]});
    }
    return moved;
}

/// Takes households that were drawn to leave out of the cell they leave, and counts the movement.
template <class Law>
void Compartments<Law>::take(int i, const Leaving& leaving, StepRecord& record) {
    const auto& [h, k, status, n] = leaving;
    switch (status) {
        case first:
            state_.home(k, i) -= n;
            break;
        case again:
            state_.back(k, i) -= n;
            break;
        case onward:
            state_.settled(k * homes() + h, i) -= n;
            break;
        case gate:
            state_.waiting(k * homes() + h, i) -= n;
            break;
    }
    const double people = persons(k) * double(n);
    record.at(i, PlaceField::departures) += people;
    if (status == first) record.at(i, PlaceField::first_departures) += people;
}

/// Everyone drawn to leave place i draws a destination, or stays where none can be reached.
template <class Law>
void Compartments<Law>::set_out(int i, StepRecord& record) {
    const std::span weights(scratch_.weights.data(), std::size_t(places()));
    const std::span to(scratch_.to.data(), std::size_t(places()));
    std::optional<Line<double>> line;
    int weighed_home = -1, weighed_mode = -1;
    for (const Leaving& one : leaving_) {
        const auto& [h, k, status, n] = one;
        const int mode = world_.mode_of_group[k];
        if (h != weighed_home || mode != weighed_mode) {
            kernels::weigh(attraction(std::size_t(mode)).col(i).data(), pull_.matrix().col(h).data(),
                           weights.data(), places());
            line.emplace(weights);
            weighed_home = h;
            weighed_mode = mode;
        }
        if (!(line->total() > 0)) {
            record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
            continue;
        }
        take(i, one, record);
        const Address address{Purpose::choose, std::uint64_t(step_), std::uint64_t(i), cell(status, k, h)};
        if (n == 1) {
            put_on_road(k, i, law_.pick(address, *line), h, 1);
            continue;
        }
        std::fill(to.begin(), to.end(), Number{0});
        law_.divide(address, n, *line, to);
        for (int j = 0; j < places(); ++j) {
            if (to[j] > 0) put_on_road(k, i, j, h, to[j]);
        }
    }
}

/// Households on their way from i to j.
template <class Law>
void Compartments<Law>::put_on_road(int k, int i, int j, int h, Number n) {
    const std::size_t s = slots_[std::size_t(journeys(k).steps(j, i))];
    state_.road[s](k * homes() + h, j) += n;
    on_their_way(s, k, j, n);
    if (count_routes_) setting_out_[world_.mode_of_group[k]](j, i) += persons(k) * double(n);
}

/// Households on their way from i to their home at place o.
template <class Law>
void Compartments<Law>::go_home(int i, int k, int o, Number n) {
    const std::size_t s = slots_[i == o ? 1 : std::size_t(journeys(k).steps(o, i))];
    state_.homeward[s](k, o) += n;
    on_their_way(s, k, o, n);
    if (count_routes_) setting_out_[world_.mode_of_group[k]](o, i) += persons(k) * double(n);
}

}  // namespace nuzuh
