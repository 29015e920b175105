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
    EXPECT_DOUBLE_EQ(response(0.5, 1, 3), 1.0 / 9);
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
    const auto ordered = [](bool fallen) {
        return hazard_at_home(rates(), shared_hazards(rates(), 0.0, 0.0, 2.0, fallen, 0.7), 0.0);
    };
    EXPECT_DOUBLE_EQ(ordered(false),
                     0.702);  // whoever has to go does not go by chance: noise leaves it as it is
    EXPECT_DOUBLE_EQ(ordered(true), 3.702);
}

/// A half of those who comply and are still there goes each day: three in four comply, so that of 16 there are 10 after a day, 7 after two.
TEST(HazardUnderOrder, leaves_those_who_do_not_comply_and_does_not_depend_on_the_step) {
    const double delay = 1 / std::log(2);
    EXPECT_DOUBLE_EQ(hazard_under_order(0.75, delay, 0, 1), std::log(16.0 / 10));
    EXPECT_DOUBLE_EQ(hazard_under_order(0.75, delay, 1, 1), std::log(10.0 / 7));
    EXPECT_DOUBLE_EQ(hazard_under_order(0.75, delay, 0, 2), std::log(16.0 / 7) / 2);
    EXPECT_NEAR(hazard_under_order(0.75, delay, 50, 1), 0, 1e-14);
    EXPECT_EQ(hazard_under_order(0, delay, 0, 1), 0);
}

TEST(HazardUnderOrder, is_that_of_the_delay_at_any_time_where_all_comply) {
    EXPECT_EQ(hazard_under_order(1, 4, 0, 1), 0.25);
    EXPECT_EQ(hazard_under_order(1, 4, 1e5, 0.5), 0.25);  // of whom none would be left to compare
    EXPECT_NEAR(hazard_under_order(1 - 1e-12, 4, 0, 1), 0.25, 1e-9);
}

TEST(HazardWaiting, is_patience_at_a_crossing_and_none_where_turned_away) {
    EXPECT_DOUBLE_EQ(hazard_displaced(rates(), 0.1, 0.01), 0.16);
    EXPECT_DOUBLE_EQ(hazard_waiting(rates(), 0.1, true), 0.17);
    EXPECT_EQ(leave_chance(hazard_waiting(rates(), 0.0, false), 0.25), 1);
}

double sum(const ByCause<double>& parts) {
    double all = 0;
    for (const double part : parts.of) all += part;
    return all;
}

TEST(ByCauses, hazards_are_divided_without_remainder) {
    for (const bool fallen : {false, true}) {
        for (const double displaced : {0.0, 500.0, 3000.0}) {
            const auto here = shared_hazards(rates(), 0.3, 0.7, 1.7, fallen, 0.05);
            const double home = hazard_at_home(rates(), here, 0.4);
            const auto causes = causes_at_home(rates(), here, 0.4);
            EXPECT_DOUBLE_EQ(sum(causes), home);
            EXPECT_EQ(causes[Cause::capture], fallen ? 3 : 0);
            const double away = hazard_displaced(rates(), home, onward_rate(0.01, 0.02, displaced, 1000.0));
            const auto of_away =
                causes_displaced(rates(), causes, 0.01, share_without_shelter(displaced, 1000.0));
            EXPECT_DOUBLE_EQ(sum(of_away), away);
            EXPECT_DOUBLE_EQ(sum(causes_displaced(rates(), causes, 0.01, 1.0)),
                             hazard_waiting(rates(), home, true));
            EXPECT_DOUBLE_EQ(sum(shares_of(of_away)), 1);
            EXPECT_DOUBLE_EQ(shares_of(of_away)[Cause::strikes], 1.5 * 1.7 * 0.4 * 0.4 * 1.3 / away);
        }
    }
    EXPECT_EQ(sum(shares_of(ByCause<double>())), 0) << "nothing drives anybody away";
}

TEST(ShareGone, is_of_those_who_lived_there) {
    EXPECT_DOUBLE_EQ(share_gone(0.75, true), 0.25);
    EXPECT_EQ(share_gone(1.25, true), 0);
    EXPECT_EQ(share_gone(0.0, false), 0);
}

TEST(ChanceOfNobody, is_that_each_of_them_stays) {
    EXPECT_DOUBLE_EQ(chance_of_nobody(1, 0.6, 0.5), 1 - leave_chance(0.6, 0.5));
    EXPECT_DOUBLE_EQ(chance_of_nobody(3, 0.6, 0.5), std::pow(chance_of_nobody(1, 0.6, 0.5), 3));
    EXPECT_EQ(chance_of_nobody(0, 0.6, 0.5), 1);
}

TEST(ChanceHeldBack, is_that_of_those_who_stayed_only_because_the_way_was_closed) {
    const double hazard = 0.7, access = 0.3, length = 0.5;
    const double closed = leave_chance(access * hazard, length), wanted = leave_chance(hazard, length);
    EXPECT_NEAR(chance_held_back(access, hazard, length), (wanted - closed) / (1 - closed), 1e-15);
    EXPECT_EQ(chance_held_back(1.0, hazard, length), 0);
    EXPECT_EQ(chance_held_back(0.0, hazard, length), wanted);
    // Three in four want to go, one in two gets out: of the half that stays, a half was held back.
    EXPECT_DOUBLE_EQ(chance_held_back(0.5, 2 * std::log(2), 1.0), 0.5);
    EXPECT_EQ(chance_held_back(1.0, turned_away_hazard, 1.0), 0);
}

/// With a spread of 1 the share 1 / (1 + R) is still away once the mean rates have added up to R.
TEST(RateOfThoseStillAway, falls_as_the_readiest_go) {
    EXPECT_DOUBLE_EQ(rate_of_those_still_away(0.5, 1, 0, 2), std::log(2) / 2);
    EXPECT_DOUBLE_EQ(rate_of_those_still_away(0.5, 1, 1, 2), std::log(1.5) / 2);
    EXPECT_DOUBLE_EQ(rate_of_those_still_away(0.3, 0, 5, 1), 0.3);
    EXPECT_NEAR(rate_of_those_still_away(0.3, 1e-6, 5, 1), 0.3, 1e-9);
    EXPECT_EQ(rate_of_those_still_away(0, 1, 5, 1), 0);
}

/// With a spread of 2, the share (1 + 4 R)^(-1/4).
TEST(RateOfThoseStillAway, leaves_as_many_away_by_steps_of_any_length) {
    const auto away_after = [](double step_days) {
        double away = 1, so_far = 0;
        for (double t = 0; t < 4; t += step_days, so_far += 0.9375 * step_days)
            away *= 1 - leave_chance(rate_of_those_still_away(0.9375, 2, so_far, step_days), step_days);
        return away;
    };
    for (double step_days : {4.0, 1.0, 0.25}) EXPECT_NEAR(away_after(step_days), 0.5, 1e-14);
}

TEST(HomesLost, each_strike_hits_any_of_the_homes_alike) {
    EXPECT_DOUBLE_EQ(homes_lost(10, 2, 20), 1 - std::exp(-1));
    EXPECT_DOUBLE_EQ(1 - homes_lost(7, 2, 20), (1 - homes_lost(3, 2, 20)) * (1 - homes_lost(4, 2, 20)));
    EXPECT_DOUBLE_EQ(homes_lost(1, 1, 1), 1 - std::exp(-1));
    EXPECT_NEAR(homes_lost(1, 1, 1e9) * 1e9, 1, 1e-6);
    EXPECT_EQ(homes_lost(10, 2, 0), 0);
    EXPECT_EQ(homes_lost(0, 2, 20), 0);
}

TEST(AbleToReturn, are_those_of_the_away_whose_home_stands) {
    EXPECT_DOUBLE_EQ(able_to_return(0.25, 100, 50), 0.5);  // 25 of the 50 who are away have lost theirs
    EXPECT_DOUBLE_EQ(able_to_return(0.25, 100, 0), 0.75);
    EXPECT_EQ(able_to_return(0.25, 100, 90), 0);
    EXPECT_EQ(able_to_return(0.25, 100, 100), 1);
    EXPECT_DOUBLE_EQ(able_to_return(0.25, 2, 1), 0.5);
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

TEST(DangerBand, begins_at_its_index) {
    EXPECT_EQ(danger_band(0), DangerBand::below_1);
    EXPECT_EQ(danger_band(std::nextafter(1, 0)), DangerBand::below_1);
    EXPECT_EQ(danger_band(1), DangerBand::from_1);
    EXPECT_EQ(danger_band(2), DangerBand::from_2);
    EXPECT_EQ(danger_band(3), DangerBand::from_3);
    EXPECT_EQ(danger_band(30), DangerBand::from_3);
}

TEST(DistanceDecay, is_one_in_e_at_the_reach) {
    EXPECT_EQ(distance_decay(0.0, 15), 1);
    EXPECT_DOUBLE_EQ(distance_decay(15.0, 15), std::exp(-1));
    EXPECT_DOUBLE_EQ(distance_decay(45.0, 15), std::exp(-3));
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
    EXPECT_EQ(room(0.5, 1), 1);
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
    EXPECT_EQ(quota_carry_over(0, 4, 3, true), 0);
    EXPECT_EQ(room_at_crossing(0.5, 1, 0.25), 0.75);  // less than one person a day adds up
    EXPECT_EQ(quota_carry_over(0.5, 0.75, 0, true), 0.75);
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
        const V home = hazard_at_home(leave, shared_hazards(leave, V(y * 0.3), V(x * 0.3), y, y > 1, x), x);
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
            const auto here = shared_hazards(rates(), b * 0.3, a * 0.3, b, b > 1, a);
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
