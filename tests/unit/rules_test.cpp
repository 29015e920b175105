#include "sim/model/rules.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

TEST(LeaveChance, of_four_quarter_days_is_that_of_a_day) {
    const double stay = 1 - leave_chance(0.3, 0.25);
    EXPECT_NEAR(1 - std::pow(stay, 4), leave_chance(0.3, 1), 1e-15);
    EXPECT_NEAR(leave_chance(std::log(2), 1), 0.5, 1e-15);
}

TEST(LeaveChance, never_passes_one_and_keeps_small_hazards) {
    EXPECT_EQ(leave_chance(0, 1), 0);
    EXPECT_LE(leave_chance(1e6, 1), 1);
    EXPECT_NEAR(leave_chance(1e-18, 1) / 1e-18, 1, 1e-12);
}

TEST(Response, is_a_half_at_the_threshold_and_saturates) {
    EXPECT_EQ(response(0, 30, 2), 0);
    EXPECT_DOUBLE_EQ(response(30, 30, 2), 0.5);
    EXPECT_DOUBLE_EQ(response(60, 30, 2), 0.8);
    EXPECT_LE(response(1e9, 30, 2), 1);
    EXPECT_TRUE(std::isfinite(response(1e300, 1e-3, 20)));
}

TEST(DangerHazard, adds_what_drives_people_away) {
    LeaveSettings leave;
    leave.h0 = 0.001;
    leave.h_max = 0.4;
    leave.steepness = 2;
    leave.neighbours = 1;
    leave.h_front = 0.2;
    EXPECT_DOUBLE_EQ(danger_hazard(leave, 0, 1, 0), 0.001);
    EXPECT_DOUBLE_EQ(danger_hazard(leave, 0.5, 0, 0), 0.201);
    EXPECT_DOUBLE_EQ(danger_hazard(leave, 0.5, 0.5, 0), 0.301);
    EXPECT_DOUBLE_EQ(danger_hazard(leave, 0.5, 0, 0.5), 0.301);
}

TEST(RememberedExposure, halves_in_a_half_life_and_grows_with_strikes) {
    LeaveSettings leave;
    leave.memory_half_life_days = 7;
    double exposure = 80;
    for (int day = 0; day < 7; ++day) exposure = remembered_exposure(leave, exposure, 0, 1);
    EXPECT_NEAR(exposure, 40, 1e-12);
    EXPECT_DOUBLE_EQ(remembered_exposure(leave, 0, 12, 0.25), 3);
}

TEST(DangerIndex, is_about_one_under_a_steady_strike_a_day_and_one_more_with_each_doubling) {
    LeaveSettings leave;
    const auto steady = [&](double strikes_per_day) {
        double exposure = 0;
        for (int day = 0; day < 400; ++day) {
            exposure = remembered_exposure(leave, exposure, strikes_per_day, 1);
        }
        return danger_index(leave, exposure);
    };
    EXPECT_EQ(danger_index(leave, 0), 0);
    EXPECT_NEAR(steady(1), 1, 0.1);
    EXPECT_NEAR(steady(512) - steady(256), 1, 0.01);
}

TEST(Throttle, closes_a_place_as_it_fills_and_leaves_the_floor) {
    ChooseSettings choose;
    choose.capacity_buffer = 0.8;
    choose.capacity_floor = 0.05;
    EXPECT_EQ(throttle(choose, 0, 1000), 1);
    EXPECT_EQ(throttle(choose, 800, 1000), 1);
    EXPECT_NEAR(throttle(choose, 900, 1000), 0.5, 1e-12);
    EXPECT_EQ(throttle(choose, 1000, 1000), 0.05);
    EXPECT_EQ(throttle(choose, 5000, 1000), 0.05);
    EXPECT_EQ(throttle(choose, 0, 0), 0.05);
}

TEST(OnwardRate, is_the_mean_of_those_with_and_without_shelter) {
    LeaveSettings leave;
    leave.onward_without_shelter = 0.02;
    EXPECT_DOUBLE_EQ(onward_rate(leave, 0.01, 500, 1000), 0.01);
    EXPECT_DOUBLE_EQ(onward_rate(leave, 0.01, 2000, 1000), 0.015);
    EXPECT_DOUBLE_EQ(onward_rate(leave, 0.01, 0, 1000), 0.01);
}

TEST(TravelSteps, are_whole_and_at_least_one) {
    EXPECT_EQ(travel_steps(0, 8, 1), 1);
    EXPECT_EQ(travel_steps(8, 8, 1), 1);
    EXPECT_EQ(travel_steps(8.1, 8, 1), 2);
    EXPECT_EQ(travel_steps(8, 8, 0.25), 4);
}

}  // namespace
}  // namespace nuzuh
