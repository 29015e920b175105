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
    EXPECT_NEAR(shares->chance, 1.0 / 14, 0.01);
    EXPECT_NEAR(shares->behaviour, 4.0 / 14, 0.02);
    EXPECT_NEAR(shares->inputs, 9.0 / 14, 0.03);
}

TEST(VarianceShares, are_not_told_by_few_members_or_where_nothing_varies) {
    EXPECT_FALSE(variance_shares(members_of(fewest_members_for_shares - 1, 1, 1, 1)));
    EXPECT_FALSE(variance_shares(std::vector<double>(100, 5.0)));
}

TEST(Influences, name_the_unknowns_that_move_a_number_and_no_others) {
    constexpr int count = 200;
    std::vector<std::vector<double>> values;
    std::vector<double> members;
    for (int m = 0; m < count; ++m) {
        Stream stream = Draws(5, 0).at(Purpose::bootstrap, 0, std::uint64_t(m));
        std::vector<double> drawn;
        for (int n = 0; n < 3; ++n) drawn.push_back(standard_normal(stream));
        members.push_back(2 * drawn[0] - drawn[2] + 0.1 * standard_normal(stream));
        values.push_back(std::move(drawn));
    }
    const auto found = influences(members, values, {"first", "idle", "third"});
    ASSERT_GE(found.size(), 2u);
    EXPECT_EQ(found[0].unknown, "first");
    EXPECT_GT(found[0].rank_correlation, 0.7);
    EXPECT_EQ(found[1].unknown, "third");
    EXPECT_LT(found[1].rank_correlation, -0.2);
}

}  // namespace
}  // namespace nuzuh
