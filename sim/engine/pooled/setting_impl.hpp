// The members of Pooled that read the worlds of its runs and look around at the start of a step.
#pragma once

#include <algorithm>
#include <cmath>

#include "sim/engine/pooled/outlook.hpp"
#include "sim/engine/pooled/pooled.hpp"
#include "sim/engine/start.hpp"

namespace nuzuh::pooled {

/// Numbers of each run beside one another; those of the last stand in for runs that are not there.
///
/// @param from  of a run: n numbers
template <class From>
void weave(std::size_t runs, std::size_t n, From from, Octets& to) {
    to.resize(n);
    bool same = true;
    for (std::size_t run = 1; run < runs; ++run) same = same && from(run) == from(0);
    for (std::size_t c = 0; c < n && same; ++c) std::fill_n(to[c].of, octet_runs, double(from(0)[c]));
    for (std::size_t run = 0; run < octet_runs && !same; ++run) {
        const auto* values = from(std::min(run, runs - 1));
        for (std::size_t c = 0; c < n; ++c) to[c].of[run] = double(values[c]);
    }
}

/// Whether something is so of any number.
template <class Is>
bool any(std::span<const Octet> values, Is is) {
    return std::any_of(values.begin(), values.end(),
                       [&](const Octet& value) { return std::any_of(value.of, value.of + octet_runs, is); });
}

template <class Law>
void Pooled<Law>::lay_out() {
    Setting& s = setting_;
    const auto places = std::size_t(world().place_count());
    s.places = world().place_count();
    s.groups = world().group_count();
    s.mobile = world().mobile_groups;
    s.dt = world().dt;
    s.departures_given = world().departures.size() > 0;
    s.mode_of_group = world().mode_of_group;
    s.abroad_behind = world().abroad_behind;
    for (const auto& place : world().places) s.is_abroad.push_back(place.type == PlaceType::abroad);
    weave(
        runs(), places, [&](std::size_t run) { return world(run).households_at_start.data(); }, s.at_start);
    weave(
        runs(), places, [&](std::size_t run) { return world(run).capacity.data(); }, s.capacity);
    weave(
        runs(), places, [&](std::size_t run) { return world(run).onward.data(); }, s.onward);
    for (const auto& [numbers, inverses] :
         {std::pair(&s.at_start, &s.per_start), {&s.capacity, &s.per_capacity}}) {
        *inverses = *numbers;
        for (Octet& value : *inverses) {
            for (double& n : value.of) n = n > 0 ? 1 / n : 0;
        }
    }
    s.persons.resize(std::size_t(s.groups));
    for (std::size_t run = 0; run < runs(); ++run) {
        for (std::size_t k = 0; k < s.persons.size(); ++k)
            s.persons[k].of[run] = world(run).groups[k].household_size;
        const auto& [rules, leave, choose, travel, returning] = world(run).settings.behaviour;
        s.leave.h0.of[run] = leave.h0;
        s.leave.h_max.of[run] = leave.h_max;
        s.leave.neighbours.of[run] = leave.neighbours;
        s.leave.h_front.of[run] = leave.h_front;
        s.leave.h_capture.of[run] = leave.h_capture;
        s.leave.displaced_factor.of[run] = leave.displaced_factor;
        s.leave.onward_without_shelter.of[run] = leave.onward_without_shelter;
        s.choose.network_pull.of[run] = choose.network_pull;
        s.choose.network_softening.of[run] = choose.network_softening;
        if (choose.network_memory_days > 0)
            s.choose.network_fading.of[run] = std::exp2(-s.dt / choose.network_memory_days);
        s.choose.per_buffer.of[run] = 1 / (1 - choose.capacity_buffer);
        s.choose.capacity_floor.of[run] = choose.capacity_floor;
        s.return_rate.of[run] = returning.rate;
    }
}

/// Everyone is where the worlds say.
template <class Law>
void Pooled<Law>::start() {
    const Octets none(std::size_t(setting_.mobile * setting_.places));
    const auto slots = std::size_t(world().network->longest_journey);
    Octets at_home(std::size_t(setting_.groups * setting_.places));
    crowd_ = {at_home,
              none,
              none,
              none,
              none,
              {slots, none},
              {slots, none},
              Octets(std::size_t(setting_.places)),
              Octets(std::size_t(setting_.places))};
    outlook_.settled = outlook_.pulling = crowd_.credit;
    for (std::size_t run = 0; run < runs(); ++run) {
        const World& w = world(run);
        for (int k = 0; k < setting_.groups; ++k) {
            for (int i = 0; i < setting_.places; ++i)
                crowd_.home[at(k, i)].of[run] = double(w.households(k, i));
        }
        const double half_life = w.settings.behaviour.choose.network_memory_days;
        const std::vector<Count> displaced = displaced_at_start(laws_[run], w);
        for (std::size_t r = 0; r < displaced.size(); ++r) {
            const auto& row = w.displaced[r];
            const auto j = std::size_t(row.place);
            crowd_.settled[at(row.group, row.place)].of[run] += double(displaced[r]);
            crowd_.away[at(row.group, row.home)].of[run] += double(displaced[r]);
            outlook_.settled[j].of[run] += double(displaced[r]);
            outlook_.pulling[j].of[run] += half_life > 0
                                               ? double(row.households) * std::exp2(-row.age_days / half_life)
                                               : double(displaced[r]);
        }
        households_[run] = w.households_from.sum();
    }
}

/// Where ways lead in the network's state.
template <class Law>
void Pooled<Law>::find_ways() {
    const int state = world().inputs[std::size_t(step_)].ways;
    if (state == ways_.state) return;
    const Pairs& is_way = world().network->is_way[std::size_t(state)];
    ways_ = {state, {}, {}, {}, {}};
    for (int i = 0; i < setting_.places; ++i) {
        int same = 0;
        while ((is_way.row(same) != is_way.row(i)).any()) ++same;
        ways_.same_reach.push_back(same);
        auto& homes = ways_.in_reach.emplace_back();
        for (int o = 0; o < setting_.places; ++o) {
            if (is_way(i, o)) homes.push_back(o);
        }
    }
    for (const auto& journeys : world().network->journeys[std::size_t(state)]) {
        ways_.steps.emplace_back(journeys.steps.data(), journeys.steps.data() + journeys.steps.size());
        auto& far = ways_.far.emplace_back();
        for (int s = 2; s <= int(journeys.starts.size()); ++s) {
            for (int j = 0; j < setting_.places; ++j) {
                const auto& starts = journeys.starts[std::size_t(s - 1)][std::size_t(j)];
                if (!starts.empty()) far.push_back({s, j, starts});
            }
        }
    }
}

/// What the scenarios fix for the step.
template <class Law>
void Pooled<Law>::find_ground() {
    const auto step = std::size_t(step_);
    const auto places = std::size_t(setting_.places);
    const auto inputs = [&](std::size_t run) -> const StepInputs& { return world(run).inputs[step]; };
    weave(
        runs(), places, [&](std::size_t run) { return inputs(run).front.data(); }, ground_.front);
    weave(
        runs(), places, [&](std::size_t run) { return inputs(run).access.data(); }, ground_.access);
    weave(
        runs(), places, [&](std::size_t run) { return inputs(run).may_return.data(); }, ground_.may_return);
    weave(
        runs(), std::size_t(setting_.mobile) * places,
        [&](std::size_t run) { return world(run).responses[step].data(); }, ground_.response);
    ground_.any_siege = any(ground_.access, [](double access) { return access < 1; });
    ground_.is_open.assign(places, false);
    ground_.open.clear();
    for (std::size_t o = 0; o < places; ++o) {
        ground_.is_open[o] = any({&ground_.may_return[o], 1}, [](double open) { return open > 0; });
        if (ground_.is_open[o]) ground_.open.push_back(int(o));
    }
    const auto& fallen = inputs(0).fallen;
    ground_.fallen.assign(fallen.begin(), fallen.end());
}

/// Attraction of the step, and which places attract anybody in any run.
template <class Law>
void Pooled<Law>::find_sheets() {
    const auto step = std::size_t(step_);
    const auto places = std::size_t(setting_.places), pairs = places * places;
    std::vector<double> to(places), from(places);
    sheets_.resize(world().modes.size());
    for (std::size_t m = 0; m < sheets_.size(); ++m) {
        const auto sheet = [&](std::size_t run) { return world(run).attraction[step][m].data(); };
        const auto is_common = [&](std::size_t run) { return sheet(run) == sheet(0); };
        Sheets& s = sheets_[m];
        std::size_t common = 1;
        while (common < runs() && is_common(common)) ++common;
        const bool differ = common < runs();
        s.common = differ ? nullptr : sheet(0);
        if (differ) {
            weave(runs(), pairs, sheet, s.woven);
            s.woven_near = s.woven;
        }
        for (std::size_t run = 0; run < (differ ? runs() : 1); ++run)
            copy_sheet(sheet(run), setting_.places, s.near, to, from);
        for (const FarJourneys& far : ways_.far[m]) {
            for (int i : far.from) {
                const std::size_t pair = std::size_t(i) * places + std::size_t(far.to);
                s.near[pair] = 0;
                if (differ) s.woven_near[pair] = {};
            }
        }
    }
    ground_.to.clear();
    ground_.from.clear();
    for (std::size_t i = 0; i < places; ++i) {
        if (to[i] > 0) ground_.to.push_back(int(i));
        if (from[i] > 0 && !setting_.is_abroad[i]) ground_.from.push_back(int(i));
    }
}

/// Everything that decisions of the step rest on.
template <class Law>
void Pooled<Law>::look_around() {
    find_ways();
    find_ground();
    find_sheets();
    Eigen::ArrayXd pulling(setting_.places);
    for (std::size_t run = 0; run < runs(); ++run) {
        const Eigen::ArrayXd noise = noises_[run].draw(laws_[run], world(run), step_);
        for (int i = 0; i < setting_.places; ++i) {
            outlook_.noise[std::size_t(i)].of[run] = noise(i);
            pulling(i) = outlook_.pulling[std::size_t(i)].of[run];
        }
        share_noises_[run].update(world(run), step_, pulling);
        for (int j = 0; j < setting_.places; ++j)
            outlook_.share_noise[std::size_t(j)].of[run] = share_noises_[run].factor()(j);
    }
    outlook_.away = crowd_.away;
    find_ways_home(setting_, ground_, ways_.same_reach, ways_.in_reach, outlook_);
    find_pull(setting_, outlook_);
    for (std::size_t m = 0; m < sheets_.size(); ++m) {
        std::fill(outlook_.total[m].begin(), outlook_.total[m].end(), Octet{});
        if (sheets_[m].common)
            add_weights(sheets_[m].common, setting_, ground_, outlook_.pull, outlook_.total[m]);
        else
            add_weights(sheets_[m].woven.data(), setting_, ground_, outlook_.pull, outlook_.total[m]);
    }
}

}  // namespace nuzuh::pooled
