// The rules have the values that their formulas say, and say the same for a double and for packs of every width.
#include <cmath>

#include <gtest/gtest.h>

#include "sim/rules/arriving.hpp"
#include "sim/rules/choosing.hpp"
#include "sim/rules/danger.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::rules {
namespace {

TEST(LeaveChance, of_four_quarter_days_is_that_of_a_day) {
    const double stay = 1 - leave_chance(0.3, 0.25);
    EXPECT_NEAR(1 - std::pow(stay, 4), leave_chance(0.3, 1), 1e-15);
    EXPECT_NEAR(leave_chance(std::log(2), 1), 0.5, 1e-15);
}

TEST(LeaveChance, never_passes_one_and_keeps_small_hazards) {
    EXPECT_EQ(leave_chance(0.0, 1), 0);
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

LeaveRates<double> rates() {
    return {.h0 = 0.001,
            .h_max = 0.4,
            .neighbours = 1,
            .h_front = 0.2,
            .h_capture = 3,
            .displaced_factor = 1.5,
            .onward_without_shelter = 0.02};
}

TEST(HazardAtHome, adds_what_drives_people_away) {
    const auto hazard = [](double response, double gone, double front, double noise = 1,
                           bool fallen = false) {
        return hazard_at_home(rates(), shared_hazards(rates(), gone, front, noise, fallen, 0.0), response);
    };
    EXPECT_DOUBLE_EQ(hazard(0, 1, 0), 0.001);
    EXPECT_DOUBLE_EQ(hazard(0.5, 0, 0), 0.201);
    EXPECT_DOUBLE_EQ(hazard(0.5, 0.5, 0), 0.301);
    EXPECT_DOUBLE_EQ(hazard(0.5, 0, 0.5), 0.301);
    EXPECT_DOUBLE_EQ(hazard(0.5, 0, 0.5, 2), 0.602);
    EXPECT_DOUBLE_EQ(hazard(0.5, 0, 0.5, 2, true), 3.602);
}

TEST(HazardWaiting, is_patience_at_a_crossing_and_none_where_turned_away) {
    EXPECT_DOUBLE_EQ(hazard_displaced(rates(), 0.1, 0.01), 0.16);
    EXPECT_DOUBLE_EQ(hazard_waiting(rates(), 0.1, true), 0.17);
    EXPECT_EQ(leave_chance(hazard_waiting(rates(), 0.0, false), 0.25), 1);
}

TEST(ShareGone, is_of_those_who_lived_there) {
    EXPECT_DOUBLE_EQ(share_gone(0.75, true), 0.25);
    EXPECT_EQ(share_gone(1.25, true), 0);
    EXPECT_EQ(share_gone(0.0, false), 0);
}

TEST(ChanceHeldBack, is_that_of_those_who_stayed_only_because_the_way_was_closed) {
    const double hazard = 0.7, access = 0.3, length = 0.5;
    const double closed = leave_chance(access * hazard, length), wanted = leave_chance(hazard, length);
    EXPECT_NEAR(chance_held_back(access, hazard, length), (wanted - closed) / (1 - closed), 1e-15);
    EXPECT_EQ(chance_held_back(1.0, hazard, length), 0);
    EXPECT_EQ(chance_held_back(0.0, hazard, length), wanted);
}

TEST(PartReturning, divides_competing_hazards_in_proportion) {
    EXPECT_DOUBLE_EQ(part_returning(1.0, 0.3, 0.1), 0.25);
    EXPECT_DOUBLE_EQ(leaving_per_hazard(8.0, 0.3, 0.1) * 0.1, part_returning(8.0, 0.3, 0.1));
    EXPECT_EQ(part_returning(1.0, 0.0, 0.0), 0);
    EXPECT_DOUBLE_EQ(leave_chance(0.4, 1.0) * part_of_strongest(0.3, 0, 0.1, 1), leave_chance(0.3, 1.0));
    EXPECT_DOUBLE_EQ(leave_chance(0.8, 1.0) * part_of_strongest(0.3, 0.1, 0.5, 1), leave_chance(0.4, 1.0));
    EXPECT_EQ(part_of_strongest(0.3, 0.1, 0.1, 1), 1);
    EXPECT_EQ(part_of_strongest(0.3, 0, 0, 1), 1);
}

TEST(RememberedExposure, halves_in_a_half_life_and_grows_with_strikes) {
    double exposure = 80;
    for (int day = 0; day < 7; ++day) exposure = remembered_exposure(7, exposure, 0, 1);
    EXPECT_NEAR(exposure, 40, 1e-12);
    EXPECT_DOUBLE_EQ(remembered_exposure(7, 0, 12, 0.25), 3);
}

TEST(DangerIndex, is_about_one_under_a_steady_strike_a_day_and_one_more_with_each_doubling) {
    const auto steady = [&](double strikes_per_day) {
        double exposure = 0;
        for (int day = 0; day < 400; ++day) exposure = remembered_exposure(7, exposure, strikes_per_day, 1);
        return danger_index(7, exposure);
    };
    EXPECT_EQ(danger_index(7, 0), 0);
    EXPECT_NEAR(steady(1), 1, 0.1);
    EXPECT_NEAR(steady(512) - steady(256), 1, 0.01);
}

TEST(RoomFactor, closes_a_place_as_it_fills_and_leaves_the_floor) {
    const auto room = [](double displaced, double capacity) {
        return room_factor(displaced * inverse(capacity), capacity, 1 - 0.8, 0.05);
    };
    EXPECT_EQ(room(0, 1000), 1);
    EXPECT_EQ(room(800, 1000), 1);
    EXPECT_NEAR(room(900, 1000), 0.5, 1e-12);
    EXPECT_EQ(room(1000, 1000), 0.05);
    EXPECT_EQ(room(5000, 1000), 0.05);
    EXPECT_EQ(room(0, 0), 0.05);
}

TEST(OnwardRate, is_the_mean_of_those_with_and_without_shelter) {
    EXPECT_DOUBLE_EQ(onward_rate(0.01, 0.02, 500.0, 1000.0), 0.01);
    EXPECT_DOUBLE_EQ(onward_rate(0.01, 0.02, 2000.0, 1000.0), 0.015);
    EXPECT_DOUBLE_EQ(onward_rate(0.01, 0.02, 0.0, 1000.0), 0.01);
}

TEST(NetworkFactor, grows_with_people_from_home_and_softens_with_all_of_them) {
    EXPECT_DOUBLE_EQ(network_factor(3.0, per_softening(0.0, 500.0), 0.5), 2);
    EXPECT_DOUBLE_EQ(network_factor(30.0, per_softening(0.1, 100.0), 0.5), 2);
    EXPECT_EQ(network_factor(30.0, 1.0, 0.0), 1);
    EXPECT_EQ(per_softening(0.1, 3.0), 1);
}

TEST(RememberedArrivals, fade_and_do_not_count_those_who_leave) {
    EXPECT_DOUBLE_EQ(remembered_arrivals(8.0, memory_left(20, 10), 7.0, 4.0), 5);
    EXPECT_DOUBLE_EQ(remembered_arrivals(8.0, 0.5, 3.0, 4.0), 4);
}

TEST(Attraction, multiplies_what_a_place_has_and_what_deters) {
    EXPECT_DOUBLE_EQ(attraction_there(2, population_factor(10'000, 0.5), 0.5, 2), 200 * std::exp(-1));
    EXPECT_EQ(population_factor(0, 0.5), 1);
    EXPECT_DOUBLE_EQ(nearness(3, 1, 2), 1.0 / 16);
    EXPECT_EQ(nearness(std::numeric_limits<double>::infinity(), 1, 2), 0);
    EXPECT_DOUBLE_EQ(passing_factor(0.3, 2), std::exp(-0.6));
}

TEST(RoomOnArrival, is_none_at_a_crossing_or_where_the_town_has_fallen) {
    EXPECT_EQ(room_on_arrival(true, false, false, 100), 0);
    EXPECT_EQ(room_on_arrival(false, true, true, 100), 0);
    EXPECT_EQ(room_on_arrival(false, false, true, 70), 70);
    EXPECT_TRUE(std::isinf(room_on_arrival(false, false, false, -200)));
}

TEST(Quota, leaves_over_what_the_next_in_line_is_too_large_for) {
    const double room = room_at_crossing(10, 0.25, 1.5);
    EXPECT_EQ(room, 4);
    EXPECT_EQ(quota_carry_over(10, room, 3, true), 1);
    EXPECT_EQ(quota_carry_over(10, room, 3, false), 0);
    EXPECT_EQ(room_at_crossing(0, 1, 1.5), 0);
}

TEST(TravelSteps, are_whole_and_at_least_one) {
    EXPECT_EQ(travel_steps(0, 8, 1), 1);
    EXPECT_EQ(travel_steps(8, 8, 1), 1);
    EXPECT_EQ(travel_steps(8.1, 8, 1), 2);
    EXPECT_EQ(travel_steps(8, 8, 0.25), 4);
}

/// Each number of a pack is what a double gives.
template <class V>
void expect_as_double() {
    constexpr int lanes = int(sizeof(V) / sizeof(double));
    for (int first = 0; first < 32; first += lanes) {
        V x{}, y{};
        for (int l = 0; l < lanes; ++l) {
            x[l] = 0.09 * (first + l);
            y[l] = std::fmod(1.7 * (first + l), 3.0);
        }
        LeaveRates<V> leave;
        for_each_rate(leave, rates(), [](V& pack, double rate) { pack = V{} + rate; });
        const V one = V{} + 1.0;
        const V home = hazard_at_home(leave, shared_hazards(leave, V(y * 0.3), V(x * 0.3), y, true, x), x);
        const V packs[] = {home,
                           hazard_displaced(leave, home, x),
                           hazard_waiting(leave, home, true),
                           onward_rate(x, leave.onward_without_shelter, V(x * 1000.0), V(y * 700.0)),
                           share_gone(x, y > 0),
                           leave_chance(x, 0.25),
                           chance_held_back(V(x * 0.3), y, 0.5),
                           part_returning(x, x, y),
                           leaving_per_hazard(one, x, y),
                           room_factor(V(x * 0.5), y, V(one * 0.3), V(one * 0.05)),
                           per_softening(x, V(y * 4.0)),
                           network_factor(V(x * 50.0), V(one * 0.2), y),
                           remembered_arrivals(x, V(one * 0.9), y, x)};
        for (int l = 0; l < lanes; ++l) {
            const double a = x[l], b = y[l];
            const auto here = shared_hazards(rates(), b * 0.3, a * 0.3, b, true, a);
            const double h = hazard_at_home(rates(), here, a);
            const double doubles[] = {h,
                                      hazard_displaced(rates(), h, a),
                                      hazard_waiting(rates(), h, true),
                                      onward_rate(a, rates().onward_without_shelter, a * 1000, b * 700),
                                      share_gone(a, b > 0),
                                      leave_chance(a, 0.25),
                                      chance_held_back(a * 0.3, b, 0.5),
                                      part_returning(a, a, b),
                                      leaving_per_hazard(1.0, a, b),
                                      room_factor(a * 0.5, b, 0.3, 0.05),
                                      per_softening(a, b * 4),
                                      network_factor(a * 50, 0.2, b),
                                      remembered_arrivals(a, 0.9, b, a)};
            for (std::size_t rule = 0; rule < std::size(doubles); ++rule)
                EXPECT_NEAR(packs[rule][l], doubles[rule], 1e-14 * (1 + std::abs(doubles[rule])))
                    << "rule " << rule << " of " << a << ", " << b;
        }
    }
}

TEST(Rules, say_the_same_for_packs_of_every_width) {
    expect_as_double<pack::Pack<2>>();
    expect_as_double<pack::Pack<4>>();
    expect_as_double<pack::Pack<8>>();
}

}  // namespace
}  // namespace nuzuh::rules
