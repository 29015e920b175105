// How decisions of runs side by side are made under each draw policy.
#pragma once

#include <span>

#include "sim/engine/draw_policy.hpp"
#include "sim/engine/pooled/kernels.hpp"

namespace nuzuh::pooled {

inline Means decisions_of(std::span<const ExpectedPolicy>) { return {}; }
inline RandomDecisions decisions_of(std::span<const RandomPolicy> policies) {
    std::vector<Draws> draws;
    for (const RandomPolicy& policy : policies) draws.push_back(policy.draws);
    return RandomDecisions(std::move(draws));
}

/// Kernels in which people decide whether to leave.
inline const auto& leave_kernels(const Means&) { return kernels().means; }
inline const auto& leave_kernels(const RandomDecisions&) { return kernels().draws; }

/// Multiplies the noise of each place by the factors of a step.
inline void draw_noise(const Means&, const UnitMeanGamma&, std::uint64_t, Batches&) {}
inline void draw_noise(const RandomDecisions& decisions, const UnitMeanGamma& gamma, std::uint64_t step,
                       Batches& noise) {
    if (!gamma.is_one()) kernels().draw_noise(decisions, gamma, step, noise);
}

/// Draws where some households of a run go, in proportion to products.
///
/// @param factors  [P]
/// @param others   [rows] eight places at a time, 0 past the last
/// @param sampled  set
inline void sample_destinations(const RandomDecisions& decisions, std::size_t run, const Address& address,
                                std::span<const double> factors, const Batches& others,
                                std::size_t households, SampledDestinations& sampled) {
    sampled.make_room(households, others.size());
    kernels().sample_destinations(decisions.draws(run), address, factors.data(), factors.size(), others,
                                  households, sampled);
}

/// Draws one of those who are left of a line, each as likely as it weighs.
///
/// @param all, taken  [P] of each part of the line; more may be taken of parts that are no longer of it, where all is 0
/// @param left        how many, above 0
/// @param weight      [P] of all of a part; one weighs 1 at most
inline std::size_t one_of_the_rest(Stream& stream, const std::vector<double>& all,
                                   const std::vector<double>& taken, double left,
                                   const std::vector<double>& weight) {
    for (;;) {
        double point = std::floor(stream.uniform() * left);
        std::size_t c = 0;
        const auto rest = [&] { return std::max(0.0, all[c] - taken[c]); };
        while (point >= rest()) point -= rest(), ++c;
        if (weight[c] >= all[c] || stream.uniform() * all[c] < weight[c]) return c;
    }
}
inline Stream stream_of(const RandomDecisions& decisions, std::size_t run, const Address& x) {
    return decisions.draws(run).at(x.purpose, x.when, x.a, x.b);
}

}  // namespace nuzuh::pooled
