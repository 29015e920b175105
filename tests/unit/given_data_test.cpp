// Rank correlations and PAWN against values that are known.
#include "sim/study/given_data.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "sim/base/random.hpp"
#include "sim/study/design.hpp"

namespace nuzuh {
namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;

/// Points of a Latin hypercube in [0, 1).
ArrayXXd sets(int axes, int size, std::uint64_t seed) {
    DesignSpec spec{DesignKind::latin_hypercube, {}, size, 4, true, seed};
    for (int k = 0; k < axes; ++k)
        spec.axes.push_back({"x" + std::to_string(k), 0, 1, AxisScale::linear, 0, {}});
    return make_design(spec)->sets;
}

const std::vector<bool> numbers(4, false);
const Bootstrap quick{.resamples = 200};

TEST(GivenData, rank_correlation_is_spearmans) {
    // Ranks 1..10 against 2 1 4 3 6 5 8 7 10 9: 1 - 6 * 10 / (10 * 99).
    ArrayXd y(10);
    y << 4, 1, 16, 9, 36, 25, 64, 49, 100, 81;
    const ArrayXXd x = ArrayXd::LinSpaced(10, 0, 3);
    EXPECT_NEAR(given_data_indices(y, x, numbers, quick).rank_correlation[0].value, 1 - 60.0 / 990, 1e-12);
    // Ties take mean ranks: x in ranks 1.5 1.5 3.5 3.5 ..., y ascending.
    ArrayXXd pairs(10, 1);
    pairs << 0, 0, 1, 1, 2, 2, 3, 3, 4, 4;
    const double ties =
        given_data_indices(ArrayXd::LinSpaced(10, 0, 1), pairs, numbers, quick).rank_correlation[0].value;
    EXPECT_NEAR(ties, std::sqrt(80.0 / 82.5), 1e-12);
}

TEST(GivenData, pawn_of_an_axis_that_decides_alone_is_that_of_its_intervals) {
    // y = x in ten intervals: in interval k of ten the distribution lies k/10 from that of all on one side, and
    // (9 - k)/10 on the other; the medians of max(k, 9 - k)/10 over k are 7/10.
    const auto found =
        given_data_indices(ArrayXd::LinSpaced(1000, 0, 1), ArrayXd::LinSpaced(1000, 0, 1), numbers, quick);
    EXPECT_NEAR(found.pawn[0].value, 0.7, 1e-9);
    EXPECT_NEAR(found.rank_correlation[0].value, 1, 1e-12);
}

TEST(GivenData, any_rising_scale_of_the_output_gives_the_same) {
    const ArrayXXd x = sets(3, 200, 3);
    const ArrayXd y = x.col(0) + 0.3 * x.col(1);
    const auto a = given_data_indices(y, x, numbers, quick),
               b = given_data_indices(y.exp(), x, numbers, quick);
    for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_DOUBLE_EQ(a.pawn[k].value, b.pawn[k].value);
        EXPECT_NEAR(a.rank_correlation[k].value, b.rank_correlation[k].value, 1e-12);
    }
}

TEST(GivenData, what_pulls_both_ways_is_seen_by_pawn_alone) {
    const ArrayXXd x = sets(3, 400, 5);
    const ArrayXd y = (x.col(0) - 0.5).square() + 0.05 * x.col(1);
    const auto found = given_data_indices(y, x, numbers, quick);
    EXPECT_LT(found.rank_correlation[0].low, 0);
    EXPECT_GT(found.rank_correlation[0].high, 0);
    EXPECT_GT(found.pawn[0].low, found.pawn_by_chance[0]);
    EXPECT_LT(found.pawn[2].value, found.pawn_by_chance[2] * 1.3) << "it does nothing";
}

TEST(GivenData, an_axis_without_effect_passes_chance_in_five_of_a_hundred) {
    int passed = 0, all = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const ArrayXXd x = sets(4, 60, seed);
        const auto found = given_data_indices(x.col(0), x, numbers, quick);
        for (std::size_t k = 1; k < 4; ++k, ++all) passed += found.pawn[k].value > found.pawn_by_chance[k];
    }
    // 120 trials at 0.05: 15 or more have a chance of 0.1 %.
    EXPECT_EQ(all, 120);
    EXPECT_LT(passed, 15);
}

TEST(GivenData, words_have_no_order_and_an_interval_each) {
    ArrayXXd x(60, 1);
    ArrayXd y(60);
    for (int i = 0; i < 60; ++i) {
        x(i, 0) = i % 3;
        y[i] = (i % 3 == 1 ? 100 : 0) + i / 3;
    }
    const auto found = given_data_indices(y, x, {true}, quick);
    EXPECT_TRUE(std::isnan(found.rank_correlation[0].value));
    // The middle word lies above all others: 2/3 from the whole; the others 1/3.
    EXPECT_NEAR(found.pawn[0].value, 1.0 / 3, 1e-12);
}

TEST(GivenData, sets_that_were_not_done_are_left_out_and_too_few_say_nothing) {
    const ArrayXXd x = sets(2, 40, 9);
    ArrayXd y = x.col(0);
    for (int i = 0; i < 10; ++i) y[3 * i] = std::numeric_limits<double>::quiet_NaN();
    const auto found = given_data_indices(y, x, numbers, quick);
    EXPECT_EQ(found.used, 30);
    EXPECT_EQ(found.dropped, 10);
    EXPECT_NEAR(found.rank_correlation[0].value, 1, 1e-12);
    y.head(31) = std::numeric_limits<double>::quiet_NaN();
    EXPECT_TRUE(std::isnan(given_data_indices(y, x, numbers, quick).pawn[0].value));
    EXPECT_TRUE(std::isnan(given_data_indices(ArrayXd::Ones(40), x, numbers, quick).pawn[0].value));
}

}  // namespace
}  // namespace nuzuh
