// Areas that points lie in, places in units, and what lies beyond the border.
#include <random>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/region/abroad.hpp"
#include "sim/region/population.hpp"
#include "sim/region/region.hpp"
#include "tests/unit/scenario_files.hpp"

namespace nuzuh::region {
namespace {

using test::Folder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

Ring box(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

TEST(Areas, have_holes_and_parts) {
    const Areas areas({{{box(0, 0, 10, 10), box(4, 4, 6, 6)}, {box(20, 0, 21, 1)}}, {{box(4, 4, 6, 6)}}});
    EXPECT_EQ(areas.find(1, 1), 0u);
    EXPECT_EQ(areas.find(0.5, 20.5), 0u);
    EXPECT_EQ(areas.find(5, 5), 1u);
    EXPECT_EQ(areas.find(5, 5, 0), 1u);
    EXPECT_EQ(areas.find(5, 15), std::nullopt);
    EXPECT_EQ(areas.find(11, 1), std::nullopt);
}

TEST(Areas, are_near_where_their_outline_is) {
    const Areas areas({{{box(0, 0, 1, 1)}}, {{box(2, 0, 3, 1)}}});
    EXPECT_EQ(areas.nearest(1.01, 0.5, 2), 0u) << "1.1 km north of it";
    EXPECT_EQ(areas.nearest(0.5, 1.985, 2), 1u);
    EXPECT_EQ(areas.nearest(0.5, 1.5, 2), std::nullopt);
    const Areas north({{{box(0, 60, 1, 61)}}});
    EXPECT_EQ(north.nearest(60.5, 1.03, 2), 0u) << "1.6 km, since degrees are shorter there";
    EXPECT_EQ(north.nearest(60.5, 1.04, 2), std::nullopt);
}

TEST(Areas, that_share_a_line_share_no_point_and_leave_none_out) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> any(0, 1);
    // Two sides of a jagged line that runs through a square, with corners on whole coordinates too.
    Ring west{{0, 0}}, east{{10, 0}};
    for (int i = 0; i <= 100; ++i) {
        const std::array<double, 2> corner{4 + 2 * any(random), i / 10.0};
        west.push_back(corner);
        east.push_back(corner);
    }
    west.insert(west.end(), {{0, 10}, {0, 0}});
    east.insert(east.end(), {{10, 10}, {10, 0}});
    const Areas both({{{west}}, {{east}}}), left({{{west}}}), right({{{east}}});
    for (int i = 0; i < 20'000; ++i) {
        const double lon = 10 * any(random), lat = i % 10 == 0 ? double(1 + i / 10 % 9) : 10 * any(random);
        const bool in_left = left.find(lat, lon).has_value(), in_right = right.find(lat, lon).has_value();
        ASSERT_NE(in_left, in_right) << lat << " " << lon;
        ASSERT_EQ(both.find(lat, lon), in_left ? 0u : 1u);
    }
}

const std::string units = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"adm1_pcode": "XX1", "adm2_pcode": "XX11", "adm2_name": "Ayr"},
   "geometry": {"type": "Polygon", "coordinates": [[[30,10],[31,10],[31,11],[30,11],[30,10]]]}},
  {"type": "Feature", "properties": {"adm1_pcode": "XX1", "adm2_pcode": "XX12", "adm2_name": "Bet"},
   "geometry": {"type": "Polygon", "coordinates": [[[31,10],[32,10],[32,11],[31,11],[31,10]]]}},
  {"type": "Feature", "properties": {"adm1_pcode": "XX1", "adm2_pcode": "XX13", "adm2_name": "Empty"},
   "geometry": {"type": "Polygon", "coordinates": [[[32,10],[33,10],[33,11],[32,11],[32,10]]]}}]})";
const std::string towns =
    "name,lat,lon,population\nAlif,10.5,30.2,100\nBa,10.5,30.8,200\nTa,10.5,31.5,50\nCoast,9.99,31.5,5\nThal,"
    "10.5,33.5,70\nJim,"
    "10.5,34.5,80\n";

std::string road(const std::string& points) {
    return R"({"type": "Feature", "properties": {"highway": "primary"}, "geometry": {"type": "LineString", "coordinates": )" +
           points + "}}";
}

RegionFiles files_of(const Folder& folder) {
    RegionFiles files;
    files.places = {folder.write("towns.csv", towns)};
    files.boundaries = {folder.write("units.geojson", units)};
    files.population = {
        folder.write("people.csv", "ADM1_PCODE,ADM2_PCODE,T_TL\nXX1,XX11,1000\nXX1,XX12,400\nXX1,XX13,30\n")};
    files.roads = {folder.write(
        "roads.geojson",
        R"({"features": [)" + road("[[30.2,10.5],[30.8,10.5],[31.5,10.5],[33.5,10.5],[34.5,10.5]]") + "]}")};
    files.from = parse_date("2025-01-01");
    files.to = parse_date("2025-02-28");
    return files;
}

TEST(Boundaries, give_places_their_codes_and_people_and_make_the_rest_abroad) {
    const Folder folder;
    const auto region = read_region(files_of(folder));
    ASSERT_TRUE(region) << report(region.findings());
    std::map<std::string, PlaceSettings> places;
    for (const auto& place : region->settings.network.places) places[place.place] = place;
    EXPECT_EQ(places["alif"].adm2_pcode, "XX11");
    EXPECT_EQ(places["ta"].pcode, "XX12");
    EXPECT_EQ(places["coast"].pcode, "XX12") << "a coarse coast";
    // XX13 holds no town: its people go to the unit above, in proportion to what its places have.
    EXPECT_EQ(places["alif"].population + places["ba"].population + places["ta"].population +
                  places["coast"].population,
              1430);
    EXPECT_EQ(region->people, 1430);
    EXPECT_EQ(places["thal"].type, PlaceType::abroad);
    EXPECT_EQ(places["thal_border"].type, PlaceType::crossing);
    EXPECT_EQ(places["thal_border"].leads_to, "thal");
    EXPECT_NEAR(places["thal_border"].lon, 33, 1e-6) << "where the road leaves the boundaries";
    ASSERT_EQ(region->settings.crossings.size(), 1u);
    EXPECT_EQ(region->settings.crossings[0].policy, CrossingPolicy::open);
    EXPECT_FALSE(places.contains("jim")) << "nobody goes on beyond the border";
    std::vector<std::string> routes;
    for (const auto& route : region->settings.network.routes) routes.push_back(route.from + " " + route.to);
    EXPECT_THAT(routes, UnorderedElementsAre("alif ba", "ba ta", "ta thal_border"));
    for (const auto& route : region->settings.network.routes) {
        if (route.to == "thal_border") {
            EXPECT_NEAR(route.km, 1.5 * 109.34, 0.1) << "up to the border";
        }
    }
    const auto said = report(region->report);
    EXPECT_THAT(said, HasSubstr("2 places lie beyond the border"));
    EXPECT_THAT(
        said,
        HasSubstr(
            "'Thal, border' is a crossing to 'Thal' (where the road leaves the boundaries), open: a guess"));
    EXPECT_THAT(said, HasSubstr("1 of 3 units hold no place"));
}

TEST(Boundaries, that_are_names_alone_give_codes_to_places_of_just_that_name) {
    const Folder folder;
    const std::string row = "{0}\t{1}\t{1}\t{2}\t{3}\t30\tP\tPPL\t{4}\t\t01\t\t\t\t10\t\t\tX\t\n";
    std::string dump;
    for (const auto& [name, others, country] :
         {std::array{"Ayr", "", "XX"}, {"Bêt", "", "XX"}, {"Old name", "Gâl", "XX"}, {"Nowhere", "", "XX"}})
        dump += fmt::format(fmt::runtime(row), dump.size(), name, others, dump.size() / 100.0, country);
    auto gazetteer = read_gazetteer({folder.write("XX.txt", dump)}, {});
    ASSERT_TRUE(gazetteer) << report(gazetteer.findings());
    const auto list = read_boundaries(
        {folder.write(
            "pcodes.csv",
            "Location,Admin Level,P-Code,Name,Parent P-Code\nXXX,1,XX1,Ayr,XXX\nXXX,2,XX11,Ayr,XX1\n"
            "XXX,2,XX12,Bet,XX1\nYYY,2,YY12,Bet,YY1\nXXX,2,XX13,Gal,XX1\n")},
        {});
    ASSERT_TRUE(list) << report(list.findings());
    Findings notes;
    EXPECT_THAT(put_into_units(*list, *gazetteer, notes), ElementsAre(true, true, true, true));
    std::vector<std::string> codes;
    for (const auto& one : gazetteer->places) codes.push_back(one.place.adm2_pcode);
    EXPECT_THAT(codes, ElementsAre("XX11", "XX12", "XX13", ""));
    EXPECT_EQ(gazetteer->places[0].place.adm1_pcode, "XX1");
    EXPECT_THAT(report(notes), HasSubstr("3 of 4 places get a P-code by name"));
    EXPECT_THAT(report(notes), HasSubstr("'Nowhere' gets no P-code: 0 units bear its name"));
}

TEST(Boundaries, name_places_of_other_alphabets_by_their_codes) {
    const Folder folder;
    const auto units = read_boundaries(
        {folder.write(
            "b.geojson",
            R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"ADM1_PCODE": "IS01"},)"
            R"("geometry": {"type": "Polygon", "coordinates": [[[0,0],[9,0],[9,9],[0,9],[0,0]]]}}]})")},
        {});
    auto gazetteer =
        read_gazetteer({folder.write("p.csv", "name,lat,lon\nНава,1,2\nУта,2,3\nLoma,3,4\n")}, {{}, {}});
    ASSERT_TRUE(gazetteer && units);
    Findings notes;
    put_into_units(*units, *gazetteer, notes);
    std::vector<std::string> ids;
    for (const auto& one : gazetteer->places) ids.push_back(one.place.place);
    EXPECT_EQ(ids, (std::vector<std::string>{"place_is01", "place_is01_2", "loma"}));
}

TEST(Boundaries, of_other_makers_have_codes_and_names_of_their_own) {
    const auto code_of = [](const std::string& properties) {
        const Folder folder;
        const auto units = read_boundaries(
            {folder.write(
                "b.geojson",
                R"({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": )" +
                    properties +
                    R"(, "geometry": {"type": "Polygon", "coordinates": [[[0,0],[1,0],[1,1],[0,0]]]}}]})")},
            {});
        if (!units) return units.findings().front().message;
        return deepest_code(units->units[0]) + " " + deepest_name(units->units[0]) + " " +
               units->units[0].code[1];
    };
    EXPECT_EQ(
        code_of(
            R"({"GID_0": "SDN", "GID_1": "SDN.1_1", "NAME_1": "North", "GID_2": "SDN.1.2_1", "NAME_2": "Ayr"})"),
        "SDN.1.2_1 Ayr SDN.1_1");
    EXPECT_EQ(
        code_of(
            R"({"shapeName": "Ayr", "shapeISO": "", "shapeID": "77B", "shapeGroup": "SDN", "shapeType": "ADM2"})"),
        "77B Ayr ");
    EXPECT_EQ(code_of(R"({"adm1_code": "SDN-885", "iso_3166_2": "SD-KH", "name": "Khartoum"})"),
              "SD-KH Khartoum SD-KH");
}

TEST(Boundaries, of_another_region_are_a_mistake) {
    const Folder folder;
    auto files = files_of(folder);
    files.places = {folder.write("far.csv", "name,lat,lon\nFar,50,3\n")};
    const auto region = read_region(files);
    ASSERT_FALSE(region);
    EXPECT_THAT(report(region.findings()), HasSubstr("every place lies outside of the boundaries"));
    files.boundaries = {folder.write("towns.csv", towns)};
    EXPECT_THAT(report(read_region(files).findings()), HasSubstr("units without a column of P-codes"));
}

TEST(Abroad, are_places_that_only_a_border_joins_to_where_most_people_live) {
    Network network;
    for (const auto& [id, people] :
         {std::pair{"a", 50.0}, {"b", 0.0}, {"c", 20.0}, {"d", 1.0}, {"island", 5.0}}) {
        PlaceSettings place;
        place.place = id;
        place.population = people;
        network.places.push_back(place);
    }
    const auto route = [&](const char* from, const char* to) {
        RouteSettings one;
        one.from = from;
        one.to = to;
        network.routes.push_back(one);
    };
    route("a", "b");
    route("b", "c");
    route("c", "d");
    EXPECT_THAT(beyond_posts(network, {}, {false, true, false}, {}).places, ElementsAre("c", "d"));
    EXPECT_TRUE(beyond_posts(network, {}, {false, false, false}, {}).places.empty())
        << "an island is not abroad";
}

/// A chain a - one - two - b - c, of which some are posts, and d beside a behind a post of its own.
Network chain() {
    Network network;
    for (const auto& [id, people] : {std::pair{"a", 50.0},
                                     {"one", 0.0},
                                     {"two", 0.0},
                                     {"b", 20.0},
                                     {"c", 10.0},
                                     {"d", 5.0},
                                     {"three", 0.0}}) {
        PlaceSettings place;
        place.place = place.name = id;
        place.population = people;
        place.lon = place.place == "two" ? 1 : 0;
        network.places.push_back(place);
    }
    for (const auto& [from, to] : {std::pair{"a", "one"},
                                   {"one", "two"},
                                   {"two", "b"},
                                   {"b", "c"},
                                   {"a", "three"},
                                   {"three", "d"},
                                   {"a", "d"}}) {
        RouteSettings route;
        route.from = from;
        route.to = to;
        route.km = 10;
        network.routes.push_back(route);
    }
    return network;
}

TEST(Abroad, is_behind_the_first_of_two_posts_and_not_behind_one_with_a_way_round) {
    ScenarioSettings settings;
    settings.network = chain();
    const auto beyond = beyond_posts(settings.network, {"one", "two", "three"}, std::vector<bool>(7), {});
    EXPECT_THAT(beyond.places, ElementsAre("b", "c", "two"));
    EXPECT_EQ(beyond.leads_to.size(), 1u);
    EXPECT_EQ(beyond.leads_to.at("one"), "b");
    Findings report;
    put_abroad(beyond, {{"one", {{1, 2}, "Gâl", "border control", {"map", 0, 0, 1}}}}, settings, report);
    std::vector<std::string> routes, ids;
    for (const auto& place : settings.network.places) ids.push_back(place.place);
    EXPECT_THAT(ids, UnorderedElementsAre("a", "b", "d", "three", "gal_border")) << "nobody goes on to c";
    for (const auto& route : settings.network.routes) routes.push_back(route.from + " " + route.to);
    EXPECT_THAT(routes, UnorderedElementsAre("a gal_border", "a three", "three d", "a d"));
    EXPECT_EQ(settings.network.places.back().name, "Gâl");
    EXPECT_EQ(settings.network.places.back().leads_to, "b");
    EXPECT_THAT(report.front().message,
                HasSubstr("'Gâl' is a crossing to 'b' (border control), open: a guess"));
}

}  // namespace
}  // namespace nuzuh::region
