// Arithmetic of eight numbers at a time against the standard library's of one.
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/engine/pooled/octet_math.hpp"

namespace nuzuh {
namespace {

void expm1s(const std::vector<double>& x, std::vector<double>& result) {
    for (std::size_t c = 0; c < x.size(); c += octet_runs) {
        Octet some;
        std::copy_n(&x[c], octet_runs, some.of);
        octet::store(octet::expm1(octet::load(some)), some);
        std::copy_n(some.of, octet_runs, &result[c]);
    }
}

void lns(const std::vector<double>& x, std::vector<double>& result) {
    for (std::size_t c = 0; c < x.size(); c += octet_runs) {
        Octet some;
        std::copy_n(&x[c], octet_runs, some.of);
        octet::store(octet::ln(octet::load(some)), some);
        std::copy_n(some.of, octet_runs, &result[c]);
    }
}

constexpr double last_place = 0x1.0p-52;

TEST(OctetMath, expm1_is_the_standard_librarys_within_two_units_in_the_last_place) {
    constexpr int points = 80000;
    std::vector<double> x(points), result(points);
    for (const double sign : {-1.0, 1.0}) {
        for (int c = 0; c < points; ++c) x[std::size_t(c)] = sign * std::exp(-700 + 706.0 * c / points);
        expm1s(x, result);
        for (std::size_t c = 0; c < x.size(); ++c)
            ASSERT_NEAR(result[c] / std::expm1(x[c]), 1, 2 * last_place) << x[c];
    }
}

TEST(OctetMath, ln_is_the_standard_librarys_within_three_units_in_the_last_place) {
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

TEST(OctetMath, chances_reach_both_ends) {
    Octet hazard{{0, 1e9, 1e300, 5e-324, 1e-300, 700, 0.5, 40}};
    octet::store(octet::chance(octet::load(hazard)), hazard);
    EXPECT_EQ(hazard.of[0], 0);
    EXPECT_FALSE(std::signbit(hazard.of[0]));
    EXPECT_EQ(hazard.of[1], 1);
    EXPECT_EQ(hazard.of[2], 1);
    EXPECT_EQ(hazard.of[4], 1e-300);
    EXPECT_EQ(hazard.of[5], 1);
    EXPECT_DOUBLE_EQ(hazard.of[6], -std::expm1(-0.5));
}

TEST(OctetMath, each_number_is_chosen_by_itself) {
    const Octet a{{1, 2, 3, 4, 5, 6, 7, 8}}, b{{8, 7, 6, 5, 4, 3, 2, 1}};
    Octet larger, smaller, above;
    octet::store(octet::max(octet::load(a), octet::load(b)), larger);
    octet::store(octet::min(octet::load(a), octet::load(b)), smaller);
    octet::store(octet::only(octet::load(a) > octet::load(b), octet::load(a)), above);
    for (int run = 0; run < octet_runs; ++run) {
        EXPECT_EQ(larger.of[run], std::max(a.of[run], b.of[run]));
        EXPECT_EQ(smaller.of[run], std::min(a.of[run], b.of[run]));
        EXPECT_EQ(above.of[run], a.of[run] > b.of[run] ? a.of[run] : 0);
    }
    EXPECT_TRUE(octet::any_positive(octet::load(a) - 7.5));
    EXPECT_FALSE(octet::any_positive(octet::load(a) - 8));
}

}  // namespace
}  // namespace nuzuh
