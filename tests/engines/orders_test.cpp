// Orders to leave, ceasefires that people know of, and groups that are drawn somewhere.
#include <gtest/gtest.h>

#include "tests/support/every_engine.hpp"

namespace nuzuh {
namespace {

using test::at_end;
using test::day;

class Orders : public test::OverEngines {
protected:
    double tolerance(double persons) const {
        return draws() ? 5 * 5.5 * std::sqrt(persons / 5.5) : 1e-6 * persons;
    }
};

/// A town of 100,000 households, a city and a camp, where nobody leaves or moves on unless something makes them.
ScenarioSettings quiet() {
    auto s = test::three_places(550000);
    s.bombardment.clear();
    s.behaviour.leave.daily_noise = s.behaviour.leave.run_noise = 0;
    s.behaviour.leave.h0 = s.behaviour.leave.onward_host = s.behaviour.leave.onward_camp = 0;
    s.behaviour.leave.neighbours = 0;
    s.behaviour.returning.rate = 0;
    return s;
}

TEST_P(Orders, as_many_leave_as_comply_and_in_the_time_that_they_take) {
    for (const double step : {1.0, 0.5}) {
        auto s = quiet();
        s.period.step_days = step;
        s.orders = {{"", "town", day(2), {}, 0.6, 3.0, ""}};
        const World world = test::built(s);
        constexpr double days = 8;  // from the order to the end
        const double leave = 550000 * 0.6 * (1 - std::exp(-days / 3));
        EXPECT_NEAR(at_end(world, run(world), PlaceField::departures, "town"), leave, tolerance(leave));
    }
}

TEST_P(Orders, a_second_order_is_heard_by_those_who_are_still_there) {
    auto s = quiet();
    s.behaviour.leave.order_delay_days = 0.05;
    s.orders = {{"", "town", day(0), {}, 0.5, {}, ""}, {"", "town", day(4), {}, 0.5, {}, ""}};
    const World world = test::built(s);
    EXPECT_NEAR(at_end(world, run(world), PlaceField::departures, "town"), 550000 * 0.75, tolerance(550000));
}

TEST_P(Orders, who_is_told_to_leave_is_followed_by_nobody_and_comes_back_when_it_is_lifted) {
    auto s = quiet();
    s.period.to = day(19);
    s.behaviour.returning = {0.5, 0, 1, 0.5};
    s.orders = {{"", "town", day(0), day(9), 1.0, 0.5, ""}, {"", "camp", day(0), day(9), 1.0, {}, ""}};
    const World world = test::built(s);
    const auto result = run(world);
    EXPECT_EQ(at_end(world, result, PlaceField::arrivals, "camp"), 0);
    const auto returned_by = [&](int last) {
        const auto& returns = result.place[std::size_t(PlaceField::returns)];
        const auto places = std::size_t(world.place_count());
        double sum = 0;
        for (std::size_t d = 0; d <= std::size_t(last); ++d)
            sum += returns[d * places + std::size_t(world.place_index("town"))];
        return sum;
    };
    EXPECT_EQ(returned_by(9), 0);
    EXPECT_GT(returned_by(19), 0.9 * 550000);
}

/// Everyone fled the town, which is struck until the tenth day, and nobody would return for weeks.
ScenarioSettings struck_until_the_tenth_day() {
    auto s = quiet();
    s.period.to = day(14);
    s.network.places[0].population = 0;
    s.network.places[1].population = 0;
    s.displaced = {{"city", "town", 550000, {}, 0, ""}};
    s.bombardment = {test::strikes("town", 0, 9, 5)};
    s.behaviour.leave.reach_km = 1;
    s.behaviour.returning = {0.01, 30, 1, 0.3};
    return s;
}

TEST_P(Orders, after_a_ceasefire_people_return_at_once_at_its_rate) {
    auto s = struck_until_the_tenth_day();
    s.ceasefires = {{"", "town", day(10), {}, ""}};
    const World world = test::built(s);
    const double back = 550000 * (1 - std::exp(-5 * 0.3));
    EXPECT_NEAR(at_end(world, run(world), PlaceField::returns, "town"), back, tolerance(back));
}

TEST_P(Orders, of_those_whose_rates_differ_the_readiest_return_first) {
    auto s = struck_until_the_tenth_day();
    s.ceasefires = {{"", "town", day(10), {}, ""}};
    s.behaviour.returning.spread = 2;
    for (const double step : {1.0, 0.25}) {
        s.period.step_days = step;
        const World world = test::built(s);
        // Of exponential times whose rates are gamma distributed with shape 1/4 and mean 0.3, five days leave away so many.
        const double back = 550000 * (1 - std::pow(1 + 4 * 5 * 0.3, -0.25));
        EXPECT_NEAR(at_end(world, run(world), PlaceField::returns, "town"), back, tolerance(back)) << step;
    }
}

TEST_P(Orders, a_home_that_was_closed_again_is_returned_to_as_at_first) {
    auto s = struck_until_the_tenth_day();
    s.period.to = day(19);
    s.behaviour.returning = {0.1, 1, 1, 0.3, 0, 3};
    s.bombardment = {test::strikes("town", 5, 9, 5)};
    const World world = test::built(s);
    for (int t = 0; t < 5; ++t)
        EXPECT_EQ(world.inputs[10 + t].returning(0), world.inputs[t].returning(0)) << t;
    EXPECT_LT(world.inputs[4].returning(0), 0.5 * world.inputs[0].returning(0));
}

TEST_P(Orders, without_one_they_wait_until_it_has_been_quiet) {
    const World world = test::built(struck_until_the_tenth_day());
    EXPECT_EQ(at_end(world, run(world), PlaceField::returns, "town"), 0);
}

TEST_P(Orders, homes_at_peace_are_returned_to_faster_than_those_that_are_quiet) {
    auto s = struck_until_the_tenth_day();
    s.network.places.push_back(test::place("village", PlaceType::town, 35.4, 36.6, 0));
    s.network.routes.push_back(test::route("village", "town", 20));
    s.displaced = {{"city", "town", 275000, {}, 0, ""}, {"city", "village", 275000, {}, 0, ""}};
    s.behaviour.returning.rate = 0.1;
    s.ceasefires = {{"", "town", day(0), {}, ""}};
    s.bombardment.clear();
    s.period.to = day(0);
    const World world = test::built(s);
    const auto result = run(world);
    const double town = at_end(world, result, PlaceField::returns, "town");
    const double village = at_end(world, result, PlaceField::returns, "village");
    // Pooled runs know the mean of the two rates, and divide those who return by the rates, each of them once:
    // without replacement (1 - x) = (1 - y)^3 of the two have not gone, 2.72 to 1.
    const double all = 550000 * (1 - std::exp(-0.2));
    if (forgets_homes()) {
        EXPECT_NEAR(town + village, all, tolerance(all));
        EXPECT_NEAR(town / village, draws() ? 2.72 : 3.0, draws() ? 0.2 : 1e-5);
        return;
    }
    EXPECT_NEAR(town, 275000 * (1 - std::exp(-0.3)), tolerance(town));
    EXPECT_NEAR(village, 275000 * (1 - std::exp(-0.1)), tolerance(village));
}

TEST_P(Orders, whose_home_is_destroyed_does_not_return) {
    auto s = struck_until_the_tenth_day();
    s.network.places[0].population = 550000;
    s.groups[0].household_size = 5.5;
    s.displaced.clear();
    s.period.to = day(99);
    s.behaviour.leave.order_delay_days = 0.2;
    s.orders = {{"", "town", day(0), day(9), 1.0, {}, ""}};  // everyone leaves
    s.behaviour.leave.h_max = 0;
    s.behaviour.returning = {0.5, 0, 1, 0.5, 1000};
    // Fifty strikes of 1,000 homes each on 100,000: 39 % stand.
    const double stand = 550000 * std::exp(-0.5);
    const World world = test::built(s);
    EXPECT_NEAR(world.inputs[99].lost(0), 1 - std::exp(-0.5), 1e-9);
    const auto result = run(world);
    EXPECT_NEAR(at_end(world, result, PlaceField::at_home, "town"), stand,
                draws() ? tolerance(stand) + 60 : 30);
}

TEST_P(Orders, in_two_parts_of_a_network_people_return_to_the_homes_of_their_own_part) {
    auto s = quiet();
    s.network.places.clear();
    s.network.routes.clear();
    s.displaced.clear();
    for (const std::string part : {"a", "b"}) {
        const double lat = part == "a" ? 35 : 36;
        s.network.places.push_back(test::place(part + "_camp", PlaceType::camp, lat, 36.5, 0));
        for (const std::string town : {"_one", "_two"}) {
            s.network.places.push_back(test::place(part + town, PlaceType::town, lat + 0.1, 36.6, 0));
            s.network.routes.push_back(test::route(part + "_camp", part + town, 20));
            s.displaced.push_back({part + "_camp", part + town, 55000, {}, 0, ""});
        }
    }
    // Most return in one day, so that draws often fall on a household that has gone.
    s.behaviour.returning = {0.95, 0, 1};
    s.period.to = day(0);
    const World world = test::built(s);
    const auto result = run(world);
    // Pooled runs take half of those in a camp to be from the other part, to which no way leads.
    const double back = 55000 * (1 - std::exp(forgets_homes() ? -0.475 : -0.95));
    for (const char* town : {"a_one", "a_two", "b_one", "b_two"})
        EXPECT_NEAR(at_end(world, result, PlaceField::returns, town), back, tolerance(back)) << town;
}

TEST(Ceasefires, what_was_before_one_frightens_nobody_any_more) {
    auto s = test::three_places();
    s.fronts = {{"city", day(2), day(9), {}, ""}};
    s.ceasefires = {{"all", "", day(5), day(7), ""}};
    s.behaviour.leave.front_reach_km = 100;
    const World world = test::built(s);
    const int town = world.place_index("town");
    const double one_day = world.inputs[0].exposure(town);
    EXPECT_GT(world.inputs[4].exposure(town), 3 * one_day);
    EXPECT_DOUBLE_EQ(world.inputs[5].exposure(town), one_day) << "strikes that break it are felt";
    EXPECT_GT(world.inputs[4].front(town), 0);
    EXPECT_EQ(world.inputs[5].front(town), 0);
    EXPECT_GT(world.inputs[8].front(town), 0);
    EXPECT_EQ(world.inputs[4].returning(town), 0);
    EXPECT_EQ(world.inputs[5].returning(town), 1);
}

TEST_P(Orders, a_group_goes_where_it_is_drawn_and_the_others_do_not) {
    auto s = test::with_border(550000);
    s.period.to = day(0);
    s.network.places[1].population = 0;
    s.behaviour.leave.daily_noise = s.behaviour.leave.run_noise = 0;
    s.groups[0].share = 0.5;
    s.groups.push_back(s.groups[0]);
    s.groups[1].name = "drawn abroad";
    s.network.areas = {{"beyond", "abroad"}};
    s.network.routes.push_back(test::route("town", "gate", 60));
    s.crossings = {{"gate", {}, {}, CrossingPolicy::open, 0, ""}};
    s.behaviour.choose.network_pull = 0;
    const auto share_abroad = [&](double draw) {
        s.groups[1].drawn_to = "beyond";
        s.groups[1].draw = draw;
        const World world = test::built(s);
        const auto result = run(world);
        return at_end(world, result, PlaceField::arrivals, "gate") /
               at_end(world, result, PlaceField::departures, "town");
    };
    // Each group chooses by its own weights; half of those who leave are of each.
    const double both = share_abroad(1 + 1e-12);
    const double none_of_it = share_abroad(0);
    const double odds = both / (1 - both);
    const double drawn = share_abroad(20);
    const double close = draws() ? 0.03 : 1e-6;
    EXPECT_NEAR(none_of_it, both / 2, close);
    EXPECT_NEAR(drawn, both / 2 + 0.5 * 20 * odds / (1 + 20 * odds), close);
}

INSTANTIATE_TEST_SUITE_P(Engines, Orders, ::testing::ValuesIn(test::every_engine), test::name_of);

}  // namespace
}  // namespace nuzuh
