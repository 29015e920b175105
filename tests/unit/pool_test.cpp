// Pools of forecasts: weights and quantiles against values worked out by hand.
#include "sim/study/pool.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "sim/study/quantile.hpp"

namespace nuzuh {
namespace {

TEST(Pool, before_anything_is_known_weights_are_as_expected) {
    EXPECT_EQ(pool_weights({1, 1}, {}), (std::vector<double>{0.5, 0.5}));
    const auto weights = pool_weights({1, 2}, {});
    EXPECT_NEAR(weights[0], 0.8, 1e-12);  // 1 : 1 / 4
    EXPECT_NEAR(weights[1], 0.2, 1e-12);
}

TEST(Pool, weights_are_inverse_squares_of_scores) {
    // Ten forecasts that count half stand for five, as many as what is expected: the mean of 1 : 1 and of 1/2 : 3/2.
    const std::vector<PastScores> past(10, PastScores{{0.1, 0.3}, 0.5});
    const auto weights = pool_weights({1, 1}, past);
    EXPECT_NEAR(weights[0] / weights[1], std::pow(1.25 / 0.75, 2), 1e-12);
    EXPECT_NEAR(weights[0] + weights[1], 1, 1e-12);
}

TEST(Pool, units_of_scores_do_not_matter) {
    const auto one = pool_weights({1, 2, 3}, {{{0.1, 0.2, 0.05}, 1}, {{0.3, 0.1, 0.1}, 0.7}});
    const auto other = pool_weights({10, 20, 30}, {{{1, 2, 0.5}, 1}, {{3, 1, 1}, 0.7}});
    for (std::size_t r = 0; r < one.size(); ++r) EXPECT_NEAR(one[r], other[r], 1e-12);
}

TEST(Pool, where_nothing_was_ever_wrong_all_are_alike) {
    EXPECT_EQ(pool_weights({1, 1}, {{{0, 0}, 1}}), (std::vector<double>{0.5, 0.5}));
}

TEST(Pool, quantiles_of_logarithms_are_averaged) {
    std::vector<double> low, high;
    for (int q = 0; q <= 200; ++q) {
        low.push_back(std::expm1(q / 200.0));
        high.push_back(std::expm1(2 + q / 100.0));
    }
    const auto both = pooled({low, high}, {0.25, 0.75});
    for (const double p : {0.05, 0.5, 0.95})
        EXPECT_NEAR(std::log1p(quantile(both, p)), 0.25 * p + 0.75 * (2 + 2 * p), 1e-9);
    EXPECT_NEAR(quantile(pooled({low, high}, {1, 0}), 0.5), quantile(low, 0.5), 1e-9);
}

TEST(Pool, other_days_ahead_count_less) {
    EXPECT_EQ(nearness(14, 14), 1);
    EXPECT_EQ(nearness(7, 28), 0.25);
    EXPECT_EQ(nearness(28, 7), 0.25);
}

}  // namespace
}  // namespace nuzuh
