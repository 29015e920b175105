// Arithmetic of eight numbers at a time against the standard library's of one.
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include "sim/base/pack_math.hpp"

namespace nuzuh {
namespace {

using V = pack::Pack<2>;
using In = pack::Lanes<V>;

/// Each of some numbers, two at a time.
template <class Function>
void apply(Function function, const std::vector<double>& x, std::vector<double>& result) {
    for (std::size_t c = 0; c < x.size(); c += In::count) {
        const V y = function(In::at(&x[c]));
        for (std::size_t lane = 0; lane < In::count; ++lane) result[c + lane] = y[lane];
    }
}

void expm1s(const std::vector<double>& x, std::vector<double>& result) {
    apply([](V v) { return pack::expm1(v); }, x, result);
}

void lns(const std::vector<double>& x, std::vector<double>& result) {
    apply([](V v) { return pack::ln(v); }, x, result);
}

constexpr double last_place = 0x1.0p-52;

TEST(PackMath, expm1_is_the_standard_librarys_within_two_units_in_the_last_place) {
    constexpr int points = 80000;
    std::vector<double> x(points), result(points);
    for (const double sign : {-1.0, 1.0}) {
        for (int c = 0; c < points; ++c) x[std::size_t(c)] = sign * std::exp(-700 + 706.0 * c / points);
        expm1s(x, result);
        for (std::size_t c = 0; c < x.size(); ++c)
            ASSERT_NEAR(result[c] / std::expm1(x[c]), 1, 2 * last_place) << x[c];
    }
}

TEST(PackMath, ln_is_the_standard_librarys_within_three_units_in_the_last_place) {
    constexpr int points = 80000;
    std::vector<double> x(points), result(points);
    for (int c = 0; c < points; ++c) x[std::size_t(c)] = std::exp(-600 + 1200.0 * c / points);
    lns(x, result);
    for (std::size_t c = 0; c < x.size(); ++c)
        ASSERT_NEAR(result[c], std::log(x[c]), 3 * last_place * std::max(1.0, std::abs(std::log(x[c]))))
            << x[c];
    for (int c = 0; c < points; ++c) x[std::size_t(c)] = 1 + c / 1e4;  // households, one and more
    lns(x, result);
    EXPECT_EQ(result[0], 0);
    for (std::size_t c = 1; c < x.size(); ++c)
        ASSERT_NEAR(result[c] / std::log(x[c]), 1, 4 * last_place) << x[c];
}

TEST(PackMath, exp_is_the_standard_librarys_within_two_units_in_the_last_place) {
    constexpr int points = 80000;
    std::vector<double> x(points), result(points);
    for (int c = 0; c < points; ++c) x[std::size_t(c)] = -690 + 1380.0 * c / points;
    apply([](V v) { return pack::exp(v); }, x, result);
    for (std::size_t c = 0; c < x.size(); ++c)
        ASSERT_NEAR(result[c] / std::exp(x[c]), 1, 2 * last_place) << x[c];
}

TEST(PackMath, cosine_of_a_turn_is_the_standard_librarys) {
    constexpr int points = 80000;
    std::vector<double> turn(points), result(points);
    for (int c = 0; c < points; ++c) turn[std::size_t(c)] = double(c) / points;
    apply([](V v) { return pack::cosine_of_turn(v); }, turn, result);
    for (std::size_t c = 0; c < turn.size(); ++c)
        ASSERT_NEAR(result[c], std::cos(2 * std::numbers::pi_v<long double> * turn[c]), 1e-15) << turn[c];
}

TEST(PackMath, chances_reach_both_ends) {
    const std::vector<double> hazard{0, 1e9, 1e300, 5e-324, 1e-300, 700, 0.5, 40};
    std::vector<double> chance(hazard.size());
    apply([](V v) { return pack::chance(v); }, hazard, chance);
    EXPECT_EQ(chance[0], 0);
    EXPECT_FALSE(std::signbit(chance[0]));
    EXPECT_EQ(chance[1], 1);
    EXPECT_EQ(chance[2], 1);
    EXPECT_EQ(chance[4], 1e-300);
    EXPECT_EQ(chance[5], 1);
    EXPECT_DOUBLE_EQ(chance[6], -std::expm1(-0.5));
}

TEST(PackMath, each_number_is_chosen_by_itself) {
    const V a{1, 8}, b{5, 2};
    const V larger = pack::max(a, b), smaller = pack::min(a, b), above = pack::only(a > b, a);
    for (int lane = 0; lane < In::count; ++lane) {
        EXPECT_EQ(larger[lane], std::max(a[lane], b[lane]));
        EXPECT_EQ(smaller[lane], std::min(a[lane], b[lane]));
        EXPECT_EQ(above[lane], a[lane] > b[lane] ? a[lane] : 0);
    }
    EXPECT_TRUE(pack::any(a > 7.5));
    EXPECT_FALSE(pack::any(a > 8));
}

}  // namespace
}  // namespace nuzuh
