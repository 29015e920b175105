// Decisions of pooled runs, followed through every outcome: of one run, in the kernels that draw them.
#pragma once

#include "sim/engine/pooled/decisions.hpp"
#include "sim/engine/pooled/leaving.hpp"
#include "tests/exact/enumerated_policy.hpp"

namespace nuzuh::exact {

struct BatchDecisions {
    EnumeratedPolicy policy;

    template <class V>
    struct At {
        static constexpr bool drawn = true;
        const EnumeratedPolicy& policy;
        int first;

        At(const BatchDecisions& decisions, pack::Lanes<V> in, const Address&)
            : policy(decisions.policy), first(in.first) {}
        V some(std::size_t question, const V& n, const V& hazard) const {
            return part(question, n, V{-std::expm1(-hazard[0])});
        }
        V part(std::size_t, const V& n, const V& p) const {
            return first == 0 ? V{double(policy.part_of({}, Count(n[0]), p[0]))} : V{};
        }
    };
};

inline BatchDecisions decisions_of(std::span<const EnumeratedPolicy> policies) { return {policies.front()}; }

struct LeaveKernels {
    template <class... Where>
    void leave(Where&&... where) const {
        for (int first = 0; first < batch_runs; first += 2)
            pooled::leave<Whereabouts::settled>(pack::Lanes<pack::Pack<2>>{first}, where...);
    }
    template <class... Where>
    void leave_gates(Where&&... where) const {
        for (int first = 0; first < batch_runs; first += 2)
            pooled::leave<Whereabouts::waiting>(pack::Lanes<pack::Pack<2>>{first}, where...);
    }
};
inline LeaveKernels leave_kernels(const BatchDecisions&) { return {}; }

inline void draw_noise(const BatchDecisions& decisions, const pooled::UnitMeanGamma& gamma, std::uint64_t,
                       Batches& noise) {
    for (Batch& factor : noise) factor.of[0] *= decisions.policy.gamma_factor({}, gamma.is_one() ? 0 : 1);
}

inline void sample_destinations(const BatchDecisions& decisions, std::size_t, const Address&,
                                std::span<const double> factors, const Batches& others,
                                std::size_t households, pooled::SampledDestinations& sampled) {
    sampled.make_room(households, others.size());
    std::vector<double> weights(factors.begin(), factors.end());
    for (std::size_t j = 0; j < weights.size(); ++j) weights[j] *= others[j / batch_runs].of[j % batch_runs];
    for (std::size_t h = 0; h < households; ++h) {
        sampled.which[h] = decisions.policy.pick({}, CumulativeWeights<double>(weights));
        sampled.within[h] = 0;
    }
}

/// Where everyone has one home it is always that.
struct NoStream {};
inline NoStream stream_of(const BatchDecisions&, std::size_t, const Address&) { return {}; }
inline std::size_t one_of_the_rest(NoStream, const std::vector<double>& all, const std::vector<double>&,
                                   double, const std::vector<double>&) {
    return std::size_t(std::max_element(all.begin(), all.end()) - all.begin());
}

}  // namespace nuzuh::exact
