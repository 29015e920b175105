#include "sim/study/variance_shares.hpp"

#include <gmock/gmock.h>

#include "sim/base/samplers.hpp"

namespace nuzuh {
namespace {

/// Numbers of members that are a weighted sum of independent draws of the three sources.
std::vector<double> members_of(int count, double chance, double behaviour, double inputs) {
    const Draws draws(11, 0);
    const auto normal = [&](std::uint64_t source, std::uint64_t number) {
        Stream stream = draws.at(Purpose::bootstrap, source, number);
        return standard_normal(stream);
    };
    std::vector<double> members;
    for (int m = 0; m < count; ++m) {
        const auto block = MemberBlock::of(m);
        members.push_back(chance * normal(0, std::uint64_t(m)) +
                          behaviour * normal(1, std::uint64_t(block.behaviour)) +
                          inputs * normal(2, std::uint64_t(block.inputs)));
    }
    return members;
}

TEST(VarianceShares, are_those_of_a_sum) {
    const auto shares = variance_shares(members_of(40000, 1, 2, 3));
    ASSERT_TRUE(shares);
    EXPECT_NEAR(shares->chance.value, 1.0 / 14, 0.01);
    EXPECT_NEAR(shares->behaviour.value, 4.0 / 14, 0.02);
    EXPECT_NEAR(shares->inputs.value, 9.0 / 14, 0.03);
    EXPECT_LT(shares->inputs.low, 9.0 / 14);
    EXPECT_GT(shares->inputs.high, 9.0 / 14);
}

TEST(VarianceShares, are_not_told_by_few_members_or_where_nothing_varies) {
    EXPECT_FALSE(variance_shares(members_of(fewest_members_for_shares - 1, 1, 1, 1)));
    EXPECT_FALSE(variance_shares(std::vector<double>(100, 5.0)));
}

/// What members draw of three parameters and an input.
std::vector<std::vector<double>> drawn_by(int count, std::uint64_t seed) {
    std::vector<std::vector<double>> values;
    for (int m = 0; m < count; ++m) {
        const auto block = MemberBlock::of(m);
        std::vector<double> drawn;
        for (std::uint64_t n = 0; n < 4; ++n) {
            Stream stream = Draws(seed, 0).at(Purpose::bootstrap, n,
                                              std::uint64_t(n < 3 ? block.behaviour : block.inputs));
            drawn.push_back(standard_normal(stream));
        }
        values.push_back(std::move(drawn));
    }
    return values;
}

const std::vector<std::string> names{"first", "idle", "third", "uncertainty.strikes"};

TEST(Influences, name_the_unknowns_that_move_a_number) {
    const auto values = drawn_by(200, 5);
    std::vector<double> members;
    for (const auto& drawn : values) members.push_back(2 * drawn[0] - 1.3 * drawn[2] + 1.6 * drawn[3]);
    const auto found = influences(members, values, names);
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].unknown, "first");
    EXPECT_GT(found[0].rank_correlation, 0.5);
    EXPECT_EQ(found[1].unknown, "uncertainty.strikes");
    EXPECT_EQ(found[2].unknown, "third");
    EXPECT_LT(found[2].rank_correlation, -0.2);
}

TEST(Influences, seldom_name_what_moves_nothing) {
    int named = 0;
    constexpr int ensembles = 200;
    for (int e = 0; e < ensembles; ++e) {
        std::vector<double> members;
        for (int m = 0; m < 100; ++m) {
            Stream stream = Draws(9, std::uint64_t(e)).at(Purpose::bootstrap, 7, std::uint64_t(m));
            members.push_back(standard_normal(stream));
        }
        named += !influences(members, drawn_by(100, std::uint64_t(e)), names).empty();
    }
    EXPECT_LE(named, 22) << "one of twenty is 10 of 200; 4 standard deviations more";
}

}  // namespace
}  // namespace nuzuh
