#include "sim/base/samplers.hpp"

#include <cmath>
#include <map>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/hypergeometric.hpp>

#include "tests/support/chi_square.hpp"

// Every test of distribution below draws from fixed seeds and fails if a right sampler would stray as far with
// chance 1e-6 or less: with about 50 such comparisons, one change of seeds in 20,000 raises a false alarm.

namespace nuzuh {
namespace {

constexpr double false_alarm = 1e-6;
constexpr int draws_a_case = 20000;

Stream stream_for(std::uint64_t a, std::uint64_t b = 0) { return Draws(4711, 0).at(Purpose::leave, 0, a, b); }

struct Moments {
    double mean = 0;
    double variance = 0;
};

template <class Draw>
Moments moments(int n, Draw draw) {
    Moments m;
    for (int i = 1; i <= n; ++i) {
        const double off = double(draw()) - m.mean;
        m.mean += off / i;
        m.variance += off * off * (i - 1) / i;
    }
    m.variance /= n - 1;
    return m;
}

// Five standard errors: 6e-7 on both sides for a mean near the normal. The error of a variance is that of a
// normal sample, which holds for the large counts it is used for.
void expect_moments(const Moments& m, int n, double mean, double variance) {
    EXPECT_NEAR(m.mean, mean, 5 * std::sqrt(variance / n));
    EXPECT_NEAR(m.variance, variance, 5 * variance * std::sqrt(2.0 / n));
}

TEST(Binomial, follows_its_distribution) {
    const std::vector<std::pair<Count, double>> cases{{1, 0.3},    {5, 0.5},     {24, 0.01},
                                                      {100, 0.02}, {100, 0.109}, {100, 0.111},
                                                      {100, 0.89}, {1000, 0.5},  {4000, 0.9995}};
    std::uint64_t number = 0;
    for (const auto& [n, p] : cases) {
        auto stream = stream_for(1, ++number);
        std::vector<long> counts(std::size_t(n) + 1);
        for (int i = 0; i < draws_a_case; ++i) ++counts.at(std::size_t(binomial(stream, n, p)));
        std::vector<double> exact;
        const boost::math::binomial distribution(double(n), p);
        for (Count k = 0; k <= n; ++k) exact.push_back(boost::math::pdf(distribution, double(k)));
        EXPECT_GT(test::chi_square_p_value(counts, exact), false_alarm) << "n " << n << ", p " << p;
    }
}

TEST(Binomial, of_a_million_has_the_right_mean_and_spread) {
    auto stream = stream_for(2);
    const int n = 20000;
    expect_moments(moments(n, [&] { return binomial(stream, 1000000, 0.14); }), n, 140000, 1e6 * 0.14 * 0.86);
    expect_moments(moments(n, [&] { return binomial(stream, 1000000, 5e-5); }), n, 50,
                   1e6 * 5e-5 * (1 - 5e-5));
}

TEST(Binomial, knows_certainty) {
    auto stream = stream_for(3);
    EXPECT_EQ(binomial(stream, 0, 0.5), 0);
    EXPECT_EQ(binomial(stream, 1000, 0), 0);
    EXPECT_EQ(binomial(stream, 1000, -1e-17), 0);
    EXPECT_EQ(binomial(stream, 1000, 1), 1000);
    EXPECT_EQ(binomial(stream, 1000, 1 + 1e-15), 1000);
    EXPECT_EQ(binomial(stream, 1000000, 1e-300), 0);
    EXPECT_EQ(binomial(stream, 1000, std::nan("")), 0);
}

TEST(Hypergeometric, follows_its_distribution) {
    struct Case {
        unsigned marked, unmarked, drawn;
    };
    std::uint64_t number = 0;
    for (const auto& [marked, unmarked, drawn] : std::vector<Case>{
             {1, 1, 1}, {3, 4, 2}, {10, 2, 8}, {50, 50, 30}, {5, 500, 100}, {500, 5, 100}, {400, 600, 900}}) {
        auto stream = stream_for(4, ++number);
        std::vector<long> counts(std::size_t(drawn) + 1);
        for (int i = 0; i < draws_a_case; ++i) {
            ++counts.at(std::size_t(hypergeometric(stream, marked, unmarked, drawn)));
        }
        std::vector<double> exact(counts.size());
        const boost::math::hypergeometric_distribution<double> distribution(marked, drawn, marked + unmarked);
        const unsigned low = drawn > unmarked ? drawn - unmarked : 0;
        for (unsigned k = low; k <= std::min(drawn, marked); ++k)
            exact[k] = boost::math::pdf(distribution, k);
        EXPECT_GT(test::chi_square_p_value(counts, exact), false_alarm)
            << marked << " marked, " << unmarked << " not, " << drawn << " drawn";
    }
}

TEST(Hypergeometric, of_millions_has_the_right_mean_and_spread) {
    auto stream = stream_for(5);
    const int n = 5000;
    const double drawn = 3e5;
    const double marked = 1e6;
    const double total = 3e6;
    const double share = marked / total;
    const double variance = drawn * share * (1 - share) * (total - drawn) / (total - 1);
    expect_moments(moments(n, [&] { return hypergeometric(stream, 1000000, 2000000, 300000); }), n,
                   drawn * share, variance);
}

TEST(Hypergeometric, knows_certainty) {
    auto stream = stream_for(6);
    EXPECT_EQ(hypergeometric(stream, 0, 10, 5), 0);
    EXPECT_EQ(hypergeometric(stream, 10, 0, 5), 5);
    EXPECT_EQ(hypergeometric(stream, 10, 10, 0), 0);
    EXPECT_EQ(hypergeometric(stream, 10, 7, 17), 10);
    EXPECT_EQ(hypergeometric(stream, 0, 0, 0), 0);
    EXPECT_EQ(hypergeometric(stream, 1000000, 1000000, 2000000), 1000000);
}

TEST(Hypergeometric, stays_in_its_range) {
    for (std::uint64_t i = 0; i < 20000; ++i) {
        auto stream = stream_for(7, i);
        const Count marked = Count(stream() % 40);
        const Count unmarked = Count(stream() % 40);
        const Count drawn = Count(stream() % std::uint64_t(marked + unmarked + 1));
        const Count k = hypergeometric(stream, marked, unmarked, drawn);
        ASSERT_GE(k, std::max<Count>(0, drawn - unmarked));
        ASSERT_LE(k, std::min(drawn, marked));
    }
}

// A multinomial's single categories are binomial, and so are sums of categories; sums over all but the last
// catch a wrong dependence between them.
void expect_multinomial(Count n, const std::vector<double>& weights, std::uint64_t number) {
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    auto stream = stream_for(8, number);
    std::vector<std::vector<long>> single(weights.size(), std::vector<long>(std::size_t(n) + 1));
    auto up_to = single;
    for (int i = 0; i < draws_a_case; ++i) {
        std::vector<Count> out(weights.size());
        multinomial(stream, n, CumulativeWeights<double>(weights), out);
        Count sum = 0;
        for (std::size_t c = 0; c < out.size(); ++c) {
            ++single[c].at(std::size_t(out[c]));
            ++up_to[c].at(std::size_t(sum += out[c]));
        }
        ASSERT_EQ(sum, n);
    }
    const auto expect_binomial = [&](const std::vector<long>& counts, double p) {
        std::vector<double> exact;
        const boost::math::binomial distribution(double(n), std::min(p, 1.0));
        for (Count k = 0; k <= n; ++k) exact.push_back(boost::math::pdf(distribution, double(k)));
        EXPECT_GT(test::chi_square_p_value(counts, exact), false_alarm) << "n " << n << ", p " << p;
    };
    double sum = 0;
    for (std::size_t c = 0; c < weights.size(); ++c) {
        expect_binomial(single[c], weights[c] / total);
        expect_binomial(up_to[c], (sum += weights[c]) / total);
    }
}

TEST(Multinomial, follows_its_distribution_head_by_head_and_category_by_category) {
    expect_multinomial(7, {0.5, 0.2, 0, 0.3}, 1);
    expect_multinomial(23, {3, 1, 2}, 2);
    expect_multinomial(200, {3, 0, 1, 2, 0.05}, 3);
}

TEST(Multinomial, adds_and_loses_nobody) {
    auto stream = stream_for(9);
    const std::vector<double> weights{1e-12, 0, 1e6, 0};
    for (const Count n : {0, 1, 39, 40, 1000, 1000000}) {
        std::vector<Count> out{5, 5, 5, 5};
        multinomial(stream, n, CumulativeWeights<double>(weights), out);
        EXPECT_EQ(std::accumulate(out.begin(), out.end(), Count{0}), n + 20);
        EXPECT_EQ(out[1], 5);
        EXPECT_EQ(out[3], 5);
    }
}

// Whatever rounding does to sums, what has no length is never found; also behind the end, and between blocks.
TEST(CumulativeWeights, finds_what_has_weight) {
    std::vector<double> weights(300, 0.0);
    for (const std::size_t c : {1, 7, 8, 100, 255, 270}) weights[c] = 0.1;
    const CumulativeWeights<double> cumulative(weights);
    EXPECT_NEAR(cumulative.total(), 0.6, 1e-15);
    EXPECT_EQ(cumulative.at(0), 1u);
    EXPECT_EQ(cumulative.at(0.15), 7u);
    EXPECT_EQ(cumulative.at(0.25), 8u);
    EXPECT_EQ(cumulative.at(0.45), 255u);
    for (const double x : {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.6 * (1 + 1e-15), 0.7}) {
        EXPECT_GT(weights[cumulative.at(x)], 0) << x;
    }
    EXPECT_EQ(cumulative.at(0.7), 270u);
}

TEST(WithoutOrder, takes_each_set_with_its_exact_chance) {
    const std::vector<Count> counts{2, 3, 4};
    const Count drawn = 4;
    const auto choose = [](Count n, Count k) {
        return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1));
    };
    std::map<std::vector<Count>, std::size_t> number;
    std::vector<double> exact;
    for (Count a = 0; a <= 2; ++a) {
        for (Count b = 0; b <= 3; ++b) {
            const Count c = drawn - a - b;
            if (c < 0 || c > 4) continue;
            number[{a, b, c}] = exact.size();
            exact.push_back(choose(2, a) * choose(3, b) * choose(4, c) / choose(9, drawn));
        }
    }
    std::vector<long> seen(exact.size());
    auto stream = stream_for(11);
    for (int i = 0; i < 50000; ++i) {
        std::vector<Count> out(3, 99);
        without_order(stream, drawn, counts, out);
        ++seen[number.at(out)];
    }
    EXPECT_GT(test::chi_square_p_value(seen, exact), false_alarm);
}

TEST(WithoutOrder, takes_no_more_than_there_are_and_as_many_as_asked) {
    for (std::uint64_t i = 0; i < 5000; ++i) {
        auto stream = stream_for(12, i);
        std::vector<Count> counts(1 + stream() % 12);
        for (auto& n : counts) n = Count(stream() % 3 == 0 ? 0 : stream() % 100);
        const Count total = std::accumulate(counts.begin(), counts.end(), Count{0});
        const Count drawn = i % 5 == 0 ? total : Count(stream() % std::uint64_t(total + 1));
        std::vector<Count> out(counts.size());
        without_order(stream, drawn, counts, out);
        for (std::size_t c = 0; c < out.size(); ++c) {
            ASSERT_GE(out[c], 0);
            ASSERT_LE(out[c], counts[c]);
        }
        ASSERT_EQ(std::accumulate(out.begin(), out.end(), Count{0}), drawn);
    }
}

TEST(UnitMeanGamma, follows_its_distribution) {
    std::uint64_t number = 0;
    for (const double sd : {0.1, 0.5, 1.0, 2.0}) {
        auto stream = stream_for(13, ++number);
        const boost::math::gamma_distribution<> distribution(1 / (sd * sd), sd * sd);
        std::vector<long> counts(50);
        for (int i = 0; i < draws_a_case; ++i) {
            const double x = unit_mean_gamma(stream, sd);
            ASSERT_GE(x, 0);
            ++counts[std::min<std::size_t>(49, std::size_t(50 * boost::math::cdf(distribution, x)))];
        }
        const std::vector<double> even(50, 1.0 / 50);
        EXPECT_GT(test::chi_square_p_value(counts, even), false_alarm) << "standard deviation " << sd;
    }
}

TEST(UnitMeanGamma, is_one_without_spread) {
    auto stream = stream_for(14);
    EXPECT_EQ(unit_mean_gamma(stream, 0), 1);
    EXPECT_EQ(unit_mean_gamma(stream, -1), 1);
}

}  // namespace
}  // namespace nuzuh
