// Exact draws of eight runs at a time. What takes many steps, or comes seldom, is drawn run by run with the samplers of
// sim/base.
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "sim/engine/pooled/pack_random.hpp"

namespace nuzuh::pack {

/// Successes by inversion: walks the cumulative distribution up from 0.
///
/// @param u      uniform
/// @param none   chance of no success
/// @param odds   of success, of each trial
/// @param where  to do so at all, not below the chance of no success; else 0
template <class V>
NUZUH_INLINE V walked_up(const V& u, const V& n, const V& none, const V& odds, Bits<V> where) {
    V count{}, rest = u, term = none;
    for (int x = 0; any(where);) {
#pragma GCC unroll 4
        for (int ahead = 0; ahead < 4; ++ahead, ++x) {
            count += only<V>(where, V{} + 1);
            rest -= term;
            term *= odds * (n - double(x)) * (1.0 / (x + 1));
            where &= (rest >= term) & (n > double(x + 1));
        }
    }
    return count;
}

/// x^n for whole n. Most are small, and a few products quicker than a logarithm.
template <class V>
NUZUH_INLINE V power(const V& x, const V& n) {
    constexpr int multiplied = 8;
    V product = V{} + 1;
    for (int factor = 0; factor < multiplied; ++factor) product *= n > double(factor) ? x : V{} + 1;
    const auto larger = n > double(multiplied);
    if (!any(larger)) return product;
    return larger ? exp(n * ln(x)) : product;
}

/// Decisions of runs side by side by random numbers addressed by what they decide. Whole households.
class RandomDecisions {
public:
    /// @param draws  of up to eight runs; the last stands in for runs that are not there
    explicit RandomDecisions(std::vector<Draws> draws);

    const Keys& keys() const { return keys_; }
    const Draws& draws(std::size_t run) const { return draws_[run]; }
    int runs() const { return runs_; }

    template <class V>
    class At {
    public:
        static constexpr bool drawn = true;

        NUZUH_INLINE At(const RandomDecisions& all, Lanes<V> in, const Address& address)
            : all_(all),
              in_(in),
              address_(address),
              uniforms_(Uniforms<V>::of_runs(in, all.keys_, address)) {}

        /// How many of n do what has a hazard. Numbers are drawn with the chance of nobody known, so that most of the
        /// time one comparison is all.
        NUZUH_INLINE V some(std::size_t question, const V& n, const V& hazard) const {
            if (!any(n > 0)) return V{};
            const V u = uniforms_.of[question], expected = n * hazard, none = exp(V(-expected));
            const auto anyone = (u >= none) | (expected >= walked_below);
            if (!any(anyone)) return V{};
            const V odds = expm1(hazard);
            if (!any(expected >= walked_below)) return walked_up(u, n, none, odds, Bits<V>(u >= none));
            const V p = chance(hazard);
            const auto many = (n * p >= walked_below) | (expected > 600);
            const V few = walked_up(u, n, none, odds, Bits<V>(~many & (u >= none)));
            return any(many) ? run_by_run(question, n, p, many, few) : few;
        }
        /// How many of n do what has chance p.
        NUZUH_INLINE V part(std::size_t question, const V& n, const V& p) const {
            if (!any((n > 0) & (p > 0))) return V{};
            const auto mostly = p > 0.5;
            const V less = mostly ? V(1.0 - p) : p;
            const V none = power(V(1.0 - less), n);
            const auto many = n * less >= walked_below;
            const V u = uniforms_.of[question];
            V few = walked_up(u, n, none, V(less / (1.0 - less)), Bits<V>(~many & (u >= none)));
            few = mostly ? V(n - few) : few;
            return any(many) ? run_by_run(question, n, p, many, few) : few;
        }

    private:
        /// Packs must not cross the border of a function that is compiled for another processor.
        NUZUH_INLINE V run_by_run(std::size_t question, const V& n, const V& p, const Bits<V>& where,
                                  const V& elsewhere) const {
            Batch of_n, of_p, result;
            in_.put(n, of_n);
            in_.put(only(where, p), of_p);
            in_.put(elsewhere, result);
            all_.run_by_run(in_.first, in_.count, address_, question, of_n, of_p, result);
            return in_(result);
        }

        static constexpr double walked_below = 30;  ///< successes on average

        const RandomDecisions& all_;
        const Lanes<V> in_;
        const Address address_;
        const Uniforms<V> uniforms_;
    };

private:
    /// The results of some runs, drawn by the samplers of sim/base; those of chance 0 stay.
    ///
    /// @param first, count  of the runs at hand
    void run_by_run(int first, int count, const Address& address, std::size_t question, const Batch& n,
                    const Batch& p, Batch& result) const;

    int runs_;
    std::vector<Draws> draws_;  ///< [batch_runs]
    Keys keys_;
};

/// Gamma factors of mean 1, of a standard deviation of each run.
///
/// Source   Marsaglia and Tsang 2000, "A simple method for generating gamma variables", with the power transformation
///          for shapes below 1; its normal numbers after Box and Muller 1958.
class UnitMeanGamma {
public:
    UnitMeanGamma() = default;
    explicit UnitMeanGamma(const Batch& deviation);

    bool is_one() const { return is_one_; }

    template <class V>
    NUZUH_INLINE V draw(Lanes<V> in, const Keys& keys, const Address& address) const {
        constexpr double above_0 = 0x1.0p-53;
        const V scale = in(scale_), d = in(d_), c = in(c_);
        V result = V{} + 1;
        auto left = scale > 0;
        for (std::uint64_t attempt = 0; any(left); ++attempt) {
            const auto u = Uniforms<V>::of_runs(in, keys, address, attempt);
            const V x = root(V(ln(u.of[0] + above_0) * -2.0)) * cosine_of_turn(u.of[1]);
            const V base = 1.0 + c * x, square = x * x;
            const V v = base * base * base;
            auto taken = (base > 0) & (u.of[2] < 1.0 - 0.0331 * square * square);
            if (any(left & ~taken))  // seldom: then the logarithms decide
                taken |= (base > 0) &
                         (ln(u.of[2] + above_0) < square * 0.5 + d - d * v + d * ln(max(v, V{} + 1e-300)));
            V drawn = d * v * scale;
            if (has_small_shapes_) drawn *= exp(in(per_small_shape_)*ln(u.of[3] + above_0));
            result = left & taken ? drawn : result;
            left &= ~taken;
        }
        return result;
    }

private:
    template <class V>
    NUZUH_INLINE static V root(const V& x) {
        double numbers[Lanes<V>::count];
        Lanes<V>::put(x, numbers);
        for (double& number : numbers) number = std::sqrt(number);
        return Lanes<V>::at(numbers);
    }

    Batch d_, c_, scale_;    ///< 0 where the factor is 1
    Batch per_small_shape_;  ///< 1 / shape where that is below 1, else 0
    bool is_one_ = true, has_small_shapes_ = false;
};

}  // namespace nuzuh::pack
