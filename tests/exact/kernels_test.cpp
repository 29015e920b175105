// One step of each engine against the equations worked out by hand, in tiny worlds, from every state that can
// be reached: the total variation between the distributions must vanish.
#include <gtest/gtest.h>

#include "tests/exact/by_hand.hpp"
#include "tests/exact/kernels.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh::exact {
namespace {

using test::day;

State everyone_at_home(const World& world) {
    State state;
    for (int k = 0; k < world.group_count(); ++k) {
        for (int i = 0; i < world.place_count(); ++i) {
            state.add({home, k, i, i, 0}, int(world.households(k, i)));
        }
    }
    return state;
}

/// The one place where anybody lives, if nobody flees to it: only then are homes that are forgotten still known. -1: no.
int only_home_of(const World& world) {
    int home = -1;
    for (int i = 0; i < world.place_count(); ++i) {
        if (!(world.households_at_start(i) > 0)) continue;
        if (home >= 0) return -1;
        home = i;
    }
    for (const auto& there : world.attraction->there) {
        if (home >= 0 && there(home) > 0) return -1;
    }
    return home;
}

/// Follows all states by hand for some steps and compares every engine's next step from each of them.
void expect_same_law(const ScenarioSettings& settings, int steps) {
    const World world = test::built(settings);
    const ByHand by_hand(world);
    const int only_home = only_home_of(world);
    Distribution now{{everyone_at_home(world), 1.0}};
    std::size_t compared = 0;
    for (int t = 0; t < steps; ++t) {
        Distribution next;
        for (const auto& [state, chance] : now) {
            const Distribution right = by_hand.step(state, t);
            ASSERT_LT(total_variation(right, compartments_step(world, state, t)), 1e-12) << "step " << t;
            ASSERT_LT(total_variation(right, agents_step(world, state, t)), 1e-12) << "step " << t;
            if (only_home >= 0) {
                ASSERT_LT(total_variation(right, pooled_step(world, state, t, only_home)), 1e-12)
                    << "step " << t;
            }
            ++compared;
            for (const auto& [to, p] : right) next[to] += chance * p;
        }
        now = std::move(next);
    }
    double sum = 0;
    for (const auto& [state, chance] : now) sum += chance;
    EXPECT_NEAR(sum, 1, 1e-9);
    EXPECT_GT(now.size(), 2u);
    ::testing::Test::RecordProperty("states compared", int(compared));
}

/// Two towns and a camp with a household of one person each unit of population.
ScenarioSettings tiny(double in_town, double in_city) {
    ScenarioSettings s = test::three_places();
    s.network.places[0].population = in_town;
    s.network.places[1].population = in_city;
    s.groups[0].household_size = 1;
    s.behaviour.leave.daily_noise = 0;
    s.behaviour.leave.run_noise = 0;
    s.bombardment = {test::strikes("town", 0, 3, 8), test::strikes("city", 1, 3, 2)};
    return s;
}

TEST(ExactKernels, flight_and_onward_movement) { expect_same_law(tiny(3, 1), 4); }

TEST(ExactKernels, six_households) { expect_same_law(tiny(5, 1), 2); }

TEST(ExactKernels, daily_noise) {
    auto s = tiny(2, 1);
    s.behaviour.leave.daily_noise = 0.4;
    expect_same_law(s, 2);
}

TEST(ExactKernels, quarter_days_and_long_roads) {
    auto s = tiny(2, 1);
    s.period.step_days = 0.25;
    s.network.routes[1].km = 150;
    expect_same_law(s, 4);
}

TEST(ExactKernels, hard_admission) {
    auto s = tiny(4, 0);
    s.network.places[1].capacity = 1;
    s.network.places[1].admission = Admission::hard;
    s.network.places[2].capacity = 1;
    s.behaviour.leave.h_max = 2;
    expect_same_law(s, 3);
}

TEST(ExactKernels, returns_compete_with_onward_movement) {
    auto s = tiny(3, 0);
    s.bombardment = {test::strikes("town", 0, 0, 30)};
    s.behaviour.returning = {0.3, 0, 5};
    s.behaviour.leave.onward_host = 0.2;
    s.behaviour.leave.memory_half_life_days = 1;
    expect_same_law(s, 4);
}

TEST(ExactKernels, siege) {
    auto s = tiny(3, 1);
    s.access = {test::siege("town", 0, 9, 0.3)};
    expect_same_law(s, 3);
}

TEST(ExactKernels, orders_to_leave_and_to_stay_away) {
    auto s = tiny(3, 1);
    s.orders = {{"", "town", day(0), {}, 0.7, {}, ""}, {"", "city", day(1), day(1), {}, 0.5, ""}};
    s.behaviour.leave.onward_host = 0.3;
    expect_same_law(s, 3);
}

TEST(ExactKernels, orders_in_quarter_days) {
    auto s = tiny(2, 1);
    s.period.step_days = 0.25;
    s.orders = {{"", "town", day(0), {}, 0.7, 1.0, ""}};
    expect_same_law(s, 3);
}

TEST(ExactKernels, homes_to_which_people_return_at_two_rates) {
    auto s = tiny(2, 1);
    s.bombardment = {test::strikes("town", 0, 0, 30), test::strikes("city", 0, 0, 30)};
    s.behaviour.returning = {0.3, 0, 500, 0.8};
    s.behaviour.leave.onward_host = 0.2;
    s.behaviour.leave.onward_camp = 0.2;
    s.behaviour.leave.memory_half_life_days = 1;
    s.ceasefires = {{"", "town", day(1), {}, ""}};
    expect_same_law(s, 4);
}

TEST(ExactKernels, homes_that_are_destroyed) {
    auto s = tiny(2, 1);
    s.bombardment = {test::strikes("town", 0, 0, 3), test::strikes("city", 0, 1, 1)};
    s.behaviour.leave.h_max = 3;
    s.behaviour.returning = {0.6, 0, 500, 0.15, 0.2};
    s.behaviour.leave.memory_half_life_days = 1;
    expect_same_law(s, 4);
}

TEST(ExactKernels, who_is_readiest_returns_first) {
    auto s = tiny(2, 1);
    s.bombardment = {test::strikes("town", 0, 0, 30), test::strikes("city", 0, 0, 30)};
    s.behaviour.returning = {0.4, 0, 500, 0.8, 0, 1.5};
    s.behaviour.leave.onward_host = 0.2;
    s.behaviour.leave.onward_camp = 0.2;
    s.behaviour.leave.memory_half_life_days = 1;
    s.ceasefires = {{"", "town", day(1), {}, ""}};
    expect_same_law(s, 4);
}

TEST(ExactKernels, a_group_that_is_drawn_to_an_area) {
    auto s = tiny(2, 2);
    s.groups[0].share = 0.5;
    s.groups.push_back(s.groups[0]);
    s.groups[1].name = "drawn";
    s.groups[1].drawn_to = "north";
    s.groups[1].draw = 5;
    s.network.areas = {{"north", "camp"}};
    expect_same_law(s, 2);
}

TEST(ExactKernels, front_and_fall) {
    auto s = tiny(3, 1);
    FrontSettings front;
    front.place = "town";
    front.assault_from = day(0);
    front.falls = day(1);
    s.fronts = {front};
    expect_same_law(s, 3);
}

TEST(ExactKernels, nobody_reachable) {
    auto s = tiny(3, 1);
    RouteChange closed;
    closed.route = "town_city";
    closed.from = day(0);
    closed.to = day(1);
    s.routes = {closed};
    expect_same_law(s, 3);
}

TEST(ExactKernels, quota_and_groups_of_different_household_size) {
    ScenarioSettings s = test::with_border();
    s.network.places = {s.network.places[0], s.network.places[3], s.network.places[4]};  // town, gate, abroad
    s.network.places[0].population = 6;
    s.network.routes = {test::route("town", "gate", 20)};
    s.behaviour.leave.daily_noise = 0;
    s.behaviour.leave.run_noise = 0;
    s.behaviour.leave.h_max = 1.5;
    s.groups[0].share = 0.5;
    s.groups[0].household_size = 1;
    s.groups.push_back(s.groups[0]);
    s.groups[1].name = "large";
    s.groups[1].household_size = 3;
    s.groups[1].travel = TravelMode::foot;
    s.bombardment = {test::strikes("town", 0, 3, 20)};
    CrossingSettings gate;
    gate.place = "gate";
    gate.policy = CrossingPolicy::quota;
    gate.quota = 2;
    s.crossings = {gate};
    expect_same_law(s, 4);
}

/// A town that attracts nobody, and two camps.
ScenarioSettings one_home(double in_town) {
    auto s = tiny(in_town, 0);
    s.network.places[1].type = PlaceType::camp;
    s.behaviour.choose.attraction_town = 0;
    s.behaviour.leave.onward_camp = 0.3;
    return s;
}

TEST(ExactKernels, one_home_is_as_good_as_forgotten) {
    EXPECT_EQ(only_home_of(test::built(one_home(3))), 0);
    expect_same_law(one_home(3), 3);
}

TEST(ExactKernels, one_home_noise_siege_and_long_roads) {
    auto s = one_home(2);
    s.behaviour.leave.daily_noise = 0.4;
    s.network.routes[1].km = 400;
    s.access = {test::siege("city", 0, 9, 0.3)};
    expect_same_law(s, 3);
}

TEST(ExactKernels, one_home_returns) {
    auto s = one_home(3);
    s.bombardment = {test::strikes("town", 0, 0, 30)};
    s.behaviour.returning = {0.3, 0, 5};
    s.behaviour.leave.memory_half_life_days = 1;
    expect_same_law(s, 4);
}

TEST(ExactKernels, one_home_after_a_ceasefire) {
    auto s = one_home(3);
    s.bombardment = {test::strikes("town", 0, 0, 30)};
    s.behaviour.returning = {0.3, 50, 5, 0.8};
    s.ceasefires = {{"", "town", day(1), day(2), ""}};
    expect_same_law(s, 4);
}

TEST(ExactKernels, one_home_whose_readiest_return_first) {
    auto s = one_home(3);
    s.bombardment = {test::strikes("town", 0, 0, 30)};
    s.behaviour.returning = {0.5, 0, 500, 0.15, 0, 2};
    s.behaviour.leave.memory_half_life_days = 1;
    expect_same_law(s, 4);
}

TEST(ExactKernels, one_home_of_which_a_part_is_destroyed) {
    auto s = one_home(3);
    s.bombardment = {test::strikes("town", 0, 1, 3)};
    s.behaviour.leave.h_max = 3;
    s.behaviour.returning = {0.6, 0, 500, 0.15, 0.3};
    s.behaviour.leave.memory_half_life_days = 1;
    expect_same_law(s, 4);
}

TEST(ExactKernels, one_home_hard_admission_and_two_sizes) {
    auto s = one_home(4);
    s.network.places[1].capacity = 1;
    s.network.places[1].admission = Admission::hard;
    s.behaviour.leave.h_max = 2;
    s.groups[0].share = 0.5;
    s.groups.push_back(s.groups[0]);
    s.groups[1].name = "large";
    s.groups[1].household_size = 2;
    s.groups[1].travel = TravelMode::foot;
    expect_same_law(s, 3);
}

TEST(ExactKernels, one_home_that_falls) {
    auto s = one_home(3);
    s.behaviour.returning = {0.3, 0, 50};
    FrontSettings front;
    front.place = "town";
    front.assault_from = day(0);
    front.falls = day(2);
    s.fronts = {front};
    expect_same_law(s, 3);
}

TEST(ExactKernels, a_rate_that_is_two_percent_off_is_seen) {
    auto settings = tiny(3, 1);
    const World world = test::built(settings);
    settings.behaviour.leave.h_max *= 1.02;
    const World off = test::built(settings);
    const State start = everyone_at_home(world);
    const Distribution right = ByHand(world).step(start, 0);
    EXPECT_GT(total_variation(right, compartments_step(off, start, 0)), 1e-4);
    EXPECT_GT(total_variation(right, agents_step(off, start, 0)), 1e-4);
}

TEST(ExactKernels, immobile_households_stay) {
    auto s = tiny(4, 0);
    s.groups[0].immobile_share = 0.5;
    expect_same_law(s, 3);
}

}  // namespace
}  // namespace nuzuh::exact
