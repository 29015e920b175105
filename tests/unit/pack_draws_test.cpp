// Draws of eight runs at a time against their distributions, and against the Random123 library.
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

#include <Random123/threefry.h>
#include <gtest/gtest.h>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>

#include "sim/engine/pooled/kernels.hpp"

namespace nuzuh {
namespace {

using V = pack::Pack<2>;
using In = pack::Lanes<V>;

pack::RandomDecisions runs_of_one_seed() {
    std::vector<Draws> draws;
    for (std::uint64_t run = 0; run < batch_runs; ++run) draws.emplace_back(2019, 3 * run);
    return pack::RandomDecisions(draws);
}

TEST(PackDraws, uniform_numbers_are_those_of_the_random123_library) {
    const auto runs = runs_of_one_seed();
    for (std::uint64_t block = 0; block < 200; ++block) {
        const Address address{Purpose::choose, 7, block * 1000003, ~block};
        for (int first = 0; first < batch_runs; first += In::count) {
            const auto u = pack::Uniforms<V>::of_runs(In{first}, runs.keys(), address, block);
            for (int lane = 0; lane < In::count; ++lane) {
                const auto run = std::uint64_t(3 * (first + lane));
                const auto expected = r123::Threefry4x64()(
                    {{std::uint64_t(Purpose::choose) << 32 | block, address.when, address.a, address.b}},
                    {{2019, run, 0, 0}});
                for (std::size_t word = 0; word < 4; ++word)
                    ASSERT_EQ(u.of[word][lane], double(expected[word] >> 12) * 0x1.0p-52);
            }
        }
    }
}

/// How likely it is that counts differ as much from a distribution by chance. What is too rare is taken together.
///
/// @param outcomes  from 0 on
double p_of(const std::map<int, int>& counts, int draws, int outcomes,
            const std::function<double(int)>& chance) {
    double chi2 = 0, rare = 0;
    int cells = 0, rarely = 0;
    const auto compare = [&](int observed, double expected) {
        chi2 += (observed - expected) * (observed - expected) / expected;
        ++cells;
    };
    for (int x = 0; x < outcomes; ++x) {
        const auto found = counts.find(x);
        const int observed = found == counts.end() ? 0 : found->second;
        const double expected = draws * chance(x);
        if (expected >= 8)
            compare(observed, expected);
        else
            rare += expected, rarely += observed;
    }
    if (rare >= 1)
        compare(rarely, rare);
    else if (rarely > 8)
        return 0;
    if (cells < 2) return 1;
    return boost::math::cdf(boost::math::complement(boost::math::chi_squared(cells - 1), chi2));
}

TEST(PackDraws, how_many_act_on_a_hazard_and_how_many_of_a_part_are_binomial) {
    const auto runs = runs_of_one_seed();
    constexpr int draws = 40000;
    for (const auto& [n, p] : {std::pair(1, 0.3),
                               {2, 0.9},
                               {7, 0.02},
                               {40, 0.5},
                               {40, 0.74},
                               {40, 0.76},
                               {900, 0.01},
                               {900, 0.0333},
                               {900, 0.034},
                               {5000, 0.3},
                               {3, 0.9999999},
                               {12, 1.0},
                               {30, 0.97}}) {
        std::map<int, int> acted, parts;
        for (int draw = 0; draw < draws; draw += batch_runs) {
            for (int first = 0; first < batch_runs; first += In::count) {
                const pack::RandomDecisions::At<V> decide(
                    runs, In{first}, {Purpose::leave, std::uint64_t(draw), std::uint64_t(n)});
                const V hazard = V{} - std::log1p(-std::min(p, 1 - 1e-17));
                const V some = decide.some(0, V{} + n, p < 1 ? hazard : V{} + 1e9),
                        part = decide.part(1, V{} + n, V{} + p);
                for (int lane = 0; lane < In::count; ++lane)
                    ++acted[int(some[lane])], ++parts[int(part[lane])];
            }
        }
        const boost::math::binomial_distribution<> law(n, p);
        const auto chance = [&](int x) { return boost::math::pdf(law, x); };
        EXPECT_GT(p_of(acted, draws, n + 1, chance), 1e-4) << n << " " << p;
        EXPECT_GT(p_of(parts, draws, n + 1, chance), 1e-4) << n << " " << p;
    }
}

TEST(PackDraws, nobody_acts_where_nobody_is_or_nothing_threatens) {
    const auto runs = runs_of_one_seed();
    const pack::RandomDecisions::At<V> decide(runs, In{0}, {Purpose::leave});
    for (const V& none : {decide.some(0, V{}, V{5, 1e9}), decide.some(0, V{40, 1e6}, V{}),
                          decide.part(0, V{}, V{1, 0.5}), decide.part(0, V{40, 1e6}, V{})}) {
        EXPECT_EQ(none[0], 0);
        EXPECT_EQ(none[1], 0);
    }
}

TEST(PackDraws, gamma_factors_have_mean_1_and_the_deviation_of_each_run) {
    const auto runs = runs_of_one_seed();
    const Batch deviation{{0.5, 0, 0.1, 0.999, 1.001, 2, 0.5, 3}};
    const pack::UnitMeanGamma gamma(deviation);
    constexpr int draws = 200000;
    Batch sum, squares, cubes;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
        for (int first = 0; first < batch_runs; first += In::count) {
            const In in{first};
            const V factor = gamma.draw(in, runs.keys(), {Purpose::daily_noise, draw});
            in.add(factor, sum);
            in.add(factor * factor, squares);
            in.add(factor * factor * factor, cubes);
        }
    }
    for (int run = 0; run < batch_runs; ++run) {
        const double d = deviation.of[run], v = d * d;
        const auto moment = [&](int n) {  // of a gamma distribution of mean 1 and variance v
            double m = 1;
            for (int k = 0; k < n; ++k) m *= 1 + k * v;
            return m;
        };
        int n = 0;
        for (const Batch* sums : {&sum, &squares, &cubes}) {
            ++n;
            const double error = std::sqrt((moment(2 * n) - moment(n) * moment(n)) / draws);
            EXPECT_NEAR(sums->of[run] / draws, moment(n), 4.5 * error + 1e-12) << d << " moment " << n;
        }
    }
    EXPECT_TRUE(pack::UnitMeanGamma(Batch{}).is_one());
}

std::vector<double> weights_of(std::size_t count) {
    std::vector<double> weights(count);
    for (std::size_t c = 0; c < count; ++c) weights[c] = c % 3 == 1 ? 0 : 1.0 / double(c + 2);
    return weights;
}

Batches in_eights(const std::vector<double>& numbers) {
    Batches eights((numbers.size() + batch_runs - 1) / batch_runs);
    for (std::size_t c = 0; c < numbers.size(); ++c) eights[c / batch_runs].of[c % batch_runs] = numbers[c];
    return eights;
}

TEST(PackDraws, sampled_fall_in_proportion_to_products) {
    for (std::size_t count : {1, 7, 8, 9, 68, 500}) {
        const auto factors = weights_of(count);
        std::vector<double> others(count, 2.0);
        others.back() = 5;
        double total = 0;
        for (std::size_t c = 0; c < count; ++c) total += factors[c] * others[c];
        constexpr int points = 100000;
        pooled::SampledDestinations sampled;
        sampled.make_room(points, in_eights(others).size());
        EXPECT_NEAR(pooled::kernels().sample_destinations({7, 3}, {Purpose::choose}, factors.data(), count,
                                                          in_eights(others), points, sampled),
                    total, 1e-12 * total);
        std::map<int, int> found;
        for (int point = 0; point < points; ++point) {
            const auto c = std::size_t(sampled.which[std::size_t(point)]);
            ASSERT_LT(c, count);
            ASSERT_GT(factors[c], 0);
            ASSERT_GE(sampled.within[std::size_t(point)], 0);
            ASSERT_LT(sampled.within[std::size_t(point)], factors[c] * others[c] * (1 + 1e-9));
            ++found[int(c)];
        }
        const auto chance = [&](int c) { return factors[std::size_t(c)] * others[std::size_t(c)] / total; };
        EXPECT_GT(p_of(found, points, int(count), chance), 1e-4) << count;
    }
}

TEST(PackDraws, sampled_are_the_same_in_registers_of_every_width) {
    const auto factors = weights_of(68);
    const Batches others = in_eights(std::vector<double>(68, 0.3));
    pooled::SampledDestinations sampled[2];
    for (auto& each : sampled) each.make_room(75, others.size());
    const auto draw = [&](const pooled::Kernels& kernels, pooled::SampledDestinations& to) {
        kernels.sample_destinations({7, 3}, {Purpose::choose, 4}, factors.data(), 68, others, 75, to);
    };
    draw(*pooled::kernels_for(2), sampled[0]);
    for (int width : {4, 8}) {
        if (!pooled::kernels_for(width)) continue;
        draw(*pooled::kernels_for(width), sampled[1]);
        for (std::size_t point = 0; point < 75; ++point) {
            ASSERT_EQ(sampled[0].which[point], sampled[1].which[point]) << width;
            ASSERT_EQ(sampled[0].within[point], sampled[1].within[point]) << width;
        }
    }
}

}  // namespace
}  // namespace nuzuh
