// Lines and middles across the 180th meridian.
#include "output/longitude.hpp"

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

TEST(Longitude, a_line_across_the_date_line_is_cut_there) {
    const auto parts = cut_at_date_line({-17.0, 179.6}, {-17.1, -179.7});
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].first.lon, 179.6);
    EXPECT_EQ(parts[0].second.lon, 180);
    EXPECT_EQ(parts[1].first.lon, -180);
    EXPECT_EQ(parts[1].second.lon, -179.7);
    EXPECT_NEAR(parts[0].second.lat, -17.0 - 0.1 * 4 / 7, 1e-9);
    EXPECT_EQ(parts[0].second.lat, parts[1].first.lat);
}

TEST(Longitude, westward_the_same_parts_stand_in_the_other_order) {
    const auto east = cut_at_date_line({52, 178}, {54, -174}), west = cut_at_date_line({54, -174}, {52, 178});
    ASSERT_EQ(west.size(), 2u);
    EXPECT_EQ(west[0].second.lon, -180);
    EXPECT_EQ(west[1].first.lon, 180);
    EXPECT_NEAR(west[0].second.lat, 52.5, 1e-9);
    EXPECT_NEAR(east[0].second.lat, 52.5, 1e-9);
}

TEST(Longitude, a_place_on_the_date_line_lies_on_the_side_of_the_other) {
    for (double on : {180.0, -180.0}) {
        const auto from = cut_at_date_line({1, on}, {2, -179}), to = cut_at_date_line({2, 179}, {1, on});
        ASSERT_EQ(from.size(), 1u);
        EXPECT_EQ(from[0].first.lon, -180);
        ASSERT_EQ(to.size(), 1u);
        EXPECT_EQ(to[0].second.lon, 180);
    }
    EXPECT_EQ(cut_at_date_line({1, 180}, {2, -180}).size(), 1u);
}

TEST(Longitude, a_line_across_greenwich_is_left_whole) {
    EXPECT_EQ(cut_at_date_line({51, -0.4}, {51, 0.3}).size(), 1u);
    EXPECT_EQ(cut_at_date_line({36, 36.5}, {36, 37.1}).size(), 1u);
}

TEST(Longitude, the_middle_of_places_lies_among_them) {
    EXPECT_NEAR(mean_longitude({179.6, -179.7}), 179.95, 1e-9);
    EXPECT_NEAR(mean_longitude({179.6, -179.2}), -179.8, 1e-9);
    EXPECT_NEAR(mean_longitude({178, -178, 179}), 179.6666667, 1e-6);
    EXPECT_NEAR(mean_longitude({-0.4, 0.3}), -0.05, 1e-12);
    EXPECT_NEAR(mean_longitude({36.1, 37.3}), 36.7, 1e-12);
    EXPECT_EQ(mean_longitude({180}), 180);
}

TEST(Longitude, places_stand_in_one_frame_without_a_jump) {
    EXPECT_EQ(western_end({-179.7, 179.6}), 179.6);
    EXPECT_EQ(from_west(179.6, -179.7), 180.3);
    EXPECT_EQ(western_end({-70, -60, 20}), -70);
    EXPECT_EQ(western_end({-175, 170, 160}), 160);
    EXPECT_EQ(from_west(-70, 20), 20);
}

}  // namespace
}  // namespace nuzuh
