// The agent engine, which touches only those who move, against one that visits every household in every step.
#include <map>

#include <gtest/gtest.h>

#include "tests/engines/every_household.hpp"
#include "tests/support/random_world.hpp"
#include "tests/support/rich_world.hpp"

namespace nuzuh {
namespace {

/// Persons by place and home.
std::map<std::pair<int, int>, double> by_pair(const std::vector<FromHome>& people) {
    std::map<std::pair<int, int>, double> sums;
    for (const auto& [place, home, persons] : people) sums[{place, home}] += persons;
    return sums;
}

void expect_identical(const ScenarioSettings& settings, int threads = 1) {
    const World world = test::built(settings);
    constexpr std::uint64_t seed = 7;
    const auto fast = make_engine(world, {.kind = EngineKind::agents, .seed = seed, .threads = threads});
    test::EveryHousehold slow(world, seed);
    StepRecord a, b;
    double moved = 0;
    for (int step = 0; step < world.steps; ++step) {
        fast->step(a);
        slow.step(b);
        ASSERT_TRUE((a.place == b.place).all()) << settings.title << ", step " << step;
        ASSERT_TRUE((a.route == b.route).all()) << settings.title << ", step " << step;
        ASSERT_EQ(by_pair(a.arrivals_from), by_pair(b.arrivals_from)) << settings.title << ", step " << step;
        ASSERT_EQ(by_pair(a.displaced_from), by_pair(b.displaced_from))
            << settings.title << ", step " << step;
        moved += a.route.sum();
    }
    EXPECT_GT(moved, 0);
    const Histories x = fast->histories(0), y = slow.histories();
    EXPECT_TRUE((x.times_displaced == y.times_displaced).all());
    EXPECT_TRUE((x.places_visited == y.places_visited).all());
    EXPECT_TRUE((x.days_on_road == y.days_on_road).all());
    EXPECT_TRUE((x.distance == y.distance).all());
}

class Oracle : public ::testing::TestWithParam<int> {};

TEST_P(Oracle, agrees_in_worlds_drawn_at_random) {
    expect_identical(test::random_settings(std::uint64_t(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(Worlds, Oracle, ::testing::Range(0, 40));

TEST(Oracle, agrees_in_quarter_days_with_a_queue_a_siege_and_a_full_town) {
    auto settings = test::rich_settings();
    settings.period.to = test::day(19);
    settings.period.step_days = 0.25;
    expect_identical(settings);
}

TEST(Oracle, agrees_when_threads_share_the_work) {
    auto settings = test::rich_settings();
    settings.unit = MovingUnit::person;
    settings.period.to = test::day(11);
    expect_identical(settings, 3);
}

TEST(Oracle, agrees_when_departures_are_given_and_roads_are_closed) {
    auto settings = test::three_places();
    settings.departures = {
        {"town", test::day(0), 700}, {"town", test::day(2), 1500}, {"town", test::day(4), 900}};
    RouteChange closed;
    closed.route = "town_city";
    closed.from = test::day(2);
    closed.to = test::day(3);
    settings.routes = {closed};
    expect_identical(settings);
    settings.departures.clear();
    expect_identical(settings);
}

}  // namespace
}  // namespace nuzuh
