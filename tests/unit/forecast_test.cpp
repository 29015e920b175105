// Baselines and forecasts on a world of one town and two camps, against values worked out by hand.
#include "sim/study/forecast.hpp"

#include <gtest/gtest.h>

#include "sim/study/baselines.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using test::day;

/// People flee a town in conflict to a near camp of 300 places and a far one of 900; 40 km and 120 km by road.
ScenarioSettings two_camps() {
    ScenarioSettings s = test::three_places(100000);
    s.bombardment.clear();
    s.unit = MovingUnit::person;
    s.period = {day(0), day(70), 1};
    s.network.places = {test::place("town", PlaceType::town, 35.6, 36.65, 100000),
                        test::place("near", PlaceType::camp, 35.9, 36.65, 0),
                        test::place("far", PlaceType::camp, 36.6, 36.65, 0)};
    s.network.places[1].capacity = 300;
    s.network.places[2].capacity = 900;
    s.network.routes = {test::route("town", "near", 40), test::route("town", "far", 120)};
    s.behaviour.leave.departures = DeparturesBy::registrations;
    s.conflicts = {{"town", day(0), day(70), 1, ""}};
    s.registrations = {{"near", day(0), 100}, {"near", day(10), 200}, {"near", day(70), 800},
                       {"far", day(0), 20},   {"far", day(10), 120},  {"far", day(70), 720}};
    return s;
}

Eigen::ArrayXXd leaving(double persons) {
    Eigen::ArrayXXd left = Eigen::ArrayXXd::Zero(2, 3);
    left(1, 0) = persons;
    return left;
}

/// The two camps at the second of two records, 120 people having left.
Eigen::ArrayXd divided(Baseline kind) {
    const World world = test::built(two_camps());
    const std::vector<double> days{0, 10};
    return baseline_counts(kind, world, registrations_on(world, days), days, leaving(120))->row(1);
}

TEST(Baselines, persistence_keeps_the_first_shares) {
    EXPECT_NEAR(divided(Baseline::persistence)(0), 100 + 120 * 100 / 120.0, 1e-9);
    EXPECT_NEAR(divided(Baseline::persistence)(1), 20 + 120 * 20 / 120.0, 1e-9);
}

TEST(Baselines, gravity_goes_as_one_over_travel_time) {
    EXPECT_NEAR(divided(Baseline::gravity)(0), 100 + 120 * 0.75, 1e-9);  // 3 : 1
}

TEST(Baselines, gravity_with_size_as_capacity_over_travel_time) {
    EXPECT_NEAR(divided(Baseline::gravity_with_size)(0), 100 + 120 * 0.5, 1e-9);  // 300 / 1 : 900 / 3
}

TEST(Baselines, filling_goes_by_the_room_that_is_left) {
    EXPECT_NEAR(divided(Baseline::fill_to_capacity)(0), 100 + 120 * 200 / 1080.0, 1e-9);
}

TEST(Baselines, equal_shares_are_equal) { EXPECT_NEAR(divided(Baseline::equal_shares)(1), 20 + 60, 1e-9); }

TEST(Baselines, without_capacities_those_that_rest_on_them_are_left_out) {
    const World world = test::built(capacities_withheld(two_camps()));
    const auto counted = registrations_on(world, {0, 10});
    EXPECT_FALSE(baseline_counts(Baseline::fill_to_capacity, world, counted, {0, 10}, leaving(1)));
    EXPECT_FALSE(baseline_counts(Baseline::gravity_with_size, world, counted, {0, 10}, leaving(1)));
    EXPECT_TRUE(baseline_counts(Baseline::gravity, world, counted, {0, 10}, leaving(1)));
}

TEST(Registrations, those_of_the_first_day_are_there_when_the_run_starts) {
    const World world = test::built(two_camps());
    double there = 0;
    for (const auto& row : world.displaced) {
        EXPECT_EQ(world.places[std::size_t(row.home)].place, "town");
        there += double(row.households);
    }
    EXPECT_EQ(there, 120);
}

TEST(Forecast, an_origin_begins_with_who_is_registered) {
    const World world = test::built(two_camps());
    const auto settings = as_of(world, 30, 28, 0);
    EXPECT_EQ(settings.period.from, day(30));
    EXPECT_EQ(settings.period.to, day(58));
    const World then = test::built(settings);
    Eigen::ArrayXd there = Eigen::ArrayXd::Zero(3);
    for (const auto& row : then.displaced) there(row.place) += double(row.households);
    EXPECT_NEAR(there(1), 400, 1);
    EXPECT_NEAR(there(2), 320, 1);
    // Ten a day come to each, from the town; the last fortnight's at the middle of it.
    EXPECT_NEAR(then.departures.sum(), 20 * 28, 1e-9);
    double youngest = 1e9;
    for (const auto& row : then.displaced) youngest = std::min(youngest, row.age_days);
    EXPECT_EQ(youngest, 7);
}

TEST(Forecast, rows_carry_what_came_and_what_persistence_says) {
    auto s = capacities_withheld(two_camps());
    s.behaviour.choose.network_pull = 1;
    s.behaviour.choose.network_softening = 0.01;
    s.behaviour.choose.network_memory_days = 30;
    s.behaviour.choose.overdispersion = 0.5;
    const World world = test::built(s);
    ForecastSpec spec;
    spec.least_persons = 1;
    spec.members = 40;
    spec.threads = 1;
    spec.horizons_days = {14};
    const auto rows = rolling_forecasts(world, spec);  // origins on days 28 and 56; 7 and 14 days ahead
    ASSERT_EQ(rows.size(), 8u);
    EXPECT_EQ(rows[2].days_ahead, 14);
    EXPECT_EQ(rows[2].counted, 520);
    EXPECT_NEAR(rows[2].persistence, 380.0 / 680 * 960, 1e-9);
    EXPECT_EQ(rows[2].members.size(), 40u);
    const auto skill = forecast_skill(rows, {14}).front();
    EXPECT_EQ(skill.forecasts, 4);
    const double error_28 = 380.0 / 680 * 960 - 520, error_56 = 660.0 / 1240 * 1520 - 800;
    EXPECT_NEAR(skill.error_of_persistence, (error_28 + error_56) / 2, 1e-9);
    EXPECT_EQ(weekly_coverage(rows, 0.999), 1);
}

}  // namespace
}  // namespace nuzuh
