// The members of Compartments that decide by draws: who leaves a place, from which home, and where to.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "sim/engine/compartment/compartments.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh {

/// Draws who leaves place i into `leaving_`; those who go home are put on the road at once.
template <class Policy>
void Compartments<Policy>::draw_leaving(int i, const Hazards& hazards, StepRecord& record) {
    leaving_.clear();
    draw_from_home(i, hazards, record);
    draw_onward(i, onward, hazards.away.col(i), record);
    if (anyone_waits_) draw_onward(i, gate, hazards.waiting.col(i), record);
}

template <class Policy>
void Compartments<Policy>::draw_from_home(int i, const Hazards& hazards, StepRecord& record) {
    if (!(world_.households_at_start(i) > 0)) return;
    const bool given = world_.departures.size() > 0;
    const double access = inputs().access(i);
    auto& [cells, chances, none, out] = by_group_;
    if (given) {
        take_given_departures(i, record);
    } else {
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const int k = int(c / 2);
            cells[c] = c % 2 == 0 ? state_.home(k, i) : state_.back(k, i);
            const double hazard = access * hazards.home(k, i);
            chances[c] = c % 2 == 0 ? rules::leave_chance(hazard, world_.dt) : chances[c - 1];
            none[c] = cells[c] > 0 ? rules::chance_of_nobody(double(cells[c]), hazard, world_.dt) : 1;
        }
        policy_.parts_of({Purpose::leave, std::uint64_t(step_), std::uint64_t(i), first}, cells, chances, none,
                      out);
    }
    for (int c = 0; c < 2 * groups(); ++c) {
        const int k = c / 2;
        if (out[c] > 0) leaving_.push_back({homes_.of(i), k, c % 2 == 0 ? first : again, out[c]});
        if (given || access >= 1) continue;
        count_stuck(i, k, std::uint64_t(c), cells[c] - out[c], hazards.home(k, i), record);
    }
}

/// Counts those among the households that stayed who would have left had the way out been free.
template <class Policy>
void Compartments<Policy>::count_stuck(int i, int k, std::uint64_t cell, Number stayed, double hazard,
                                    StepRecord& record) {
    if (!(stayed > 0)) return;
    const double wanted = rules::chance_held_back(inputs().access(i), hazard, world_.dt);
    const Number n = policy_.part_of(
        {Purpose::could_not, std::uint64_t(step_), std::uint64_t(k * places() + i), cell}, stayed, wanted);
    record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
}

/// Displaced or waiting households at place i: some move on, some go home.
///
/// One draw a group at the chance of those whose home is open tells how many might stop staying, a second from which
/// homes they are. Those whose home is open face two competing hazards, with a higher chance together: the others are
/// thinned to theirs, and a last draw tells which of the two won.
///
/// @param hazard  [M] of moving on
template <class Policy>
void Compartments<Policy>::draw_onward(int i, Status status, const Eigen::ArrayXd& hazard, StepRecord& record) {
    const auto all = (status == onward ? settled_ : waiting_).col(i);
    if (!(all.sum() > 0)) return;
    const double access = inputs().access(i);
    const double back = any_open_[std::size_t(i)] ? return_rate() : 0;
    auto& [cells, chances, none, out] = by_group_;
    const auto count = std::size_t(groups());
    for (int k = 0; k < groups(); ++k) {
        const double either = access * hazard(k) + back;
        cells[k] = all(k);
        chances[k] = all(k) > 0 ? rules::leave_chance(either, world_.dt) : 0;
        none[k] = all(k) > 0 ? rules::chance_of_nobody(double(all(k)), either, world_.dt) : 1;
    }
    policy_.parts_of({Purpose::leave, std::uint64_t(step_), std::uint64_t(i), status},
                  std::span(cells).first(count), std::span(chances).first(count),
                  std::span(none).first(count), std::span(out).first(count));
    for (int k = 0; k < groups(); ++k) {
        const Number moved = draw_from_homes(i, k, status, out[k], access * hazard(k));
        if (access < 1)
            count_stuck(i, k, std::uint64_t(2 * groups() * status + k), all(k) - moved, hazard(k), record);
    }
}

/// Draws from which homes those of one group are who might leave place i, and which of them leave or go home.
///
/// @param n       at the chance of those whose home is open, if any is
/// @param hazard  of moving on
/// @return        how many leave or go home
template <class Policy>
typename Policy::Number Compartments<Policy>::draw_from_homes(int i, int k, Status status, Number n,
                                                        double hazard) {
    if (!(n > 0)) return 0;
    Cells& cells = status == onward ? state_.settled : state_.waiting;
    const std::span<const Number> here(&cells(k * homes(), i), std::size_t(homes()));
    const double back = any_open_[std::size_t(i)] ? return_rate() : 0;
    const double closed = rules::part_without_return(hazard, back, world_.dt);
    const double returns = rules::part_returning(1.0, hazard, back);
    const auto is_open = [&](std::size_t h) { return back > 0 && open_(Eigen::Index(h), i) > 0; };
    const auto address = [&](Purpose purpose, std::size_t h) {
        return Address{purpose, std::uint64_t(step_), std::uint64_t(i), cell(status, k, int(h))};
    };
    Number moved{0};
    const auto part = [&](std::size_t h, Number leave, Number home) {
        moved += leave + home;
        if (home > 0) {
            go_home(i, k, homes_.place(int(h)), home);
            cells(k * homes() + int(h), i) -= home;
        }
        if (leave > 0) leaving_.push_back({int(h), k, status, leave});
    };
    if (n < Policy::small_sample_cutoff) {
        std::fill(drawn_.begin(), drawn_.end(), Number{0});
        CumulativeWeights<Number> cumulative(here);
        auto heads = policy_.one_by_one(address(Purpose::who, 0));
        moving_.clear();
        going_home_.clear();
        for (; n > 0; --n) {
            const std::size_t h = heads.out_of(cumulative, drawn_);
            const bool open = is_open(h);
            if (open && heads.happens(returns))
                going_home_.push_back(h);
            else if (open || closed == 1 || heads.happens(closed))
                moving_.push_back(h);
        }
        for (const std::size_t h : going_home_) part(h, 0, 1);
        std::sort(moving_.begin(), moving_.end());
        for (auto one = moving_.begin(); one != moving_.end();) {
            const auto next = std::upper_bound(one, moving_.end(), *one);
            part(*one, Number(next - one), 0);
            one = next;
        }
        return moved;
    }
    policy_.without_order(address(Purpose::who, 0), n, here, leave_);
    for (std::size_t h = 0; h < leave_.size(); ++h) {
        if (!(leave_[h] > 0)) continue;
        if (is_open(h)) {
            const Number home = policy_.part_of(address(Purpose::leave_or_return, h), leave_[h], returns);
            part(h, leave_[h] - home, home);
        } else {
            const Address thinned = address(Purpose::leave_thinned, h);
            part(h, closed == 1 ? leave_[h] : policy_.part_of(thinned, leave_[h], closed), 0);
        }
    }
    return moved;
}

/// Takes households that were drawn to leave out of the cell they leave, and counts the movement.
template <class Policy>
void Compartments<Policy>::take(int i, const Leaving& leaving, StepRecord& record) {
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
template <class Policy>
void Compartments<Policy>::set_out(int i, StepRecord& record) {
    const std::span weights(scratch_.weights.data(), std::size_t(places()));
    const std::span to(scratch_.to.data(), std::size_t(places()));
    const std::span sums(scratch_.sums.data(), std::size_t(places()));
    // Below the first a search on the line is quickest, above the second a draw a destination.
    constexpr Number one_after_another = 8, picked_each = 128;
    std::optional<CumulativeWeights<double>> cumulative;
    int weighed_home = -1, weighed_mode = -1, summed_home = -1, summed_mode = -1;
    for (const Leaving& one : leaving_) {
        const auto& [h, k, status, n] = one;
        const int mode = world_.mode_of_group[k];
        if (h != weighed_home || mode != weighed_mode) {
            kernels::weigh(attraction(std::size_t(mode)).col(i).data(), pull_.matrix().col(h).data(),
                           weights.data(), places());
            cumulative.emplace(weights);
            weighed_home = h;
            weighed_mode = mode;
        }
        if (!(cumulative->total() > 0)) {
            record.at(i, PlaceField::could_not_leave) += persons(k) * double(n);
            continue;
        }
        take(i, one, record);
        const Address address{Purpose::choose, std::uint64_t(step_), std::uint64_t(i), cell(status, k, h)};
        if (n == 1) {
            put_on_road(k, i, policy_.pick(address, *cumulative), h, 1);
            continue;
        }
        std::fill(to.begin(), to.end(), Number{0});
        if (n >= one_after_another && n <= picked_each) {
            if (summed_home != h || summed_mode != mode)
                std::partial_sum(weights.begin(), weights.end(), sums.begin());
            summed_home = h;
            summed_mode = mode;
            scratch_.where.resize(std::size_t(n));
            policy_.pick_each(address, sums, scratch_.where);
            for (int j : scratch_.where) ++to[std::size_t(j)];
        } else {
            policy_.divide(address, n, *cumulative, to);
        }
        for (int j = 0; j < places(); ++j) {
            if (to[j] > 0) put_on_road(k, i, j, h, to[j]);
        }
    }
}

/// Households on their way from i to j.
template <class Policy>
void Compartments<Policy>::put_on_road(int k, int i, int j, int h, Number n) {
    const std::size_t s = slots_[std::size_t(journeys(k).steps(j, i))];
    state_.road[s](k * homes() + h, j) += n;
    on_their_way(s, k, j, n);
    if (count_routes_) setting_out_[world_.mode_of_group[k]](j, i) += persons(k) * double(n);
}

/// Households on their way from i to their home at place o.
template <class Policy>
void Compartments<Policy>::go_home(int i, int k, int o, Number n) {
    const std::size_t s = slots_[i == o ? 1 : std::size_t(journeys(k).steps(o, i))];
    state_.homeward[s](k, o) += n;
    on_their_way(s, k, o, n);
    if (count_routes_) setting_out_[world_.mode_of_group[k]](o, i) += persons(k) * double(n);
}

}  // namespace nuzuh
