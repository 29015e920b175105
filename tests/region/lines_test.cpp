// Roads as lines, and files that can't be read at all.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/region/made_up_osm.hpp"
#include "tests/region/roads_fixture.hpp"

namespace nuzuh::region {
namespace {

using test::read_or_fail;
using test::RoadFile;
using test::said;
using ::testing::HasSubstr;

std::string lines_of(const std::string& features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}";
}

std::string line_of(const std::string& properties, const std::string& coordinates) {
    return "{\"type\":\"Feature\",\"properties\":{" + properties +
           "},\"geometry\":{\"type\":\"LineString\",\"coordinates\":" + coordinates + "}}";
}

#ifndef NUZUH_OSMIUM

TEST(ReadRoads, says_what_reading_openstreetmap_takes) {
    const RoadFile file("country.osm", test::made_up_country().text());
    const auto read = read_roads({file.path()}, {});
    ASSERT_FALSE(read);
    EXPECT_THAT(said(read.findings()), HasSubstr("install libosmium2-dev"));
}

#endif

TEST(ReadRoadLines, joins_lines_at_equal_coordinates) {
    const RoadFile file(
        "roads.geojson",
        lines_of(
            line_of(R"("osm_id":1,"highway":"trunk","bridge":"yes","oneway":"yes","name":null)",
                    "[[20,5],[20,5.05],[20,5.1]]") +
            "," + line_of(R"("highway":"footway")", "[[20,5],[20,5.1]]") + "," +
            R"({"type":"Feature","properties":{"highway":"tertiary"},"geometry":{"type":"MultiLineString",)"
            R"("coordinates":[[[20.00000001,5.05],[20.02,5.05]],[[20.02,5.05],[20.04,5.05,12]]]}})"));
    const auto map = read_or_fail({file.path()});
    EXPECT_EQ(map.ways, 3) << "each line of a MultiLineString";
    EXPECT_EQ(map.points.size(), 5u) << "coordinates agree to seven decimals";
    EXPECT_EQ(map.segments.size(), 4u);
    EXPECT_EQ(map.segments[0].marks, mark_bridge);
    EXPECT_EQ(map.segments[3].kind, RoadKind::secondary);
}

TEST(ReadRoadLines, joins_what_is_cut_at_the_antimeridian) {
    const RoadFile file("roads.geojson",
                        lines_of(line_of(R"("highway":"trunk")", "[[179.9,-17],[180,-17]]") + "," +
                                 line_of(R"("highway":"trunk")", "[[-180,-17],[-179.9,-17]]")));
    const auto map = read_or_fail({file.path()});
    EXPECT_EQ(map.points.size(), 3u);
    EXPECT_EQ(map.segments.size(), 2u);
    for (const auto& segment : map.segments) EXPECT_NEAR(segment.km, 10.64, 0.01);
}

TEST(ReadRoadLines, knows_kinds_of_roads_by_the_columns_of_other_exports) {
    const RoadFile file(
        "roads.geojson",
        lines_of(line_of(R"("fclass":"primary","bridge":"F","tunnel":"F")", "[[20,5],[20,5.1]]") + "," +
                 line_of(R"("fclass":"trunk","bridge":"T")", "[[20,5.1],[20,5.2]]") + "," +
                 line_of(R"("highway":"tertiary","other_tags":"\"surface\"=>\"dirt\",\"access\"=>\"no\"")",
                         "[[20,5.2],[20,5.3]]") +
                 "," + line_of(R"("class":"secondary","subtype":"road")", "[[20,5.3],[20,5.4]]")));
    const auto read = read_roads({file.path()}, {});
    ASSERT_TRUE(read) << said(read.findings());
    ASSERT_EQ(read->segments.size(), 3u);
    EXPECT_EQ(read->segments[0].kind, RoadKind::primary);
    EXPECT_EQ(read->segments[0].marks, 0);
    EXPECT_EQ(read->segments[1].marks, mark_bridge);
    EXPECT_THAT(said(read.findings()), HasSubstr("1 roads left out that are closed to cars"));
    const RoadFile other("lines.geojson",
                         lines_of(line_of(R"("RTT_DESCRI":"Primary Route","ID":4)", "[[20,5],[20,5.1]]")));
    EXPECT_THAT(
        said(read_roads({other.path()}, {}).findings()),
        HasSubstr("none of 1 lines says what kind of road it is: there is no column 'highway' or 'fclass', "
                  "of ID, RTT_DESCRI"));
}

TEST(ReadRoadLines, says_every_mistake_at_once) {
    const RoadFile file(
        "wrong.geojson",
        lines_of(line_of(R"("highway":"trunk")", "[[20,5],[200,5]]") + "," +
                 line_of(R"("highway":"trunk")", "7") + "," +
                 R"({"properties":{"highway":"trunk"},"geometry":{"type":"Point","coordinates":[1,2]}},)"
                 R"({"properties":{"highway":"trunk"}})"));
    const auto read = read_roads({file.path()}, {});
    ASSERT_FALSE(read);
    EXPECT_THAT(said(read.findings()), HasSubstr("feature 1: no position: [200,5]"));
    EXPECT_THAT(said(read.findings()), HasSubstr("feature 2: coordinates are no list"));
    EXPECT_THAT(said(read.findings()), HasSubstr("feature 3: a road as \"Point\""));
    EXPECT_THAT(said(read.findings()), HasSubstr("feature 4: a road without a geometry"));
    EXPECT_EQ(read.findings()[0].location.file, file.path().string());
}

TEST(ReadRoadLines, a_file_without_roads_is_a_mistake) {
    const RoadFile file("paths.geojson", lines_of(line_of(R"("highway":"path")", "[[20,5],[20,5.1]]")));
    const auto read = read_roads({file.path()}, {});
    ASSERT_FALSE(read);
    EXPECT_THAT(said(read.findings()), HasSubstr("holds no road that cars use"));
}

TEST(ReadRoadLines, files_that_can_not_be_read_are_named) {
    const RoadFile lines("a.geojson", lines_of(""));
    const RoadFile osm("b.osm", "");
    const auto read = read_roads({lines.path(), osm.path(), "nowhere.geojson", "roads.dxf"}, {});
    ASSERT_FALSE(read);
    ASSERT_EQ(read.findings().size(), 3u);
    EXPECT_THAT(read.findings()[0].message, HasSubstr("do not join"));
    EXPECT_THAT(read.findings()[1].message, HasSubstr("no such file"));
    EXPECT_THAT(read.findings()[2].message, HasSubstr("unknown form"));
}

}  // namespace
}  // namespace nuzuh::region
