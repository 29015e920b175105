// People in whole households: every group has its part, and together they are the people of the place.
#include <numeric>

#include <gtest/gtest.h>

#include "sim/check/make_world.hpp"
#include "sim/model/population.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

List<GroupSettings> equal_groups(int count, double household_size = 5.5) {
    List<GroupSettings> groups;
    for (int g = 0; g < count; ++g) {
        GroupSettings group;
        group.name = "g" + std::to_string(g);
        group.share = 1.0 / count;
        group.household_size = household_size;
        group.immobile_share = 0.05;
        groups.push_back(group);
    }
    return groups;
}

Count sum(const std::vector<GroupHouseholds>& settled, Count GroupHouseholds::*part) {
    Count total = 0;
    for (const auto& group : settled) total += group.*part;
    return total;
}

TEST(Population, of_two_hundred_groups_keeps_the_households_of_a_small_town) {
    const auto groups = equal_groups(200);
    for (const double people : {400.0, 450.0, 850.0, 57.0}) {
        const auto settled = settle_groups(groups, MovingUnit::household, people);
        EXPECT_NEAR(5.5 * double(sum(settled, &GroupHouseholds::households)), people, 5.5 / 2 + 1e-9);
        for (const auto& group : settled) EXPECT_LE(group.households, Count(people / 200 / 5.5) + 1);
    }
}

TEST(Population, keeps_those_who_will_not_leave_though_no_group_has_one_of_its_own) {
    const auto settled = settle_groups(equal_groups(200), MovingUnit::household, 5.5 * 200);
    EXPECT_EQ(sum(settled, &GroupHouseholds::households), 200u);
    EXPECT_EQ(sum(settled, &GroupHouseholds::immobile), 10u);
    for (const auto& group : settled) EXPECT_LE(group.immobile, group.households);
}

TEST(Population, that_rounds_up_in_every_group_does_not_grow) {
    const auto settled = settle_groups(equal_groups(40, 1), MovingUnit::household, 40 * 10.5);
    EXPECT_EQ(sum(settled, &GroupHouseholds::households), 420u);
}

TEST(Population, of_groups_of_different_sizes_is_kept_within_a_household) {
    auto groups = equal_groups(30);
    for (int g = 0; g < 30; ++g) groups[std::size_t(g)].household_size = 2 + g % 7;
    for (const double people : {61.0, 333.0, 1234.0, 98765.0}) {
        double settled_people = 0;
        const auto settled = settle_groups(groups, MovingUnit::household, people);
        for (std::size_t g = 0; g < groups.size(); ++g)
            settled_people += double(settled[g].households) * groups[g].household_size;
        EXPECT_NEAR(settled_people, people, 8);
    }
}

TEST(Population, of_two_groups_is_rounded_group_by_group) {
    const auto settled = settle_groups(equal_groups(2), MovingUnit::household, 11 * 10.5);
    EXPECT_EQ(settled[0].households, 11u);
    EXPECT_EQ(settled[1].households, 11u);
}

TEST(Population, nobody_is_settled_where_nobody_lives_or_in_a_group_without_share) {
    auto groups = equal_groups(3);
    groups[0].share = 0, groups[1].share = 0.5, groups[2].share = 0.5;
    const auto settled = settle_groups(groups, MovingUnit::household, 5.5);
    EXPECT_EQ(settled[0].households, 0u);
    for (const auto& group : settle_groups(groups, MovingUnit::household, 0))
        EXPECT_EQ(group.households + group.immobile, 0u);
}

TEST(Population, of_single_persons_is_exact) {
    const auto settled = settle_groups(equal_groups(7), MovingUnit::person, 100);
    EXPECT_NEAR(double(sum(settled, &GroupHouseholds::households)), 100, 1);
}

TEST(Population, of_many_small_groups_is_not_all_of_one_class) {
    auto settings = test::three_places(400);
    settings.groups = equal_groups(200);
    const World world = test::built(settings);
    std::vector<Count> by_class(5, 0);
    for (int k = 0; k < world.mobile_groups; ++k) by_class[std::size_t(k % 5)] += world.households(k, 0);
    const auto [least, most] = std::minmax_element(by_class.begin(), by_class.end());
    EXPECT_GT(std::accumulate(by_class.begin(), by_class.end(), Count(0)), 60u);
    EXPECT_LE(*most - *least, 1u);
}

TEST(Population, that_is_rounded_away_is_said) {
    auto settings = test::three_places();
    settings.network.places.push_back(test::place("hut", PlaceType::town, 35.61, 36.66, 2));
    settings.network.routes.push_back(test::route("town", "hut", 3));
    const auto world = make_world(settings);
    ASSERT_TRUE(world);
    EXPECT_EQ(world->people_simulated(3), 0);
    const auto& findings = world.findings();
    const auto said = [](const Finding& f) { return f.path == "network.places[3].population"; };
    EXPECT_EQ(std::count_if(findings.begin(), findings.end(), said), 1);
    settings.unit = MovingUnit::person;
    const auto persons = make_world(settings);
    EXPECT_EQ(persons->people_simulated(3), 2);
    EXPECT_EQ(std::count_if(persons.findings().begin(), persons.findings().end(), said), 0);
}

}  // namespace
}  // namespace nuzuh
