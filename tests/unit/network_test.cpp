#include "sim/model/network.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

TEST(GreatCircle, knows_distances_on_the_globe) {
    const double quarter = std::acos(-1.0) / 2 * 6371.0088;
    EXPECT_NEAR(great_circle_km(0, 0, 0, 90), quarter, 1e-6);
    EXPECT_NEAR(great_circle_km(90, 0, 0, 123), quarter, 1e-6);
    EXPECT_NEAR(great_circle_km(0, 0, 0, 180), 2 * quarter, 1e-6);
    EXPECT_NEAR(great_circle_km(0, 179.5, 0, -179.5), quarter / 90, 1e-6);  // across the date line
    EXPECT_EQ(great_circle_km(35.64830, 36.67693, 35.64830, 36.67693), 0);
    // Khan Sheikhoun to Maarat al-Numan: 0.20622 degrees of latitude, 0.02598 of longitude.
    EXPECT_NEAR(great_circle_km(35.44208, 36.65095, 35.64830, 36.67693), 23.05, 0.01);
}

TEST(HoursOnRoad, depend_on_class_by_vehicle_and_not_on_foot) {
    TravelSettings travel;
    travel.speed_kmh = 20;
    travel.factor_mountain = 0.5;
    travel.foot_km_per_day = 32;
    travel.hours_per_day = 8;
    const Road primary{0, 1, 40, RouteClass::primary};
    const Road mountain{0, 1, 40, RouteClass::mountain};
    EXPECT_DOUBLE_EQ(hours_on_road(primary, TravelMode::vehicle, travel), 2);
    EXPECT_DOUBLE_EQ(hours_on_road(mountain, TravelMode::vehicle, travel), 4);
    EXPECT_DOUBLE_EQ(hours_on_road(primary, TravelMode::foot, travel), 10);
    EXPECT_DOUBLE_EQ(hours_on_road(mountain, TravelMode::foot, travel), 10);
}

// A square 0-1-2-3 with a slow diagonal 0-2, and a place 4 with no road.
//
//     0 --1h-- 1
//     |  \5h   |
//     1h    \  1h
//     3 --2h-- 2        4
struct Square : ::testing::Test {
    std::vector<Road> roads{{0, 1, 1, {}}, {1, 2, 1, {}}, {2, 3, 1, {}}, {3, 0, 1, {}}, {0, 2, 1, {}}};
    std::vector<double> hours{1, 1, 2, 1, 5};
    std::vector<bool> open = std::vector<bool>(5, true);
    std::vector<bool> through = std::vector<bool>(5, true);

    FastestWays ways() const { return fastest_ways(5, roads, hours, {open, through}); }
};

TEST_F(Square, ways_are_the_fastest_and_lead_both_ways) {
    const auto fast = ways();
    EXPECT_EQ(fast.hours(0, 2), 2);
    EXPECT_EQ(fast.leg(0, 2)->before, 1);
    EXPECT_EQ(fast.leg(0, 2)->road, 1);
    EXPECT_EQ(fast.hours(2, 0), 2);
    EXPECT_EQ(fast.leg(2, 0)->road, 0);
    for (int i = 0; i < 5; ++i) {
        for (int j = 0; j < 5; ++j) EXPECT_EQ(fast.hours(i, j), fast.hours(j, i));
    }
    std::vector<int> nearest_first;
    for (const auto& leg : fast.legs(0)) nearest_first.push_back(leg.to);
    EXPECT_EQ(nearest_first, (std::vector<int>{1, 3, 2}));
}

TEST_F(Square, what_no_road_leads_to_is_never_reached) {
    const auto fast = ways();
    EXPECT_TRUE(std::isinf(fast.hours(0, 4)));
    EXPECT_EQ(fast.leg(0, 4), nullptr);
    EXPECT_EQ(fast.hours(4, 4), 0);
    EXPECT_TRUE(fast.legs(4).empty());
}

TEST_F(Square, a_closed_road_is_gone_round) {
    open[1] = false;
    EXPECT_EQ(ways().hours(0, 2), 3);
    EXPECT_EQ(ways().leg(0, 2)->before, 3);
}

TEST_F(Square, a_place_that_cannot_be_passed_is_reached_and_gone_round) {
    through[1] = false;
    const auto fast = ways();
    EXPECT_EQ(fast.hours(0, 1), 1);
    EXPECT_EQ(fast.hours(0, 2), 3);
    EXPECT_EQ(fast.hours(1, 2), 1) << "those who start there get out";
    through[3] = false;
    EXPECT_EQ(ways().hours(0, 2), 5);
}

TEST_F(Square, equal_ways_are_told_apart_by_the_smaller_place) {
    hours[2] = 1;  // over 1 and over 3 now take as long
    EXPECT_EQ(ways().leg(0, 2)->before, 1);
    std::swap(roads[0], roads[3]);
    std::swap(roads[1], roads[2]);
    EXPECT_EQ(ways().leg(0, 2)->before, 1) << "the order of roads must not matter";
}

}  // namespace
}  // namespace nuzuh
