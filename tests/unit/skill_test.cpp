// Scores against values worked out by hand.
#include "sim/study/skill.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

Eigen::ArrayXd series(std::initializer_list<double> values) {
    Eigen::ArrayXd result(Eigen::Index(values.size()));
    std::copy(values.begin(), values.end(), result.begin());
    return result;
}

Eigen::ArrayXXd two_places(std::initializer_list<double> a, std::initializer_list<double> b) {
    Eigen::ArrayXXd result(Eigen::Index(a.size()), 2);
    result << series(a), series(b);
    return result;
}

TEST(Skill, a_misplaced_person_counts_twice_in_the_relative_difference) {
    const auto simulated = two_places({0, 50, 80}, {0, 50, 20});
    const auto counted = two_places({0, 50, 50}, {0, 50, 50});
    EXPECT_DOUBLE_EQ(averaged_relative_difference(simulated, counted), (0 + 0 + 0.6) / 3);
}

TEST(Skill, rescaled_the_total_does_not_matter) {
    const auto half = two_places({0, 30}, {0, 20});
    const auto counted = two_places({4, 50}, {6, 50});
    // Day 0: nobody is simulated, all ten are missing. Day 1: 60 and 40 after doubling, for 50 and 50.
    EXPECT_DOUBLE_EQ(averaged_relative_difference(half, counted), (1 + 0.5) / 2);
    EXPECT_DOUBLE_EQ(averaged_relative_difference(half, counted, true), (1 + 0.2) / 2);
}

TEST(Skill, before_anybody_is_counted_the_difference_is_in_persons) {
    EXPECT_DOUBLE_EQ(averaged_relative_difference(two_places({3}, {0}), two_places({0}, {0})), 3);
}

TEST(Skill, scaled_error_is_in_units_of_no_change) {
    const auto counted = series({10, 14, 12, 20});  // changes of 4, 2 and 8
    EXPECT_DOUBLE_EQ(mean_absolute_scaled_error(series({12, 14, 12, 22}), counted, 1), 1 / (14.0 / 3));
    EXPECT_DOUBLE_EQ(mean_absolute_scaled_error(series({12, 14, 12, 22}), counted, 2), 1 / 4.0);  // 2 and 6
    EXPECT_TRUE(std::isnan(mean_absolute_scaled_error(series({1, 2}), series({5, 5}), 1)));
}

TEST(Skill, crps_of_three_members) {
    // |x - y|: 2, 1, 1; |x - x'| over the nine pairs: 12.
    EXPECT_DOUBLE_EQ(crps({4, 1, 2}, 3), 4.0 / 3 - 0.5 * 12 / 9);
    EXPECT_DOUBLE_EQ(crps({7}, 3), 4);
}

TEST(Skill, an_interval_is_charged_its_width_and_what_lies_outside) {
    EXPECT_DOUBLE_EQ(interval_score(10, 20, 0.1, 15), 10);
    EXPECT_DOUBLE_EQ(interval_score(10, 20, 0.1, 23), 10 + 20 * 3);
    EXPECT_DOUBLE_EQ(interval_score(10, 20, 0.5, 8), 10 + 4 * 2);
}

TEST(Skill, weighted_interval_score_of_two_members) {
    // Quantiles of {0, 10} are 10 p, and the value 12 lies above them all: the term of an interval is
    // alpha / 2 (10 - 10 alpha) + (12 - 10 + 5 alpha) = 2 + 10 alpha - 5 alpha^2; sums of alpha and alpha^2 are
    // 4.57 and 2.8529.
    EXPECT_NEAR(weighted_interval_score({10, 0}, 12), (0.5 * 7 + 22 + 45.7 - 14.2645) / 11.5, 1e-12);
    EXPECT_DOUBLE_EQ(weighted_interval_score({7}, 3), 4);
}

TEST(Skill, bands_hold_what_lies_between_their_quantiles) {
    const std::vector<double> ensemble{0, 10, 20, 30, 40};  // 50 % band 10 to 30, 90 % band 2 to 38
    EXPECT_TRUE(covers(ensemble, 0.5, 10));
    EXPECT_FALSE(covers(ensemble, 0.5, 31));
    EXPECT_TRUE(covers(ensemble, 0.9, 2));
    EXPECT_FALSE(covers(ensemble, 0.9, 1.9));
}

TEST(Skill, correlation_of_four_points) {
    EXPECT_NEAR(correlation(series({1, 2, 3, 4}), series({2, 1, 4, 3})), 0.6, 1e-12);
    EXPECT_TRUE(std::isnan(correlation(series({1, 1}), series({1, 2}))));
}

TEST(Skill, a_table_has_places_their_sum_and_their_mean) {
    const auto counted = two_places({10, 20}, {10, 20});
    const auto table = skill({two_places({12, 24}, {10, 20}), two_places({8, 20}, {10, 20})}, counted, 1);
    ASSERT_EQ(table.by_place.size(), 2u);
    // Place one: the mean over members is 10 for 10, then 22 for 20.
    EXPECT_DOUBLE_EQ(table.by_place[0].relative_difference, (0 + 0.1) / 2);
    EXPECT_DOUBLE_EQ(table.by_place[1].relative_difference, 0);
    // CRPS: |x - y| 2, 2 less half of 4 / 2; then 4, 0 less half of 4 / 2.
    EXPECT_DOUBLE_EQ(table.by_place[0].crps, ((2 - 1) + (2 - 1)) / 2.0);
    EXPECT_DOUBLE_EQ(table.all.crps, table.by_place[0].crps / 2);
    EXPECT_DOUBLE_EQ(table.all.relative_difference, (0 + 2 / 40.0) / 2);
    EXPECT_DOUBLE_EQ(table.by_place[0].covered_50, 0.5);  // bands 9 to 11 and 21 to 23
    EXPECT_DOUBLE_EQ(table.by_place[1].covered_90, 1);
    EXPECT_DOUBLE_EQ(table.total.crps, table.by_place[0].crps);
}

}  // namespace
}  // namespace nuzuh
