#include "sim/study/sobol_points.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

// The example that Joe and Kuo give with their direction numbers.
TEST(SobolPoints, begin_as_published) {
    const std::vector<double> expected{0,      0,      0,      0.5,    0.5,    0.5,   0.75,  0.25,
                                       0.25,   0.25,   0.75,   0.75,   0.375,  0.375, 0.625, 0.875,
                                       0.875,  0.125,  0.625,  0.125,  0.875,  0.125, 0.625, 0.375,
                                       0.1875, 0.3125, 0.9375, 0.6875, 0.8125, 0.4375};
    EXPECT_EQ(sobol_points(10, 3, {}), expected);
}

// Point 1000 in dimensions 4, 11, 32 and 64 as scipy 1.10.1 (scipy.stats.qmc.Sobol) gives it.
TEST(SobolPoints, agree_with_another_implementation_in_many_dimensions) {
    const auto points = sobol_points(1001, 64, {});
    const auto* last = points.data() + 1000 * 64;
    EXPECT_EQ((std::vector{last[3], last[10], last[31], last[63]}),
              (std::vector{0.6767578125, 0.0849609375, 0.1455078125, 0.4462890625}));
}

/// How many of 2^m points fall into each of 2^m equal slices of a dimension is 1, for every dimension.
void expect_one_a_slice(const std::vector<double>& points, int dimensions) {
    const std::size_t count = points.size() / std::size_t(dimensions);
    for (int d = 0; d < dimensions; ++d) {
        std::set<int> slices;
        for (std::size_t i = 0; i < count; ++i)
            slices.insert(int(points[i * std::size_t(dimensions) + std::size_t(d)] * double(count)));
        EXPECT_EQ(slices.size(), count) << "dimension " << d;
    }
}

TEST(SobolPoints, are_a_net_scrambled_or_not) {
    expect_one_a_slice(sobol_points(256, 40, {}), 40);
    for (std::uint64_t seed = 1; seed <= 5; ++seed) expect_one_a_slice(sobol_points(256, 40, seed), 40);
}

// 16 points in two dimensions: one in each box of 4 x 4, 2 x 8 and 8 x 2.
TEST(SobolPoints, fill_every_box_of_the_first_two_dimensions_scrambled_or_not) {
    for (const auto seed : {std::optional<std::uint64_t>{}, std::optional<std::uint64_t>{7}}) {
        const auto points = sobol_points(16, 2, seed);
        for (const int across : {2, 4, 8}) {
            std::set<std::pair<int, int>> boxes;
            for (int i = 0; i < 16; ++i)
                boxes.insert({int(points[std::size_t(2 * i)] * across),
                              int(points[std::size_t(2 * i + 1)] * (16.0 / across))});
            EXPECT_EQ(boxes.size(), 16u);
        }
    }
}

TEST(SobolPoints, seeds_give_other_nets_and_the_same_seed_the_same) {
    EXPECT_EQ(sobol_points(64, 5, 3), sobol_points(64, 5, 3));
    EXPECT_NE(sobol_points(64, 5, 3), sobol_points(64, 5, 4));
}

TEST(SobolPoints, more_points_or_dimensions_leave_those_before_as_they_are) {
    const auto few = sobol_points(4, 2, 9);
    const auto many = sobol_points(8, 3, 9);
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t d = 0; d < 2; ++d) EXPECT_EQ(few[2 * i + d], many[3 * i + d]);
}

// The mean of x y over [0,1]^2 is 1/4. The error of plain chance with 1024 points would be 0.0069.
TEST(SobolPoints, scrambled_means_are_unbiased_and_far_closer_than_chance) {
    double mean = 0, square = 0;
    constexpr int seeds = 200;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const auto points = sobol_points(1024, 2, seed);
        double sum = 0;
        for (std::size_t i = 0; i < 1024; ++i) sum += points[2 * i] * points[2 * i + 1];
        const double error = sum / 1024 - 0.25;
        mean += error / seeds;
        square += error * error / seeds;
    }
    const double deviation = std::sqrt(square);
    EXPECT_LT(deviation, 0.0069 / 20);
    EXPECT_LT(std::abs(mean), 5 * deviation / std::sqrt(double(seeds)));  // false alarm 1e-6
}

}  // namespace
}  // namespace nuzuh
