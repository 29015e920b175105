// The members of Pooled that end a step: arrivals, gates and crossings.
#pragma once

#include "sim/engine/pooled/pooled.hpp"
#include "sim/rules/arriving.hpp"

namespace nuzuh::pooled {

template <class Policy>
void Pooled<Policy>::arrive() {
    Batches& arriving = state_.road[slots_[1]];
    kernels().end_journeys(parameters_, inputs_, state_.homeward[slots_[1]], arriving, state_, flows_,
                           context_);
    for (int j = 0; j < parameters_.places; ++j) {
        if (inputs_.is_free[std::size_t(j)]) continue;
        context_.may_wait[std::size_t(j)] = true;
        for (std::size_t run = 0; run < runs(); ++run) {
            arrive_at(run, j, arriving);
            if (parameters_.abroad_behind[std::size_t(j)] >= 0) cross(run, j);
        }
    }
    kernels().count_gates(parameters_, inputs_, state_, context_);
}

/// Lets in those for whom there is room; the others wait at the gate.
template <class Policy>
void Pooled<Policy>::arrive_at(std::size_t run, int j, Batches& arriving) {
    if (!(flow(PlaceField::arrivals, j, run) > 0)) return;
    const auto place = std::size_t(j);
    const bool crossing = parameters_.abroad_behind[place] >= 0;
    const bool hard = world().places[place].admission == Admission::hard;
    double free = parameters_.capacity[place].of[run];
    std::vector<Number> at_gate;
    for (int k = 0; k < parameters_.mobile; ++k) {
        at_gate.push_back(Number(arriving[at(k, j)].of[run]));
        free -= persons(k, run) * state_.settled[at(k, j)].of[run];
    }
    const double room = rules::room_on_arrival(crossing, bool(inputs_.fallen[place]), hard, free);
    const auto admitted = let_some_in(run, std::uint64_t(2 * j), at_gate, room);
    double turned_away = 0;
    for (int k = 0; k < parameters_.mobile; ++k) {
        const double in = double(admitted[std::size_t(k)]), turned = arriving[at(k, j)].of[run] - in;
        state_.settled[at(k, j)].of[run] += in;
        state_.waiting[at(k, j)].of[run] += turned;
        arriving[at(k, j)].of[run] = 0;
        turned_away += persons(k, run) * turned;
    }
    if (turned_away > 0) anyone_waits_ = true;
    if (!crossing) flow(PlaceField::turned_away, j, run) += turned_away;
}

/// Who of those at a gate is let in, see `let_in_by_cell`.
///
/// @param at_gate  [M] households
template <class Policy>
std::vector<typename Policy::Number> Pooled<Policy>::let_some_in(std::size_t run, std::uint64_t queue,
                                                                 const std::vector<Number>& at_gate,
                                                                 double room_persons) {
    const auto group_of = [](std::size_t k) { return k; };
    return let_in_by_cell(policies_[run], step_, queue, sizes_[run], std::span(at_gate), group_of,
                          room_persons);
}

/// Lets people through a crossing, in random order, up to its quota. Their homes are drawn among those of all who are
/// away.
template <class Policy>
void Pooled<Policy>::cross(std::size_t run, int c) {
    const auto gate = std::size_t(c);
    const double quota = world(run).inputs[std::size_t(step_)].quota(c);
    double& unused_quota = state_.unused_quota[gate].of[run];
    const double room = rules::room_at_crossing(quota, parameters_.dt, unused_quota);
    const auto queue = [&] {
        std::vector<Number> households;
        for (int k = 0; k < parameters_.mobile; ++k)
            households.push_back(Number(state_.waiting[at(k, c)].of[run]));
        return households;
    };
    const auto anyone_waits = [&] {
        const auto households = queue();
        return std::any_of(households.begin(), households.end(), [](Number n) { return n > 0; });
    };
    double passing = 0;
    if (room > 0 && anyone_waits()) {
        const auto let = let_some_in(run, std::uint64_t(2 * c + 1), queue(), room);
        for (int k = 0; k < parameters_.mobile; ++k) {
            const Number n = let[std::size_t(k)];
            state_.waiting[at(k, c)].of[run] -= double(n);
            state_.settled[at(k, parameters_.abroad_behind[gate])].of[run] += double(n);
            passing += persons(k, run) * double(n);
            forget_homes(run, k, c, n);
        }
    }
    unused_quota = rules::quota_carry_over(quota, room, passing, anyone_waits());
    flow(PlaceField::admitted, c, run) = passing;
}

/// Takes those who crossed, whatever their homes, out of those who might return.
template <class Policy>
void Pooled<Policy>::forget_homes(std::size_t run, int k, int c, Number n) {
    if (!(n > 0)) return;
    std::vector<Number> away, out(std::size_t(parameters_.places));
    for (int o = 0; o < parameters_.places; ++o) away.push_back(Number(state_.away[at(k, o)].of[run]));
    const Address address{Purpose::who_admitted, std::uint64_t(step_), std::uint64_t(2 * c + 1),
                          sizes_[run].persons.size() + std::size_t(k)};
    policies_[run].without_order(address, n, away, out);
    for (int o = 0; o < parameters_.places; ++o) state_.away[at(k, o)].of[run] -= double(out[std::size_t(o)]);
}

}  // namespace nuzuh::pooled
