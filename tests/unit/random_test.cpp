#include "sim/base/random.hpp"

#include <array>
#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/chi_square.hpp"

namespace nuzuh {
namespace {

std::vector<std::uint64_t> first(Stream stream, int n) {
    std::vector<std::uint64_t> numbers;
    for (int i = 0; i < n; ++i) numbers.push_back(stream());
    return numbers;
}

// Known answers for Philox4x64-10, published with the Random123 library (kat_vectors). They guard the library
// as it is packaged: other numbers would change every result.
TEST(Random, philox_gives_the_published_numbers) {
    const auto zeros = r123::Philox4x64{}({{0, 0, 0, 0}}, {{0, 0}});
    EXPECT_EQ(zeros[0], 0x16554d9eca36314cu);
    EXPECT_EQ(zeros[1], 0xdb20fe9d672d0fdcu);
    EXPECT_EQ(zeros[2], 0xd7e772cee186176bu);
    EXPECT_EQ(zeros[3], 0x7e68b68aec7ba23bu);
}

TEST(Random, a_stream_is_philox_at_its_address) {
    const Draws draws(2019, 7);
    const auto numbers = first(draws.at(Purpose::choose, 42, 3, 9), 8);
    for (std::uint64_t block = 0; block < 2; ++block) {
        const std::uint64_t purpose = (std::uint64_t(Purpose::choose) << 32) + block;
        const auto expected = r123::Philox4x64{}({{purpose, 42, 3, 9}}, {{2019, 7}});
        for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(numbers[4 * block + i], expected[i]);
    }
}

TEST(Random, the_same_address_gives_the_same_numbers) {
    EXPECT_EQ(first(Draws(1, 2).at(Purpose::who, 3, 4, 5), 100),
              first(Draws(1, 2).at(Purpose::who, 3, 4, 5), 100));
}

TEST(Random, any_other_address_gives_other_numbers) {
    std::set<std::uint64_t> seen;
    int streams = 0;
    const auto add = [&](Stream stream) {
        ++streams;
        for (const auto number : first(stream, 8)) seen.insert(number);
    };
    for (std::uint64_t k = 0; k < 10; ++k) add(Draws(k, 0).at(Purpose::leave, 0));
    for (std::uint64_t k = 1; k < 10; ++k) add(Draws(0, k).at(Purpose::leave, 0));
    for (std::uint64_t k = 1; k < 10; ++k) add(Draws(0, 0).at(Purpose::leave, k));
    for (std::uint64_t k = 1; k < 10; ++k) add(Draws(0, 0).at(Purpose::leave, 0, k));
    for (std::uint64_t k = 1; k < 10; ++k) add(Draws(0, 0).at(Purpose::leave, 0, 0, k));
    for (std::uint32_t k = 1; k <= 12; ++k) {
        if (Purpose(k) != Purpose::leave) add(Draws(0, 0).at(Purpose(k), 0));
    }
    EXPECT_EQ(seen.size(), std::size_t(8 * streams));  // a collision of 64-bit numbers by chance: 1e-14
}

TEST(Random, uniform_stays_in_the_unit_interval_and_fills_it_evenly) {
    auto stream = Draws(11, 0).at(Purpose::leave, 0);
    std::array<long, 64> counts{};
    for (int i = 0; i < 100000; ++i) {
        const double u = stream.uniform();
        ASSERT_GE(u, 0);
        ASSERT_LT(u, 1);
        ++counts[std::size_t(u * 64)];
    }
    const std::vector<double> even(64, 1.0 / 64);
    EXPECT_GT(test::chi_square_p_value(counts, even), 1e-6) << "false alarm: 1e-6; seed 11";
}

TEST(Random, exponential_has_mean_one_and_is_finite_and_positive) {
    auto stream = Draws(12, 0).at(Purpose::threshold, 0);
    std::array<long, 32> counts{};
    for (int i = 0; i < 100000; ++i) {
        const double x = stream.exponential();
        ASSERT_GT(x, 0);
        ASSERT_TRUE(std::isfinite(x));
        ++counts[std::size_t(-std::expm1(-x) * 32)];  // the exponential's own distribution makes it uniform
    }
    const std::vector<double> even(32, 1.0 / 32);
    EXPECT_GT(test::chi_square_p_value(counts, even), 1e-6) << "false alarm: 1e-6; seed 12";
}

}  // namespace
}  // namespace nuzuh
