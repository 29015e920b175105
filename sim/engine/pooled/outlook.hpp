// How people stand at the start of a step, and what follows at its end, in several runs at a time. The formulas are
// those of model/rules.hpp and engine/conditions.hpp; tests/engines/pooled_test.cpp holds them against each other.
#pragma once

#include "sim/engine/pooled/octet_rules.hpp"

namespace nuzuh::pooled {

/// Counts who is at a place, and takes note of who pulls others: households that settled, the less the longer ago where
/// memory fades.
///
/// @param step_ended  whether memory fades by a step
template <class In>
NUZUH_INLINE void count_at(In in, const Setting& setting, const Crowd& crowd, bool step_ended,
                           Outlook& outlook, std::size_t i) {
    using V = typename In::V;
    const auto places = std::size_t(setting.places);
    const V fading = in(setting.choose.network_fading);
    V at_home = in(setting.immobile[i]), displaced{}, settled{};
    for (std::size_t k = 0, c = i; k < std::size_t(setting.mobile); ++k, c += places) {
        at_home += in(crowd.home[c]) + in(crowd.back[c]);
        settled += in(crowd.settled[c]);
        displaced += in(setting.persons[k]) * in(crowd.settled[c]);
    }
    if (step_ended) {
        const V came = max(settled - in(outlook.settled[i]), V{});
        in.put(fading > 0 ? in(outlook.pulling[i]) * fading + came : settled, outlook.pulling[i]);
    }
    in.put(settled, outlook.settled[i]);
    in.put(at_home, outlook.at_home[i]);
    in.put(displaced, outlook.displaced[i]);
    const bool here = any(at_home + settled > 0);
    outlook.anyone[i] = in.first == 0 ? here : outlook.anyone[i] || here;
}

/// The same for all places.
template <class In>
void count(In in, const Setting& setting, const Crowd& crowd, bool step_ended, Outlook& outlook) {
    for (std::size_t i = 0; i < std::size_t(setting.places); ++i)
        count_at(in, setting, crowd, step_ended, outlook, i);
}

/// The same at the end of a step, where more than the end of journeys may have changed it.
template <class In>
void count_gates(In in, const Setting& setting, const Ground& ground, const Crowd& crowd, Outlook& outlook) {
    for (std::size_t i = 0; i < std::size_t(setting.places); ++i) {
        if (!ground.is_free[i] || setting.is_abroad[i]) count_at(in, setting, crowd, true, outlook, i);
    }
}

/// Counts who is where, for the record of a step.
template <class In>
void take_stock(In in, const Setting& setting, const Crowd& crowd, const Outlook& outlook, bool anyone_waits,
                Stock& stock) {
    using V = typename In::V;
    const auto places = std::size_t(setting.places);
    V households{};
    for (std::size_t i = 0; i < places; ++i) {
        V at_home{}, waiting{}, on_the_road{};
        households += in(outlook.at_home[i]) + in(outlook.settled[i]);
        for (std::size_t k = 0, c = i; k < std::size_t(setting.groups); ++k, c += places) {
            const V persons = in(setting.persons[k]);
            at_home += persons * in(crowd.home[c]);
            if (k >= std::size_t(setting.mobile)) continue;
            at_home += persons * in(crowd.back[c]);
            if (anyone_waits) {
                waiting += persons * in(crowd.waiting[c]);
                households += in(crowd.waiting[c]);
            }
            for (std::size_t s = 0; s < crowd.road.size(); ++s) {
                const V travelling = in(crowd.road[s][c]) + in(crowd.homeward[s][c]);
                on_the_road += persons * travelling;
                households += travelling;
            }
        }
        in.put(at_home, stock.at_home[i]);
        in.put(waiting, stock.waiting[i]);
        in.put(on_the_road, stock.on_the_road[i]);
    }
    in.put(households, stock.households);
}

/// Those on their way home are back; whose home fell meanwhile arrive there in flight. Arrivals settle where anybody may
/// come to, and these places are counted.
///
/// @param homeward  [M, P] emptied
/// @param arriving  [M, P] emptied at free places
template <class In>
void end_journeys(In in, const Setting& setting, const Ground& ground, Octets& homeward, Octets& arriving,
                  Crowd& crowd, Passed& passed, Outlook& outlook) {
    using V = typename In::V;
    const auto places = std::size_t(setting.places);
    for (std::size_t j = 0; j < places; ++j) {
        V returns{}, arrivals{};
        for (std::size_t k = 0, c = j; k < std::size_t(setting.mobile); ++k, c += places) {
            const V persons = in(setting.persons[k]), home = in(homeward[c]);
            V come = in(arriving[c]);
            if (ground.fallen[j]) {
                come += home;
                in.add(home, crowd.away[c]);
            } else {
                in.add(home, crowd.back[c]);
                returns += persons * home;
            }
            arrivals += persons * come;
            if (ground.is_free[j]) in.add(come, crowd.settled[c]);
            in.put(ground.is_free[j] ? V{} : come, arriving[c]);
            in.put(V{}, homeward[c]);
        }
        in.put(returns, passed[std::size_t(PlaceField::returns)][j]);
        in.put(arrivals, passed[std::size_t(PlaceField::arrivals)][j]);
        if (ground.is_free[j] && !setting.is_abroad[j]) count_at(in, setting, crowd, true, outlook, j);
    }
}

/// Hazards of going home: the rate times the share of homes open and in reach among those of all who are away.
template <class In>
void find_ways_home(In in, const Setting& setting, const Crowd& crowd, const Ground& ground,
                    Outlook& outlook) {
    const Reach& reach = *outlook.reach;
    using V = typename In::V;
    const auto places = std::size_t(setting.places);
    by_groups(
        0, std::size_t(setting.mobile), [&](std::size_t k, auto together) __attribute__((always_inline)) {
            constexpr std::size_t groups = together;
            V everyone[groups] = {};
            for (std::size_t o = 0; o < places; ++o) {
                for (std::size_t g = 0; g < groups; ++g) everyone[g] += in(crowd.away[(k + g) * places + o]);
            }
            for (std::size_t g = 0; g < groups; ++g)
                in.put(in(setting.return_rate) * inverse(everyone[g]), outlook.per_head[k + g]);
            for (int home : ground.open) {
                const V may_return = in(ground.may_return[std::size_t(home)]);
                for (std::size_t g = 0, c = k * places + std::size_t(home); g < groups; ++g, c += places)
                    in.put(in(crowd.away[c]) * may_return, outlook.open[c]);
            }
            for (std::size_t i = 0; i < places; ++i) {
                if (reach.same[i] != int(i)) continue;
                V open[groups] = {};
                for (int o : reach.of[i]) {
                    if (!ground.is_open[std::size_t(o)]) continue;
                    for (std::size_t g = 0; g < groups; ++g)
                        open[g] += in(outlook.open[(k + g) * places + std::size_t(o)]);
                }
                for (std::size_t g = 0; g < groups; ++g)
                    in.put(open[g] * in(outlook.per_head[k + g]), outlook.back[(k + g) * places + i]);
            }
        });
}

/// Pull of each place that attracts anybody: noise of shares * room * network.
template <class In>
void find_pull(In in, const Setting& setting, const Ground& ground, Outlook& outlook) {
    using V = typename In::V;
    const auto& choose = setting.choose;
    const auto places = std::size_t(setting.places);
    const V power = in(choose.network_pull), softening = in(choose.network_softening),
            floor = in(choose.capacity_floor), per_buffer = in(choose.per_buffer);
    V everyone{};
    for (std::size_t j = 0; j < places; ++j) everyone += in(outlook.pulling[j]);
    const V per_scale = 1.0 / max(softening * everyone, V{} + 1);  // 1 without softening
    for (int to : ground.to) {
        const auto j = std::size_t(to);
        const V network = exp(power * ln(fused(in(outlook.pulling[j]), per_scale, 1.0)));
        const V capacity = in(setting.capacity[j]);
        const V free = 1.0 - in(outlook.displaced[j]) * in(setting.per_capacity[j]);
        const V room = capacity > 0 ? min(max(free * per_buffer, floor), V{} + 1) : floor;
        in.put(network * (room * in(outlook.overdispersion[j])), outlook.pull[j]);
    }
}

/// Several places at a time: sums that do not wait for one another.
template <std::size_t together, class In, class Number>
NUZUH_INLINE std::size_t weights(In in, const Number* sheet, const Setting& setting, const Ground& ground,
                                 const Octets& pull, std::size_t at, Octets& total) {
    using V = typename In::V;
    for (; at + together <= ground.from.size(); at += together) {
        const Number* columns[together];
        V sums[together] = {};
        for (std::size_t c = 0; c < together; ++c)
            columns[c] = sheet + std::ptrdiff_t(ground.from[at + c]) * setting.places;
        for (int j : ground.to) {
            const V pulls = in(pull[std::size_t(j)]);
            for (std::size_t c = 0; c < together; ++c) sums[c] = fused(in(columns[c][j]), pulls, sums[c]);
        }
        for (std::size_t c = 0; c < together; ++c) in.put(sums[c], total[std::size_t(ground.from[at + c])]);
    }
    return at;
}

/// Weights of all destinations from each place, for one way of travelling.
///
/// @param sheet  [from P, to P] attraction in every run, or of each
/// @param total  [P] set
template <class In, class Number>
void add_weights(In in, const Number* sheet, const Setting& setting, const Ground& ground, const Octets& pull,
                 Octets& total) {
    const std::size_t done = weights<4>(in, sheet, setting, ground, pull, 0, total);
    weights<1>(in, sheet, setting, ground, pull, done, total);
}

}  // namespace nuzuh::pooled
