// Roads as a table of links, and strikes as rates.
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/region/links.hpp"
#include "sim/region/region.hpp"
#include "tests/unit/scenario_files.hpp"

namespace nuzuh::region {
namespace {

using test::Folder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

const std::string towns =
    "place,name,name_ar,adm1_pcode,adm2_pcode,lat,lon,population,type\n"
    "alif,Alif,الف,XX1,XX11,10,30,1000,town\nba,Bâ,,XX1,XX12,10,30.2,500,town\nta,Ta "
    "(new),,XX2,XX21,10,30.4,70,town\n"
    "gate,The gate,,XX2,XX21,10,30.5,0,crossing\nthal,Thal,,,,10,30.6,90,abroad\n";

RegionFiles files_of(const Folder& folder, const std::string& links) {
    RegionFiles files;
    files.places = {folder.write("towns.csv", towns)};
    files.roads = {folder.write("links.csv", links)};
    files.from = parse_date("2025-01-01");
    files.to = parse_date("2025-02-28");
    return files;
}

const std::string links =
    "route,from,to,km,class,status\nA1,alif,Ba,23,highway,\nA2,XX12,Ta "
    "(new),25,primary,closed\nA3,ta,gate,11,,open\n"
    "A4,gate,thal,12,secondary,open\n";

TEST(Links, join_places_by_identifier_code_or_name) {
    const Folder folder;
    const auto region = read_region(files_of(folder, links));
    ASSERT_TRUE(region) << report(region.findings());
    std::vector<std::string> routes;
    for (const auto& route : region->settings.network.routes)
        routes.push_back(fmt::format("{} {} {} {}", route.route, route.from, route.to, route.km));
    EXPECT_THAT(routes, ElementsAre("A1 alif ba 23", "A2 ba ta 25", "A3 ta gate 11"));
    EXPECT_EQ(region->settings.network.routes[0].road_class, RouteClass::highway);
    EXPECT_EQ(region->settings.network.routes[1].status, RouteStatus::closed);
    EXPECT_EQ(region->people_placed, 1570) << "nobody is counted abroad";
    std::map<std::string, PlaceSettings> places;
    for (const auto& place : region->settings.network.places) places[place.place] = place;
    EXPECT_EQ(places["gate"].leads_to, "thal");
    EXPECT_EQ(places["gate"].type, PlaceType::crossing);
    EXPECT_EQ(places["thal"].type, PlaceType::abroad);
    ASSERT_EQ(region->settings.crossings.size(), 1u);
    EXPECT_EQ(region->settings.crossings[0].place, "gate");
}

TEST(Links, that_are_wrong_are_all_said_with_their_rows) {
    const Folder folder;
    const auto wrong =
        report(read_region(files_of(folder,
                                    "from,to,km,class\nalif,bo,23,highway\nalif,ba,no,road\nalif,alif,2,\n"
                                    "alif,ba,23,\nba,alif,24,\nXX21,ba,30,\n"))
                   .findings());
    for (const char* said :
         {"links.csv:2:1: error: 'bo' is no place", "did you mean 'ba'?",
          "links.csv:3:1: error: 'no' is no length", "links.csv:3:1: error: 'road' is no class",
          "links.csv:4:1: error: a link from a place to itself",
          "links.csv:5:1: error: the link from 'alif' to 'ba' stands in row 3 too",
          "links.csv:6:1: error: the link from 'ba' to 'alif' stands in row 3 too",
          "links.csv:7:1: error: 'XX21' may be ta or gate"})
        EXPECT_THAT(wrong, HasSubstr(said));
    EXPECT_THAT(report(read_region(files_of(folder, "a,b\n1,2\n")).findings()),
                HasSubstr("links need the columns from, to and km, and there are "));
    EXPECT_THAT(report(read_region(files_of(folder, links.substr(0, links.find("A4")))).findings()),
                HasSubstr("no road leads over the crossing 'gate' to a place abroad"));
    const auto short_link = read_region(files_of(folder, links + "A5,alif,ta,20,,\n"));
    ASSERT_TRUE(short_link) << report(short_link.findings());
    EXPECT_THAT(report(short_link->report),
                HasSubstr("links.csv:6:1: warning: 20 km from 'alif' to 'ta', 43.8 km apart"));
}

TEST(Links, that_are_closed_for_some_days_close_their_routes) {
    const Folder folder;
    const auto closed = [&](const std::string& days) {
        return read_region(files_of(folder, "route,from,to,km,closed_from,closed_to\nA1,alif,ba,23," + days +
                                                "\nA2,ba,ta,25,,\nA3,ta,gate,11,,\nA4,gate,thal,12,,\n"));
    };
    const auto region = closed("2025-02-01,2025-02-05");
    ASSERT_TRUE(region) << report(region.findings());
    ASSERT_EQ(region->settings.routes.size(), 1u);
    EXPECT_EQ(region->settings.routes[0].route, "A1");
    EXPECT_EQ(region->settings.routes[0].status, RouteStatus::closed);
    EXPECT_EQ(iso(region->settings.routes[0].from), "2025-02-01");
    EXPECT_EQ(iso(*region->settings.routes[0].to), "2025-02-05");
    EXPECT_EQ(iso(closed(",2025-01-05")->settings.routes[0].from), "2025-01-01") << "from the first day";
    EXPECT_FALSE(closed("2025-02-20,")->settings.routes[0].to) << "to the last";
    for (const char* outside : {"2024-02-01,2024-02-05", "2025-03-01,2025-03-05"}) {
        const auto other = closed(outside);
        ASSERT_TRUE(other) << report(other.findings());
        EXPECT_TRUE(other->settings.routes.empty());
        EXPECT_THAT(report(other->report),
                    HasSubstr("links.csv:2:1: warning: the closure of 'A1' lies outside the period"));
    }
    EXPECT_THAT(report(closed("2025-02-05,2025-02-01").findings()),
                HasSubstr("links.csv:2:1: error: closed from 2025-02-05 to 2025-02-01"));
    EXPECT_THAT(report(closed("soon,").findings()), HasSubstr("links.csv:2:1: error: 'soon' is no day"));
    const auto border = read_region(files_of(folder,
                                             "route,from,to,km,closed_from\nA1,alif,ba,23,\nA2,ba,gate,25,"
                                             "\nA4,gate,thal,12,2025-02-01\nA5,ba,ta,9,\n"));
    ASSERT_TRUE(border) << report(border.findings());
    EXPECT_THAT(report(border->report), HasSubstr("a crossing stands for the link"));
}

TEST(Rates, of_areas_and_places_stand_as_they_are) {
    const Folder folder;
    auto files = files_of(folder, links);
    files.bombardment = {folder.write(
        "rates.csv",
        "area,place,places,from,to,strikes_per_day,source\nfront,,alif|ba,2025-01-01,2025-01-10,4,a\n"
        "front,,,2025-01-11,2025-01-20,2.5,b\nxx1,,,2025-01-21,2025-01-21,1,c\n,ta,,2025-01-01,2025-01-31,0."
        "5,d\n")};
    const auto region = read_region(files);
    ASSERT_TRUE(region) << report(region.findings());
    const auto& bombardment = region->settings.bombardment;
    ASSERT_EQ(bombardment.size(), 4u);
    EXPECT_EQ(bombardment[1].area, "front");
    EXPECT_EQ(*bombardment[1].strikes_per_day, 2.5);
    EXPECT_EQ(iso(*bombardment[1].to), "2025-01-20");
    EXPECT_EQ(bombardment[3].place, "ta");
    std::vector<std::string> front;
    for (const auto& member : region->settings.network.areas) {
        if (member.area == "front") front.push_back(member.place);
    }
    EXPECT_THAT(front, UnorderedElementsAre("alif", "ba"));

    files.bombardment = {folder.write(
        "wrong.csv",
        "area,place,places,from,to,strikes_per_day\nback,,,2025-01-01,2025-01-10,4\n,tu,,2025-01-01,2025-01-"
        "10,4\n"
        "xx1,,,2025-01-05,2025-01-01,4\nxx1,,,2025-01-05,2025-01-06,4\nxx1,,,2025-01-06,2025-01-07,4\n")};
    const auto wrong = report(read_region(files).findings());
    for (const char* said :
         {"wrong.csv:2:1: error: 'back' is no area", "wrong.csv:3:1: error: 'tu' is no place",
          "did you mean 'ta'?", "wrong.csv:4:1: error: a rate needs from, to",
          "wrong.csv:6:1: error: another rate of 'xx1' begins on 2025-01-05"})
        EXPECT_THAT(wrong, HasSubstr(said));
}

}  // namespace
}  // namespace nuzuh::region
