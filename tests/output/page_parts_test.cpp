// What pages and tables say of a scenario: what it assumes, what is doubtful in it, and why people came.
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/brief/parts.hpp"
#include "output/network/page.hpp"
#include "output/results.hpp"
#include "output/why_table.hpp"
#include "sim/scenario/echo.hpp"
#include "tests/support/rich_world.hpp"

namespace nuzuh {
namespace {

using testing::HasSubstr;

TEST(Assumptions, say_what_the_scenario_gives) {
    auto settings = test::rich_settings();
    settings.crossings.push_back({"gate", test::day(20), test::day(25), CrossingPolicy::open, 0, "a"});
    settings.crossings.push_back({"gate", test::day(30), {}, CrossingPolicy::closed, 0, "b"});
    settings.orders.push_back({"front_line", "", test::day(25), {}, {}, {}, ""});
    settings.ceasefires.push_back({"front_line", "", test::day(33), test::day(35), ""});
    settings.displaced.push_back({"camp", "", 300, {}, 0, ""});
    settings.displaced.push_back({"north", "south", 200, {}, 0, ""});
    const Json said = brief::assumptions(effective_yaml(settings));
    std::vector<std::string> policies;
    for (const auto& crossing : said["crossings"]) policies.push_back(crossing["policy"]);
    EXPECT_EQ(policies, (std::vector<std::string>{"quota", "open", "closed"}));
    EXPECT_EQ(said["crossings"][0]["from"], nullptr);
    EXPECT_EQ(said["crossings"][1]["to"], iso(test::day(25)));
    EXPECT_EQ(said["orders"][0]["of"], "north");
    EXPECT_EQ(said["orders"][1]["of"], "front_line");
    EXPECT_EQ(said["ceasefires"][0]["of"], "middle");
    EXPECT_EQ(said["ceasefires"][1]["of"], "front_line");
    EXPECT_EQ(said["displaced_at_start"], 500);
    EXPECT_EQ(said["departures_given"], false);
    EXPECT_EQ(said["rules"], "");
    bool found = false;
    for (const auto& number : said["behaviour"])
        if (number["key"] == "return.quiet_days") found = number["value"] == 5 && number["default"] != 5;
    EXPECT_TRUE(found);
    EXPECT_THROW(brief::assumptions("title: ["), ResultsError);
}

TEST(Assumptions, under_other_rules_are_theirs_and_nothing_can_be_moved) {
    auto settings = test::three_places();
    settings.behaviour.rules = Rules::flee3;
    const std::string scenario = effective_yaml(settings);
    const Json said = brief::assumptions(scenario);
    EXPECT_EQ(said["rules"], "flee3");
    EXPECT_FALSE(said["behaviour"].empty());
    EXPECT_TRUE(brief::levers(scenario).is_null());
    EXPECT_TRUE(brief::levers("no: scenario").is_null());
}

TEST(Assumptions, levers_name_each_area_once) {
    const auto settings = test::rich_settings();
    const Json levers = brief::levers(effective_yaml(settings));
    EXPECT_EQ(levers["areas"], Json({"front_line", "beyond"}));
    EXPECT_EQ(levers["routes"].size(), settings.network.routes.size());
    EXPECT_EQ(levers["fronts"][0]["to"], nullptr);
    EXPECT_EQ(levers["struck"], true);
}

TEST(Why, nobody_came_is_a_row_of_nobody_without_a_share) {
    auto settings = test::three_places();
    settings.network.places[1].name = "";
    const World world = test::built(settings);
    ExplainedArrivals none;
    none.by_home.assign(3, 0);
    none.by_last_road.assign(2, 0);
    EXPECT_TRUE(why_rows(world, 1, {none, none}).empty());
    const auto table = why_csv(world, 1, test::day(0), test::day(3), {none, none});
    EXPECT_THAT(table, HasSubstr("\n2019-08-01,2019-08-04,city,all,,all arrivals,0,,0,0,0,0,0\n"));
    ExplainedArrivals some = none;
    some.all = 10;
    some.by_cause.of[0] = 10;
    some.by_home[0] = 8, some.by_home[1] = 2;
    some.by_last_road[0] = 7, some.by_last_road[1] = 1;
    std::map<std::string, double> shares;
    for (const auto& row : why_rows(world, 1, {some}))
        shares[std::string(row.by) + " " + row.name] = row.mean;
    EXPECT_EQ(shares,
              (std::map<std::string, double>{{"cause strikes", 10},
                                             {"home town", 8},
                                             {"home city", 2},
                                             {"last road from town", 7},
                                             {"last road from camp", 1},
                                             {"last road home, which had fallen when they came back", 2}}));
}

TEST(NetworkPage, marks_what_is_doubtful_where_it_lies) {
    auto settings = test::rich_settings();
    settings.network.routes[0].km = 3;     // shorter than the straight line
    settings.network.routes[1].km = 40;    // a long way round
    settings.network.routes[2].km = 4000;  // no road is so long
    settings.network.border = {{0, 36.0, 36.5}, {0, 36.1, 36.6}, {1, 36.2, 36.7}, {1, 36.3, 36.8}};
    Finding place{Severity::warning, "network.places[2].lat", "far away", "look", {}, ""},
        road{Severity::warning, "network.routes[1].km", "long", "", {}, ""},
        other{Severity::warning, "title", "none", "", {}, ""};
    road.location.file = "routes.csv";
    road.location.line = 3;
    const std::string page = network_page(test::built(settings), {place, road, other});
    for (const char* fit : {"too_short", "too_long", "long_way", "fits"})
        EXPECT_THAT(page, HasSubstr("\"" + std::string(fit) + "\"")) << fit;
    EXPECT_THAT(
        page, HasSubstr(R"({"message":"far away","hint":"look","where":"network.places[2].lat","place":2})"));
    EXPECT_THAT(page, HasSubstr(R"({"message":"long","hint":"","where":"routes.csv:3","road":1})"));
    EXPECT_THAT(page, HasSubstr(R"({"message":"none","hint":"","where":"title"})"));
    EXPECT_THAT(page, HasSubstr(R"("border":[[[36.5,36.0],[36.6,36.1]],[[36.7,36.2],[36.8,36.3]]])"));
}

}  // namespace
}  // namespace nuzuh
