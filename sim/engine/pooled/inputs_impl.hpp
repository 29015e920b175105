// The members of Pooled that read the worlds of its runs and look around at the start of a step.
#pragma once

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sim/engine/conditions.hpp"
#include "sim/engine/pooled/pooled.hpp"
#include "sim/engine/start.hpp"
#include "sim/rules/danger.hpp"

namespace nuzuh::pooled {

/// Numbers of each run beside one another; those of the last stand in for runs that are not there.
///
/// @param from  of a run: n numbers
template <class From>
void interleave(std::size_t runs, std::size_t n, From from, Batches& to) {
    to.resize(n);
    bool same = true;
    for (std::size_t run = 1; run < runs; ++run) same = same && from(run) == from(0);
    for (std::size_t c = 0; c < n && same; ++c) std::fill_n(to[c].of, batch_runs, double(from(0)[c]));
    for (std::size_t run = 0; run < batch_runs && !same; ++run) {
        const auto* values = from(std::min(run, runs - 1));
        for (std::size_t c = 0; c < n; ++c) to[c].of[run] = double(values[c]);
    }
}

/// Whether something is so of any number.
template <class Is>
bool any(std::span<const Batch> values, Is is) {
    return std::any_of(values.begin(), values.end(),
                       [&](const Batch& value) { return std::any_of(value.of, value.of + batch_runs, is); });
}

template <class Policy>
void Pooled<Policy>::lay_out() {
    BatchParameters& s = parameters_;
    const auto places = std::size_t(world().place_count());
    s.places = world().place_count();
    s.groups = world().group_count();
    s.mobile = world().mobile_groups;
    s.dt = world().dt;
    s.departures_given = world().departures.size() > 0;
    s.mode_of_group = world().mode_of_group;
    s.abroad_behind = world().abroad_behind;
    for (const auto& place : world().places) {
        const bool is_crossing = s.abroad_behind[s.is_abroad.size()] >= 0;
        s.is_abroad.push_back(place.type == PlaceType::abroad);
        s.is_gated.push_back(is_crossing || place.admission == Admission::hard);
    }
    interleave(
        runs(), places, [&](std::size_t run) { return world(run).households_at_start.data(); }, s.per_start);
    interleave(
        runs(), places, [&](std::size_t run) { return world(run).capacity.data(); }, s.capacity);
    interleave(
        runs(), places, [&](std::size_t run) { return world(run).onward.data(); }, s.onward);
    s.per_capacity = s.capacity;
    for (Batches* inverses : {&s.per_start, &s.per_capacity}) {
        for (Batch& value : *inverses) {
            for (double& n : value.of) n = rules::inverse(n);
        }
    }
    Batch daily_deviation;
    run_noise_.resize(places);
    s.persons.resize(std::size_t(s.groups));
    for (std::size_t run = 0; run < runs(); ++run) {
        for (std::size_t k = 0; k < s.persons.size(); ++k)
            s.persons[k].of[run] = world(run).groups[k].household_size;
        const auto& leave = world(run).settings.behaviour.leave;
        const auto& choose = world(run).settings.behaviour.choose;
        rules::for_each_rate(s.leave, leave_rates(leave),
                             [run](Batch& batch, double rate) { batch.of[run] = rate; });
        s.choose.network_pull.of[run] = choose.network_pull;
        s.choose.network_softening.of[run] = choose.network_softening;
        if (choose.network_memory_days > 0)
            s.choose.network_fading.of[run] = rules::memory_left(s.dt, choose.network_memory_days);
        s.choose.outside_buffer.of[run] = 1 - choose.capacity_buffer;
        s.choose.capacity_floor.of[run] = choose.capacity_floor;
        s.return_rate.of[run] = world(run).settings.behaviour.returning.rate;
        daily_deviation.of[run] = leave.daily_noise / std::sqrt(s.dt);
        const EnvironmentalNoise noise(policies_[run], world(run));
        for (std::size_t i = 0; i < places; ++i) run_noise_[i].of[run] = noise.run_noise()(Eigen::Index(i));
    }
    daily_noise_ = UnitMeanGamma(daily_deviation);
    context_.noise = run_noise_;
}

/// Everyone is where the worlds say.
template <class Policy>
void Pooled<Policy>::start() {
    const Batches none(std::size_t(parameters_.mobile * parameters_.places));
    const auto slots = std::size_t(world().network->longest_journey);
    Batches at_home(std::size_t(parameters_.groups * parameters_.places));
    state_ = {at_home,
              none,
              none,
              none,
              none,
              {slots, none},
              {slots, none},
              Batches(std::size_t(parameters_.places)),
              Batches(std::size_t(parameters_.places))};
    context_.settled = context_.pulling = state_.unused_quota;
    for (std::size_t run = 0; run < runs(); ++run) {
        const World& w = world(run);
        for (int k = 0; k < parameters_.groups; ++k) {
            for (int i = 0; i < parameters_.places; ++i)
                state_.home[at(k, i)].of[run] = double(w.households(k, i));
        }
        const double half_life = w.settings.behaviour.choose.network_memory_days;
        const std::vector<Count> displaced = displaced_at_start(policies_[run], w);
        for (std::size_t r = 0; r < displaced.size(); ++r) {
            const auto& row = w.displaced[r];
            const auto j = std::size_t(row.place);
            state_.settled[at(row.group, row.place)].of[run] += double(displaced[r]);
            state_.away[at(row.group, row.home)].of[run] += double(displaced[r]);
            context_.settled[j].of[run] += double(displaced[r]);
            context_.pulling[j].of[run] +=
                half_life > 0 ? double(row.households) * rules::memory_left(row.age_days, half_life)
                              : double(displaced[r]);
        }
        households_[run] = w.households_from.sum();
    }
}

/// Those who never leave are counted once.
template <class Policy>
void Pooled<Policy>::count_immobile() {
    parameters_.immobile.assign(std::size_t(parameters_.places), Batch{});
    for (int k = parameters_.mobile; k < parameters_.groups; ++k) {
        for (int i = 0; i < parameters_.places; ++i) {
            for (std::size_t run = 0; run < batch_runs; ++run)
                parameters_.immobile[std::size_t(i)].of[run] += state_.home[at(k, i)].of[run];
        }
    }
}

/// Looks at people who were put where they are.
template <class Policy>
void Pooled<Policy>::take_in(bool step_ended) {
    anyone_waits_ = true;
    context_.may_wait.assign(std::size_t(parameters_.places), true);
    count_immobile();
    kernels().count(parameters_, state_, step_ended, context_);
}

template <class Policy>
void Pooled<Policy>::take_overdispersion(std::size_t run) {
    for (int j = 0; j < parameters_.places; ++j)
        context_.overdispersion[std::size_t(j)].of[run] = overdispersions_[run].factor()(j);
}

/// Where ways lead in the network's state.
template <class Policy>
void Pooled<Policy>::find_ways() {
    const int state = world().inputs[std::size_t(step_)].ways;
    if (state == network_state_) return;
    network_state_ = state;
    context_.reach = &world().network->reach[std::size_t(state)];
    ways_.clear();
    for (const auto& journeys : world().network->journeys[std::size_t(state)]) {
        auto& [far, steps] = ways_.emplace_back();
        steps = journeys.steps.data();
        for (int s = 2; s <= int(journeys.starts.size()); ++s) {
            for (int j = 0; j < parameters_.places; ++j) {
                const auto& starts = journeys.starts[std::size_t(s - 1)][std::size_t(j)];
                if (!starts.empty()) far.push_back({s, j, starts});
            }
        }
    }
}

/// What the scenarios fix for the step.
template <class Policy>
void Pooled<Policy>::find_inputs() {
    const auto step = std::size_t(step_);
    const auto places = std::size_t(parameters_.places);
    const auto inputs = [&](std::size_t run) -> const StepInputs& { return world(run).inputs[step]; };
    const auto lay = [&](Interleaved& to, bool common, std::size_t n, auto from) {
        to.common = common ? from(0) : nullptr;
        if (!common) interleave(runs(), n, from, to.of_each);
    };
    const bool same_inputs = share(&World::inputs);
    lay(inputs_.front, same_inputs, places, [&](std::size_t run) { return inputs(run).front.data(); });
    lay(inputs_.access, same_inputs, places, [&](std::size_t run) { return inputs(run).access.data(); });
    lay(inputs_.response, share(&World::responses), std::size_t(parameters_.mobile) * places,
        [&](std::size_t run) { return world(run).responses[step].data(); });
    interleave(
        runs(), places, [&](std::size_t run) { return inputs(run).may_return.data(); }, inputs_.may_return);
    inputs_.any_siege = false;
    inputs_.is_open.assign(places, false);
    for (std::size_t run = 0; run < (same_inputs ? 1 : runs()); ++run) {
        inputs_.any_siege = inputs_.any_siege || (inputs(run).access < 1).any();
        for (std::size_t o = 0; o < places; ++o)
            inputs_.is_open[o] |= char(inputs(run).may_return(Eigen::Index(o)));
    }
    inputs_.open.clear();
    for (std::size_t o = 0; o < places; ++o) {
        if (inputs_.is_open[o]) inputs_.open.push_back(int(o));
    }
    const auto& fallen = inputs(0).fallen;
    inputs_.fallen.assign(fallen.begin(), fallen.end());
    inputs_.is_free.resize(places);
    for (std::size_t j = 0; j < places; ++j)
        inputs_.is_free[j] = !parameters_.is_gated[j] && !inputs_.fallen[j];
}

/// Attraction of the step, and which places attract anybody in any run.
template <class Policy>
void Pooled<Policy>::find_attraction() {
    const auto step = std::size_t(step_);
    const auto places = std::size_t(parameters_.places), pairs = places * places;
    const bool common = share(&World::attraction);
    attraction_.resize(world().modes.size());
    for (std::size_t m = 0; m < attraction_.size(); ++m) {
        const auto matrix = [&](std::size_t run) { return world(run).attraction[step][m].data(); };
        attraction_[m].common = common ? matrix(0) : nullptr;
        if (!common) interleave(runs(), pairs, matrix, attraction_[m].interleaved);
    }
    const bool goes_on = common && step_ + 1 < world().steps;
    inputs_.next_matrix = goes_on ? world().attraction[step + 1].front().data() : nullptr;
    const Attracting& first = world().attracting[step];
    inputs_.to = first.to;
    inputs_.from = first.from;
    for (std::size_t run = 1; run < (common ? 1 : runs()); ++run) {
        const auto add = [](const std::vector<int>& more, std::vector<int>& places) {
            std::vector<int> both;
            std::ranges::set_union(places, more, std::back_inserter(both));
            places = both;
        };
        add(world(run).attracting[step].to, inputs_.to);
        add(world(run).attracting[step].from, inputs_.from);
    }
}

/// Everything that decisions of the step rest on.
template <class Policy>
void Pooled<Policy>::look_around() {
    find_ways();
    find_inputs();
    find_attraction();
    if constexpr (!Policy::expected) context_.noise = run_noise_;
    decisions_.draw_noise(daily_noise_, std::uint64_t(step_), context_.noise);
    for (std::size_t run = 0; run < runs(); ++run) {
        if (!overdispersions_[run].is_due(world(run), step_)) continue;
        Eigen::ArrayXd pulling(parameters_.places);
        for (int i = 0; i < parameters_.places; ++i) pulling(i) = context_.pulling[std::size_t(i)].of[run];
        overdispersions_[run].update(world(run), step_, pulling);
        take_overdispersion(run);
    }
    kernels().find_ways_home(parameters_, state_, inputs_, context_);
    kernels().find_pull(parameters_, inputs_, context_);
    for (std::size_t m = 0; m < attraction_.size(); ++m) {
        std::fill(context_.total[m].begin(), context_.total[m].end(), Batch{});
        if (attraction_[m].common)
            kernels().common.add_weights(attraction_[m].common, parameters_, inputs_, context_.pull,
                                         context_.total[m]);
        else
            kernels().of_each.add_weights(attraction_[m].interleaved.data(), parameters_, inputs_,
                                          context_.pull, context_.total[m]);
    }
}

}  // namespace nuzuh::pooled
