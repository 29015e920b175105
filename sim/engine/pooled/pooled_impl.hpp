// Members of Pooled; included where the engine is made for a draw policy, and by tests.
#pragma once

#include <cmath>

#include "sim/engine/conditions.hpp"
#include "sim/engine/conservation.hpp"
#include "sim/engine/given_departures.hpp"
#include "sim/engine/journeys.hpp"
#include "sim/engine/pooled/arrivals_impl.hpp"
#include "sim/engine/pooled/draws_impl.hpp"
#include "sim/engine/pooled/inputs_impl.hpp"
#include "sim/engine/pooled/pooled.hpp"

namespace nuzuh::pooled {

template <class Policy>
Pooled<Policy>::Pooled(std::span<const Member> members, std::vector<Policy> policies)
    : members_(members.begin(), members.end()),
      policies_(std::move(policies)),
      decisions_(policies_),
      count_routes_(std::any_of(members.begin(), members.end(),
                                [](const Member& member) { return member.spec.count_routes; })) {
    for (std::size_t run = 0; run < runs(); ++run) {
        sizes_.emplace_back(world(run));
        overdispersions_.emplace_back(policies_[run], world(run));
        if (count_routes_)
            setting_out_[run].assign(world().modes.size(),
                                     Eigen::ArrayXXd::Zero(world().place_count(), world().place_count()));
    }
    lay_out();
    const auto asks_for = [&](PlaceField field) {
        return std::any_of(members.begin(), members.end(),
                           [&](const Member& member) { return member.spec.fields[std::size_t(field)]; });
    };
    parameters_.counts_first = asks_for(PlaceField::first_departures);
    parameters_.counts_stuck = asks_for(PlaceField::could_not_leave);
    always_takes_stock_ = asks_for(PlaceField::at_home) || asks_for(PlaceField::waiting) ||
                          asks_for(PlaceField::on_the_road) || asks_for(PlaceField::without_shelter) ||
                          asks_for(PlaceField::remaining);
    start();
    const Batches by_place(std::size_t(parameters_.places)),
        by_group(std::size_t(parameters_.mobile * parameters_.places));
    context_.at_home = context_.displaced = context_.pull = by_place;
    context_.overdispersion.assign(by_place.size(), Batch{{1, 1, 1, 1, 1, 1, 1, 1}});
    context_.back = context_.open = by_group;
    context_.per_head.resize(std::size_t(parameters_.mobile));
    context_.anyone.resize(by_place.size());
    context_.may_wait = parameters_.is_gated;
    context_.total.assign(world().modes.size(), by_place);
    leaving_ = {by_group, by_group, by_group, by_group};
    for (std::size_t f = 0; f < flows_.size(); ++f) flows_[f] = by_place;
    stock_ = {by_place, by_place, by_place, {}};
    pull_of_ = ones_ = Batches((by_place.size() + batch_runs - 1) / batch_runs);
    for (std::size_t j = 0; j < by_place.size(); ++j) ones_[j / batch_runs].of[j % batch_runs] = 1;
    away_.resize(by_place.size());
    taken_.resize(by_place.size());
    count_immobile();
    kernels().count(parameters_, state_, false, context_);
}

template <class Policy>
void Pooled<Policy>::restore(State state, int step) {
    state_ = std::move(state);
    step_ = step;
    take_in(true);
}

template <class Policy>
void Pooled<Policy>::step(std::span<StepRecord> records) {
    const std::size_t slots = state_.road.size();
    slots_.resize(slots + 1);
    for (std::size_t s = 1; s <= slots; ++s) slots_[s] = state_.road.slot(step_, s);
    const auto clear = [&](PlaceField field, bool counts = true) {
        if (counts) std::ranges::fill(flows_[std::size_t(field)], Batch{});
    };
    clear(PlaceField::departures);
    clear(PlaceField::first_departures, parameters_.counts_first);
    clear(PlaceField::could_not_leave, parameters_.counts_stuck);
    clear(PlaceField::turned_away);
    clear(PlaceField::admitted);
    look_around();
    leave();
    if constexpr (Policy::expected)
        set_out_in_means();
    else
        set_out_by_draws();
    arrive();
    anyone_waits_ = anyone_waits_ && any(state_.waiting, [](double households) { return households > 0; });
    takes_stock_ = always_takes_stock_ || step_ + 1 == world().steps;
    if (takes_stock_) kernels().take_stock(parameters_, state_, context_, anyone_waits_, stock_);
    for (std::size_t run = 0; run < runs(); ++run) write(run, records[run]);
    ++step_;
}

/// Everyone decides whether to leave.
template <class Policy>
void Pooled<Policy>::leave() {
    if (parameters_.departures_given) {
        std::fill(leaving_.out.begin(), leaving_.out.end(), Batch{});
        take_given();
    }
    if (anyone_waits_) std::fill(leaving_.gate_returning.begin(), leaving_.gate_returning.end(), Batch{});
    const auto step = std::uint64_t(step_);
    decisions_.leave(step, parameters_, inputs_, context_, state_, leaving_, flows_);
    if (anyone_waits_) decisions_.leave_gates(step, parameters_, inputs_, context_, state_, leaving_, flows_);
}

/// As many households leave home as are given, if there is somewhere to go.
template <class Policy>
void Pooled<Policy>::take_given() {
    const auto mobile = std::size_t(parameters_.mobile);
    std::vector<Number> at_home(2 * mobile), fled(2 * mobile);
    for (std::size_t run = 0; run < runs(); ++run) {
        for (int i = 0; i < parameters_.places; ++i) {
            if (parameters_.is_abroad[std::size_t(i)] || !(parameters_.per_start[std::size_t(i)].of[run] > 0))
                continue;
            for (std::size_t k = 0; k < mobile; ++k) {
                at_home[2 * k] = Number(state_.home[at(int(k), i)].of[run]);
                at_home[2 * k + 1] = Number(state_.back[at(int(k), i)].of[run]);
            }
            flow(PlaceField::could_not_leave, i, run) +=
                nuzuh::take_given<Policy, Number>(policies_[run], world(run), step_, i, at_home, fled,
                                                  state_.departures_to_come[std::size_t(i)].of[run]);
            for (std::size_t k = 0; k < mobile; ++k)
                leave_home(run, int(k), i, double(fled[2 * k]), double(fled[2 * k + 1]));
        }
    }
}

/// @param first, again  households never displaced, and back home
template <class Policy>
void Pooled<Policy>::leave_home(std::size_t run, int k, int i, double first, double again) {
    if (!(first + again > 0)) return;
    const double people = persons(k, run) * (first + again);
    if (!(context_.total[std::size_t(parameters_.mode_of_group[std::size_t(k)])][std::size_t(i)].of[run] >
          0)) {
        flow(PlaceField::could_not_leave, i, run) += people;
        return;
    }
    const std::size_t c = at(k, i);
    state_.home[c].of[run] -= first;
    state_.back[c].of[run] -= again;
    state_.away[c].of[run] += first + again;
    leaving_.out[c].of[run] = first + again;
    flow(PlaceField::departures, i, run) += people;
    flow(PlaceField::first_departures, i, run) += persons(k, run) * first;
}

/// Everyone sets out, by means.
template <class Policy>
void Pooled<Policy>::set_out_in_means() {
    std::vector<Batches*> road(slots_.size()), homeward(slots_.size());
    for (std::size_t s = 1; s < slots_.size(); ++s) {
        road[s] = &state_.road[slots_[s]];
        homeward[s] = &state_.homeward[slots_[s]];
    }
    for (std::size_t m = 0; m < attraction_.size(); ++m) {
        const AttractionMatrices& matrices = attraction_[m];
        if (matrices.common)
            kernels().common.set_out(matrices.common, ways_[m], parameters_, inputs_, context_.pull, int(m),
                                     road, leaving_);
        else
            kernels().of_each.set_out(matrices.interleaved.data(), ways_[m], parameters_, inputs_,
                                      context_.pull, int(m), road, leaving_);
        if (count_routes_) note_setting_out(int(m));
        if (inputs_.open.empty()) continue;
        kernels().go_home(ways_[m], parameters_, inputs_, context_, int(m), homeward, state_, leaving_);
        if (count_routes_) note_going_home(int(m));
    }
}

/// Adds up how many persons set out from each place to each other, by one way of travelling.
template <class Policy>
void Pooled<Policy>::note_setting_out(int mode) {
    for (std::size_t run = 0; run < runs(); ++run) {
        auto& out = setting_out_[run][std::size_t(mode)];
        const Eigen::ArrayXXd& attraction = world(run).attraction[std::size_t(step_)][std::size_t(mode)];
        for (int i : inputs_.from) {
            double per_weight = 0;
            for (int k = 0; k < parameters_.mobile; ++k) {
                if (parameters_.mode_of_group[std::size_t(k)] == mode)
                    per_weight += persons(k, run) * leaving_.out[at(k, i)].of[run];
            }
            if (!(per_weight > 0)) continue;
            for (int j : inputs_.to)
                out(j, i) += attraction(j, i) * context_.pull[std::size_t(j)].of[run] * per_weight;
        }
    }
}

/// The same for those who go home.
template <class Policy>
void Pooled<Policy>::note_going_home(int mode) {
    for (std::size_t run = 0; run < runs(); ++run) {
        auto& out = setting_out_[run][std::size_t(mode)];
        for (int k = 0; k < parameters_.mobile; ++k) {
            if (parameters_.mode_of_group[std::size_t(k)] != mode) continue;
            for (int i = 0; i < parameters_.places; ++i) {
                const double per_home = persons(k, run) * leaving_.returning[at(k, i)].of[run] *
                                        context_.per_head[std::size_t(k)].of[run];
                if (!(per_home > 0)) continue;
                const Pairs& is_way = world().network->is_way[std::size_t(network_state_)];
                for (int o : inputs_.open) {
                    if (is_way(i, o)) out(o, i) += per_home * context_.open[at(k, o)].of[run];
                }
            }
        }
    }
}

template <class Policy>
void Pooled<Policy>::write(std::size_t run, StepRecord& record) {
    const EngineSpec& spec = members_[run].spec;
    if (record.place.rows() != parameters_.places || step_ == 0)
        record.reset(parameters_.places, int(world().roads.size()), false);
    const auto put = [&](PlaceField field, const Batches& values) {
        if (!spec.fields[std::size_t(field)]) return;
        double* to = record.place.col(int(field)).data();
        for (std::size_t i = 0; i < values.size(); ++i) to[i] = values[i].of[run];
    };
    for (std::size_t f = 0; f < flows_.size(); ++f) {
        if (place_fields[f].kind == Kind::flow) put(PlaceField(f), flows_[f]);
    }
    put(PlaceField::at_home, stock_.at_home);
    put(PlaceField::waiting, stock_.waiting);
    put(PlaceField::on_the_road, stock_.on_the_road);
    put(PlaceField::displaced, context_.displaced);
    put(PlaceField::households_displaced, context_.settled);
    put(PlaceField::households_at_home, context_.at_home);
    if (spec.fields[std::size_t(PlaceField::without_shelter)] ||
        spec.fields[std::size_t(PlaceField::remaining)])
        derive_stocks(world(run), step_, record);
    if (spec.count_routes) record.route.setZero();
    for (std::size_t m = 0; m < setting_out_[run].size() && spec.count_routes; ++m) {
        load_roads(world().network->ways[std::size_t(network_state_)][m], setting_out_[run][m], record.route);
        setting_out_[run][m].setZero();
    }
    if (!takes_stock_) return;
    check_conserved(stock_.households.of[run], households_[run], step_, Policy::expected);
}

template <class Policy>
void Pooled<Policy>::save(std::size_t run, Saver& to) const {
    const std::size_t slots = state_.road.size();
    const auto put = [&](const Batches& values) {
        std::vector<double> own;
        for (const Batch& value : values) own.push_back(value.of[run]);
        to(own);
    };
    to(step_, std::uint64_t(slots));
    overdispersions_[run].save(to);
    for (const Batches* values : {&state_.home, &state_.back, &state_.settled, &state_.waiting, &state_.away,
                                  &state_.unused_quota, &state_.departures_to_come, &context_.pulling})
        put(*values);
    for (std::size_t n = 1; n <= slots; ++n) {
        const std::size_t slot = state_.road.slot(step_, n);
        put(state_.road[slot]);
        put(state_.homeward[slot]);
    }
}

template <class Policy>
void Pooled<Policy>::restore(std::size_t run, Loader& from) {
    std::uint64_t steps_ahead = 0;
    from(step_, steps_ahead);
    overdispersions_[run].restore(from);
    take_overdispersion(run);
    const auto take = [&](Batches& values) {
        std::vector<double> own;
        from(own);
        for (std::size_t c = 0; c < values.size(); ++c) values[c].of[run] = own.at(c);
    };
    for (Batches* values : {&state_.home, &state_.back, &state_.settled, &state_.waiting, &state_.away,
                            &state_.unused_quota, &state_.departures_to_come, &context_.pulling})
        take(*values);
    // Every run of the batch is restored in turn: what is there of the others stays.
    state_.road.grow(std::size_t(steps_ahead), Batches(state_.settled.size()));
    state_.homeward.grow(std::size_t(steps_ahead), Batches(state_.settled.size()));
    for (std::size_t n = 1; n <= steps_ahead; ++n) {
        const std::size_t slot = state_.road.slot(step_, n);
        take(state_.road[slot]);
        take(state_.homeward[slot]);
    }
    take_in(false);
}

}  // namespace nuzuh::pooled
