// Roads become routes: known answers.
#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/region/roads_fixture.hpp"

namespace nuzuh::region {
namespace {

using test::Country;
using test::degree_km;
using test::said;
using ::testing::HasSubstr;

/// West, east and south meet at a crossing; south has a ferry on the way.
Country crossing() {
    Country c;
    const int west = c.point(0, 0), middle = c.point(0, 0.1), east = c.point(0, 0.2),
              pier = c.point(-0.02, 0.1), south = c.point(-0.1, 0.1);
    c.road(west, middle, RoadKind::highway);
    c.road(middle, east, RoadKind::highway, mark_bridge);
    c.road(middle, pier, RoadKind::secondary);
    c.road(pier, south, RoadKind::ferry, mark_ferry);
    return c;
}
const std::vector<Town> crossing_towns{
    {"west", "West", 0, 0}, {"east", "East", 0, 0.2}, {"south", "South", -0.1, 0.1}};

const RouteLine* route_between(const RoadNetwork& network, const std::string& a, const std::string& b) {
    for (const auto& route : network.routes) {
        if ((route.from == a && route.to == b) || (route.from == b && route.to == a)) return &route;
    }
    return nullptr;
}

TEST(ContractRoads, roads_part_at_a_fork) {
    const auto network = contract_roads(crossing().map, crossing_towns, {});
    ASSERT_EQ(network.forks.size(), 1u);
    EXPECT_NEAR(network.forks[0].lon, 0.1, 1e-9);
    ASSERT_EQ(network.routes.size(), 3u);
    const auto* west = route_between(network, "west", "fork_1");
    ASSERT_TRUE(west);
    EXPECT_NEAR(west->km, 0.1 * degree_km, 0.006);
    EXPECT_EQ(west->road_class, "highway");
    EXPECT_EQ(route_between(network, "east", "fork_1")->notes, "bridge");
    const auto* south = route_between(network, "south", "fork_1");
    ASSERT_TRUE(south);
    EXPECT_EQ(south->notes, "ferry 8.9 km");
    EXPECT_EQ(south->road_class, "track");
    EXPECT_TRUE(network.notes.empty()) << said(network.notes);
}

TEST(ContractRoads, of_another_region_are_a_mistake) {
    const auto network = contract_roads(crossing().map, {{"a", "A", 30, 0}, {"b", "B", 31, 0}}, {});
    EXPECT_TRUE(has_errors(network.notes));
    EXPECT_THAT(said(network.notes), HasSubstr("km from every road"));
    EXPECT_FALSE(
        has_errors(contract_roads(crossing().map, {{"a", "A", 30, 0}, crossing_towns[0]}, {}).notes));
}

TEST(ContractRoads, without_forks_each_pair_has_its_route) {
    RoadSpec spec;
    spec.forks = false;
    const auto network = contract_roads(crossing().map, crossing_towns, spec);
    EXPECT_TRUE(network.forks.empty());
    ASSERT_EQ(network.routes.size(), 3u);
    EXPECT_NEAR(route_between(network, "west", "east")->km, 0.2 * degree_km, 0.006);
}

/// The point of forks: tarmac that several pairs share is one route.
TEST(ContractRoads, a_road_that_closes_closes_for_every_pair_that_used_it) {
    auto network = contract_roads(crossing().map, crossing_towns, {});
    std::erase_if(network.routes, [](const RouteLine& r) { return r.from == "west" || r.to == "west"; });
    auto km = test::distances(network.routes);
    EXPECT_FALSE(km.contains("west"));
    EXPECT_NEAR(km["east"]["south"], 0.2 * degree_km, 0.02);
}

TEST(ContractRoads, a_barrier_that_lets_nobody_through_closes_its_route) {
    Country c;
    const int a = c.point(0, 0), b = c.point(0, 0.1), d = c.point(0, 0.2);
    c.road(a, b, RoadKind::primary, mark_border | mark_closed);
    c.road(b, d);
    const auto network = contract_roads(c.map, {{"a", "", 0, 0}, {"b", "", 0, 0.1}, {"d", "", 0, 0.2}}, {});
    EXPECT_EQ(route_between(network, "a", "b")->status, "closed");
    EXPECT_EQ(route_between(network, "a", "b")->notes, "border");
    EXPECT_EQ(route_between(network, "b", "d")->status, "open");
}

TEST(ContractRoads, an_open_way_round_is_kept_beside_a_closed_road) {
    Country c;
    const int a = c.point(0, 0), b = c.point(0, 0.2), around = c.point(0.2, 0.1);
    c.road(a, b, RoadKind::primary, mark_closed);
    c.road(a, around);
    c.road(around, b);
    auto network = contract_roads(c.map, {{"a", "", 0, 0}, {"b", "", 0, 0.2}}, {});
    ASSERT_EQ(network.routes.size(), 2u);
    std::erase_if(network.routes, [](const RouteLine& r) { return r.status == "closed"; });
    ASSERT_EQ(network.routes.size(), 1u);
    EXPECT_NEAR(network.routes[0].km, 2 * std::hypot(0.2, 0.1) * degree_km, 0.02);
}

/// Two junctions 200 m apart in the middle of four long roads.
RoadNetwork double_junction(int marks_between) {
    Country c;
    const int left = c.point(0, 0.5), right = c.point(0, 0.502);
    c.road(left, right, RoadKind::primary, marks_between);
    for (const auto& [lat, lon, junction] :
         {std::tuple(0.3, 0.2, left), {-0.3, 0.2, left}, {0.3, 0.8, right}, {-0.3, 0.8, right}})
        c.road(c.point(lat, lon), junction);
    return contract_roads(
        c.map, {{"nw", "", 0.3, 0.2}, {"sw", "", -0.3, 0.2}, {"ne", "", 0.3, 0.8}, {"se", "", -0.3, 0.8}},
        {});
}

TEST(ContractRoads, junctions_near_each_other_are_one_fork_and_no_way_gets_shorter) {
    const auto network = double_junction(0);
    EXPECT_EQ(network.forks.size(), 1u);
    EXPECT_EQ(network.routes.size(), 4u);
    auto km = test::distances(network.routes);
    const double across = (std::hypot(0.3, 0.3) + std::hypot(0.3, 0.298) + 0.002) * degree_km;
    EXPECT_NEAR(km["nw"]["ne"], across, 0.02);
    EXPECT_NEAR(km["nw"]["sw"], 2 * std::hypot(0.3, 0.3) * degree_km + 0.002 * degree_km, 0.02)
        << "grows by the stretch";
}

TEST(ContractRoads, a_bridge_between_junctions_stays_a_route) {
    const auto network = double_junction(mark_bridge);
    EXPECT_EQ(network.forks.size(), 2u);
    ASSERT_EQ(network.routes.size(), 5u);
    EXPECT_EQ(route_between(network, "fork_1", "fork_2")->notes, "bridge");
}

TEST(ContractRoads, a_town_joins_the_nearest_point_of_a_road_and_not_the_nearest_bend) {
    Country c;
    c.road(c.point(0, 0), c.point(0, 0.4));
    const std::vector<Town> towns{{"a", "A", 0, 0}, {"mid", "Mid", 0.027, 0.15}, {"b", "B", 0, 0.4}};
    const auto network = contract_roads(c.map, towns, {});
    ASSERT_EQ(network.routes.size(), 2u);
    EXPECT_NEAR(route_between(network, "a", "mid")->km, 0.15 * degree_km, 0.02);
    EXPECT_THAT(said(network.notes), HasSubstr("Mid lies 3.0 km off the road it is joined to"));
}

TEST(ContractRoads, says_which_town_is_off_the_road_and_which_are_cut_off) {
    auto c = crossing();
    c.road(c.point(1, 1), c.point(1, 1.01));
    auto towns = crossing_towns;
    towns.push_back({"far", "Far", 0.3, 0.2});
    towns.push_back({"alone", "Alone", 1, 1});
    const auto network = contract_roads(c.map, towns, {});
    EXPECT_THAT(said(network.notes),
                HasSubstr("far: Far lies 33.4 km from the nearest road and is joined to none"));
    EXPECT_THAT(said(network.notes), HasSubstr("alone: no road joins Alone to West, East, South"));
    EXPECT_EQ(network.routes.size(), 3u);
}

TEST(ContractRoads, a_car_park_is_no_road_to_join) {
    auto c = crossing();
    c.road(c.point(0.001, 0.0001), c.point(0.001, 0.0002));
    auto towns = crossing_towns;
    towns[0].lat = 0.001;
    EXPECT_TRUE(contract_roads(c.map, towns, {}).notes.empty());
}

TEST(ContractRoads, towns_on_one_spot_get_the_shortest_route_there_is) {
    Country c;
    c.road(c.point(0, 0), c.point(0, 0.4));
    const auto network = contract_roads(c.map, {{"a", "", 0, 0}, {"twin", "", 0, 0}, {"b", "", 0, 0.4}}, {});
    ASSERT_EQ(network.routes.size(), 2u);
    EXPECT_EQ(route_between(network, "a", "twin")->km, 0.01);
}

}  // namespace
}  // namespace nuzuh::region
