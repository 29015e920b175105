// Where those who leave go by means, in several runs at a time.
#pragma once

#include <span>

#include "sim/engine/pooled/leaving.hpp"

namespace nuzuh::pooled {

/// The same for the groups that travel in one way.
template <class Work>
NUZUH_INLINE void by_groups_of(int mode, const Parameters& parameters, const Work& work) {
    const std::size_t mobile = parameters.mobile;
    for (std::size_t first = 0, end; first < mobile; first = end) {
        end = first + 1;
        while (end < mobile && parameters.mode_of_group[end] == parameters.mode_of_group[first]) ++end;
        if (parameters.mode_of_group[first] == mode) by_groups(first, end, work);
    }
}

/// Sums over the sources of some destinations and groups at a time, which then stay in registers.
template <std::size_t targets, std::size_t groups, class V, class Number>
// NOLINTNEXTLINE(readability-function-size): handed one by one, the compiler sees what none of the others changes
NUZUH_INLINE std::size_t flows_to(Lanes<V> in, const Number* matrix, const Parameters& parameters,
                                  const Inputs& inputs, const Batches& pull, std::size_t k, std::size_t at,
                                  const Leaving& leaving, Batch* road) {
    const std::size_t places = parameters.places;
    const Batch* from[groups];
    for (std::size_t g = 0; g < groups; ++g) from[g] = &leaving.out[(k + g) * places];
    for (; at + targets <= inputs.to.size(); at += targets) {
        V sums[targets][groups] = {};
        const Number* rows[targets];
        for (std::size_t t = 0; t < targets; ++t) rows[t] = matrix + inputs.to[at + t];
        for (int i : inputs.from) {
            V leave[groups];
            for (std::size_t g = 0; g < groups; ++g) leave[g] = in(from[g][i]);
            for (std::size_t t = 0; t < targets; ++t) {
                const V weight = in(rows[t][std::ptrdiff_t(i) * parameters.places]);
                for (std::size_t g = 0; g < groups; ++g) sums[t][g] = fused(weight, leave[g], sums[t][g]);
            }
        }
        for (std::size_t t = 0; t < targets; ++t) {
            const auto j = std::size_t(inputs.to[at + t]);
            for (std::size_t g = 0; g < groups; ++g)
                in.add(sums[t][g] * in(pull[j]), road[(k + g) * places + j]);
        }
    }
    return at;
}

/// Moves some of those who are there in one step among those who are longer on their way.
template <class V>
NUZUH_INLINE void put_off(Lanes<V> in, const V& n, Batch& near, Batch& far) {
    in.put(max(V(in(near)-n), V{}), near);  // by rounding it may be less than none
    in.add(n, far);
}

/// Puts those who leave on the road, for the groups that travel in one way.
///
/// @param matrix  [from P, to P] attraction in every run, or of each
template <class V, class Number>
// NOLINTNEXTLINE(readability-function-size): handed one by one, the compiler sees what none of the others changes
void set_out(Lanes<V> in, const Number* matrix, const Ways& ways, const Parameters& parameters,
             const Inputs& inputs, const Batches& pull, int mode, std::span<Batch* const> road,
             const Leaving& leaving) {
    constexpr std::size_t targets = Lanes<V>::count == 8 ? 4 : 2;  // as the number of registers allows
    const std::size_t places = parameters.places;
    by_groups_of(
        mode, parameters, [&](std::size_t k, auto together) __attribute__((always_inline)) {
            constexpr std::size_t groups = together;
            const std::size_t done = flows_to<targets, groups>(in, matrix, parameters, inputs, pull, k,
                                                               std::size_t(0), leaving, road[1]);
            flows_to<1, groups>(in, matrix, parameters, inputs, pull, k, done, leaving, road[1]);
            for (const FarJourneys& far : ways.far) {
                const auto j = std::size_t(far.to);
                V sums[groups] = {};
                for (int source : far.from) {
                    const auto i = std::size_t(source);
                    const V weight = in(matrix[i * places + j]);
                    for (std::size_t g = 0; g < groups; ++g)
                        sums[g] = fused(weight, in(leaving.out[(k + g) * places + i]), sums[g]);
                }
                for (std::size_t g = 0; g < groups; ++g) {
                    const std::size_t c = (k + g) * places + j;
                    put_off(in, sums[g] * in(pull[j]), road[1][c], road[std::size_t(far.steps)][c]);
                }
            }
        });
}

/// Puts those who go home on the road, to the open homes in reach as people are away from them.
template <class V>
// NOLINTNEXTLINE(readability-function-size): handed one by one, the compiler sees what none of the others changes
void go_home(Lanes<V> in, const Ways& ways, const Parameters& parameters, const Inputs& inputs,
             const DecisionContext& context, int mode, std::span<Batch* const> homeward, Households& now,
             Leaving& leaving) {
    const Reach& reach = *context.reach.front();
    const std::size_t places = parameters.places;
    by_groups_of(
        mode, parameters, [&](std::size_t k, auto together) __attribute__((always_inline)) {
            constexpr std::size_t groups = together;
            const auto sum_up = [&](const std::vector<int>& sources, V(&sums)[groups])
                __attribute__((always_inline)) {
                for (int i : sources) {
                    for (std::size_t g = 0; g < groups; ++g)
                        sums[g] += in(leaving.returning[(k + g) * places + std::size_t(i)]);
                }
            };
            for (std::size_t o = 0; o < places; ++o) {
                if (reach.same[o] != int(o)) continue;
                V sums[groups] = {};
                sum_up(reach.of[o], sums);
                for (std::size_t g = 0; g < groups; ++g)
                    in.put(sums[g] * in(context.per_head[k + g]),
                           leaving.all_returning[(k + g) * places + o]);
            }
            for (int open : inputs.open) {
                const auto o = std::size_t(open), same = std::size_t(reach.same[o]);
                for (std::size_t g = 0; g < groups; ++g) {
                    const std::size_t c = (k + g) * places + o;
                    const V n = in(leaving.all_returning[(k + g) * places + same]) * in(context.open[c]);
                    in.add(n, homeward[1][c]);
                    in.take(n, now.away[c]);
                }
            }
            for (const FarJourneys& far : ways.far) {
                const auto o = std::size_t(far.to);
                if (!inputs.is_open[o]) continue;
                V sums[groups] = {};
                sum_up(far.from, sums);
                for (std::size_t g = 0; g < groups; ++g) {
                    const std::size_t c = (k + g) * places + o;
                    put_off(in, sums[g] * in(context.per_head[k + g]) * in(context.open[c]), homeward[1][c],
                            homeward[std::size_t(far.steps)][c]);
                }
            }
        });
}

}  // namespace nuzuh::pooled
