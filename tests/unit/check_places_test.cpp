// Coordinates and roads that contradict each other are said, with the slip that explains them; right ones are not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/check/doubts.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using ::testing::HasSubstr;

/// Places on a grid with roads that make a detour of a fifth.
ScenarioSettings grid(double lat, double lon, double step) {
    auto settings = test::three_places();
    settings.network = {};
    const auto add = [&](int a, int b) {
        const auto &from = settings.network.places[std::size_t(a)],
                   &to = settings.network.places[std::size_t(b)];
        const double km = 1.2 * great_circle_km(from.lat, from.lon, to.lat, to.lon);
        settings.network.routes.push_back(test::route(from.place, to.place, km));
    };
    for (int i = 0; i < 12; ++i) {
        settings.network.places.push_back(test::place("p" + std::to_string(i), PlaceType::town,
                                                      lat + step * (i / 4), lon + step * (i % 4), 1000));
        if (i % 4 > 0) add(i - 1, i);
        if (i >= 4) add(i - 4, i);
    }
    return settings;
}

TEST(DoubtfulPlaces, are_none_where_all_is_right) {
    for (const auto& [lat, lon] :
         {std::pair(12.3, 24.5), {-3.1, 29.0}, {50.4, 30.5}, {64.0, -150.0}, {-15.0, 179.9}})
        for (const double step : {0.02, 0.2, 1.0}) {
            auto settings = grid(lat, lon, step);
            for (auto& place : settings.network.places.own())
                if (place.lon > 180) place.lon -= 360;
            const auto doubts = doubts_about_places(settings);
            EXPECT_TRUE(doubts.empty()) << doubts.front().path << ": " << doubts.front().message;
        }
    EXPECT_TRUE(doubts_about_places(test::with_border()).empty());
}

TEST(DoubtfulPlaces, get_the_slip_that_explains_them_wherever_they_are) {
    struct Slip {
        const char* hint;
        void (*make)(PlaceSettings&);
    };
    const Slip slips[] = {{"swapped", [](PlaceSettings& p) { std::swap(p.lat, p.lon); }},
                          {"longitude seems to lack", [](PlaceSettings& p) { p.lon = -p.lon; }},
                          {"latitude seems to lack", [](PlaceSettings& p) { p.lat = -p.lat; }},
                          {"point in the latitude", [](PlaceSettings& p) { p.lat /= 10; }},
                          {"point in the longitude", [](PlaceSettings& p) { p.lon /= 10; }},
                          {"left out", [](PlaceSettings& p) { p.lat = p.lon = 0; }}};
    for (const Slip& slip : slips) {
        for (int i = 0; i < 12; ++i) {
            auto settings = grid(12.3, 24.5, 0.2);
            slip.make(settings.network.places[std::size_t(i)]);
            const auto doubts = doubts_about_places(settings);
            ASSERT_EQ(doubts.size(), 1u) << slip.hint << " at " << i;
            EXPECT_EQ(doubts[0].path, "network.places[" + std::to_string(i) + "].lat");
            EXPECT_THAT(doubts[0].hint, HasSubstr(slip.hint));
            EXPECT_EQ(doubts[0].severity, Severity::warning);
        }
    }
}

TEST(DoubtfulPlaces, are_found_together_where_a_whole_corner_is_displaced) {
    auto settings = grid(12.3, 24.5, 0.2);
    for (int i : {3, 7}) settings.network.places[std::size_t(i)].lon *= -1;
    const auto doubts = doubts_about_places(settings);
    ASSERT_EQ(doubts.size(), 1u);
    EXPECT_THAT(doubts[0].message, HasSubstr("p3, p7"));
}

TEST(DoubtfulPlaces, without_a_road_are_found_by_their_distance) {
    auto settings = grid(12.3, 24.5, 0.2);
    settings.network.places.push_back(test::place("camp", PlaceType::camp, 24.6, 12.4, 0));
    const auto doubts = doubts_about_places(settings);
    ASSERT_EQ(doubts.size(), 1u);
    EXPECT_EQ(doubts[0].path, "network.places[12].lat");
    EXPECT_THAT(doubts[0].hint, HasSubstr("swapped"));
}

TEST(DoubtfulPlaces, are_not_looked_for_where_one_road_has_a_wrong_length) {
    for (const double factor : {0.1, 0.5, 0.75, 30.0}) {
        auto settings = grid(12.3, 24.5, 0.2);
        settings.network.routes[5].km *= factor;
        const auto doubts = doubts_about_places(settings);
        ASSERT_EQ(doubts.size(), 1u) << factor;
        EXPECT_EQ(doubts[0].path, "network.routes[5].km");
    }
}

TEST(DoubtfulPlaces, lengths_in_another_unit_are_named) {
    for (const auto& [factor, unit] : {std::pair(1 / 1.609344, "miles"), {1000.0, "metres"}}) {
        auto settings = grid(12.3, 24.5, 0.2);
        for (auto& route : settings.network.routes.own()) route.km *= factor;
        const auto doubts = doubts_about_places(settings);
        ASSERT_EQ(doubts.size(), 1u) << unit;
        EXPECT_THAT(doubts[0].hint, HasSubstr(unit));
    }
}

}  // namespace
}  // namespace nuzuh
