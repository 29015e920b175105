// How decisions of runs side by side are made under each draw policy.
#pragma once

#include <span>

#include "sim/engine/draw_policy.hpp"
#include "sim/engine/pooled/kernels.hpp"

namespace nuzuh::pooled {

template <class Policy>
class BatchDecisions;

template <>
class BatchDecisions<ExpectedPolicy> {
public:
    explicit BatchDecisions(std::span<const ExpectedPolicy>) {}

    template <class... Where>
    void leave(Where&&... where) const {
        kernels().means.leave(Means(), where...);
    }
    template <class... Where>
    void leave_gates(Where&&... where) const {
        kernels().means.leave_gates(Means(), where...);
    }
    void draw_noise(const UnitMeanGamma&, std::uint64_t, Batches&) const {}
};

template <>
class BatchDecisions<RandomPolicy> {
public:
    explicit BatchDecisions(std::span<const RandomPolicy> policies) : decisions_(draws_of(policies)) {}

    template <class... Where>
    void leave(Where&&... where) const {
        kernels().draws.leave(decisions_, where...);
    }
    template <class... Where>
    void leave_gates(Where&&... where) const {
        kernels().draws.leave_gates(decisions_, where...);
    }

    /// Multiplies the factors of each place by those of a step.
    void draw_noise(const UnitMeanGamma& gamma, std::uint64_t step, Batches& noise) const {
        if (!gamma.is_one()) kernels().draw_noise(decisions_, gamma, step, noise);
    }

    /// Draws where some households of a run go, in proportion to products.
    ///
    /// @param factors  [P]
    /// @param others   [rows] eight places at a time, 0 past the last
    /// @param sampled    set
    void sample_destinations(std::size_t run, const Address& address, const double* factors,
                             std::size_t places, const Batches& others, std::size_t households,
                             SampledDestinations& sampled) const {
        sampled.make_room(households, others.size());
        kernels().sample_destinations({decisions_.keys().seed[run], decisions_.keys().run[run]}, address,
                                      factors, places, others, households, sampled);
    }

    /// Draws one of those who are left of a line, all equally likely.
    ///
    /// @param all, taken  [P] of each weight of the line
    /// @param left        how many, above 0
    class OneOfTheRest {
    public:
        explicit OneOfTheRest(const Stream& stream) : stream_(stream) {}
        std::size_t draw(const std::vector<double>& all, const std::vector<double>& taken, double left) {
            double point = std::floor(stream_.uniform() * left);
            std::size_t c = 0;
            while (point >= all[c] - taken[c]) point -= all[c] - taken[c], ++c;
            return c;
        }

    private:
        Stream stream_;
    };
    OneOfTheRest one_of_the_rest(std::size_t run, const Address& x) const {
        return OneOfTheRest(decisions_.draws(run).at(x.purpose, x.when, x.a, x.b));
    }

private:
    static std::vector<Draws> draws_of(std::span<const RandomPolicy> policies) {
        std::vector<Draws> draws;
        for (const RandomPolicy& policy : policies) draws.push_back(policy.draws);
        return draws;
    }

    RandomDecisions decisions_;
};

}  // namespace nuzuh::pooled
