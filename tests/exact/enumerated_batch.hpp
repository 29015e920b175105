// Decisions of pooled runs, followed through every outcome: of one run, in the kernels that draw them.
#pragma once

#include "sim/engine/pooled/batch_decisions.hpp"
#include "sim/engine/pooled/leaving.hpp"
#include "tests/exact/enumerated_policy.hpp"

namespace nuzuh::pooled {

template <>
class BatchDecisions<exact::EnumeratedPolicy> {
public:
    explicit BatchDecisions(std::span<const exact::EnumeratedPolicy> policies) : policy_(policies.front()) {}

    struct Decisions {
        const exact::EnumeratedPolicy& policy;

        template <class In>
        struct At {
            static constexpr bool drawn = true;
            using V = typename In::V;
            const exact::EnumeratedPolicy& policy;
            int first;

            At(const Decisions& decisions, In in, const Address&)
                : policy(decisions.policy), first(in.first) {}
            V some(std::size_t question, const V& n, const V& hazard) const {
                return part(question, n, V{-std::expm1(-hazard[0])});
            }
            V part(std::size_t, const V& n, const V& p) const {
                return first == 0 ? V{double(policy.part_of({}, Count(n[0]), p[0]))} : V{};
            }
        };
    };

    template <class... Where>
    void leave(Where&&... where) const {
        for (int first = 0; first < batch_runs; first += 2)
            pooled::leave(pack::Lanes<2>{first}, Decisions{policy_}, where...);
    }
    template <class... Where>
    void leave_gates(Where&&... where) const {
        for (int first = 0; first < batch_runs; first += 2)
            pooled::leave_gates(pack::Lanes<2>{first}, Decisions{policy_}, where...);
    }

    void draw_noise(const UnitMeanGamma& gamma, std::uint64_t, Batches& noise) const {
        for (Batch& factor : noise) factor.of[0] *= policy_.gamma_factor({}, gamma.is_one() ? 0 : 1);
    }

    void sample_destinations(std::size_t, const Address&, const double* factors, std::size_t places,
                             const Batches& others, std::size_t households,
                             SampledDestinations& sampled) const {
        sampled.make_room(households, others.size());
        std::vector<double> weights(places);
        for (std::size_t j = 0; j < places; ++j)
            weights[j] = factors[j] * others[j / batch_runs].of[j % batch_runs];
        for (std::size_t h = 0; h < households; ++h) {
            sampled.which[h] = policy_.pick({}, CumulativeWeights<double>(weights));
            sampled.within[h] = 0;
        }
    }

    /// Where everyone has one home it is always that.
    struct OneOfTheRest {
        std::size_t draw(const std::vector<double>& all, const std::vector<double>&, double) const {
            return std::size_t(std::max_element(all.begin(), all.end()) - all.begin());
        }
    };
    OneOfTheRest one_of_the_rest(std::size_t, const Address&) const { return {}; }

private:
    exact::EnumeratedPolicy policy_;
};

}  // namespace nuzuh::pooled
