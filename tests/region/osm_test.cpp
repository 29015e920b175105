// Which ways of OpenStreetMap are roads, and how they are joined.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <osmium/io/pbf_output.hpp>
#include <osmium/io/xml_input.hpp>

#include "tests/region/made_up_osm.hpp"
#include "tests/region/roads_fixture.hpp"

namespace nuzuh::region {
namespace {

using test::made_up_country;
using test::OsmTags;
using test::OsmText;
using test::read_or_fail;
using test::RoadFile;
using test::said;
using ::testing::HasSubstr;

double km_of(const RoadMap& map, RoadKind kind) {
    double km = 0;
    for (const auto& segment : map.segments) km += segment.kind == kind ? segment.km : 0;
    return km;
}

const PlaceNode* place_named(const RoadMap& map, const std::string& name) {
    for (const auto& place : map.places) {
        if (place.name == name) return &place;
    }
    return nullptr;
}

/// Marks of all segments together.
int marks_of(const RoadMap& map) {
    int marks = 0;
    for (const auto& segment : map.segments) marks |= segment.marks;
    return marks;
}

/// A road, and a second way with the tags given.
std::string road_and(const OsmTags& tags) {
    return OsmText()
        .node(1, 0, 0)
        .node(2, 0, 0.01)
        .node(3, 0.01, 0)
        .way(1, {1, 2}, {{"highway", "primary"}})
        .way(2, {1, 3}, tags)
        .text();
}

TEST(ReadRoads, takes_roads_and_ferries_and_joins_them_at_shared_nodes) {
    const RoadFile file("country.osm", made_up_country().text());
    const auto map = read_or_fail({file.path()});
    EXPECT_EQ(map.ways, 12);
    EXPECT_EQ(map.points.size(), 16u) << "nodes 1 to 12 and 14 to 17";
    EXPECT_EQ(map.segments.size(), 13u);
    EXPECT_NEAR(km_of(map, RoadKind::highway), 10 * test::step_km, 1e-3);
    EXPECT_NEAR(km_of(map, RoadKind::primary), 25 * test::step_km, 0.05) << "104 lies along a parallel";
    EXPECT_NEAR(km_of(map, RoadKind::ferry), 5 * test::step_km, 0.05);
    EXPECT_EQ(km_of(map, RoadKind::track), 0);
    EXPECT_EQ(marks_of(map), mark_bridge | mark_ford | mark_border | mark_closed | mark_ferry);
}

TEST(ReadRoads, knows_border_controls_on_roads_by_name) {
    auto osm = made_up_country();
    osm.node(30, 5.02, 20.00, {{"barrier", "border_control"}, {"name", "Out of the way"}});
    osm.node(31, 5.07, 20.00, {{"barrier", "border_control"}, {"name", "جمرك"}, {"name:en", "Customs"}});
    osm.way(120, {3, 31, 1}, {{"highway", "primary"}});
    const RoadFile file("posts.osm", osm.text());
    const auto map = read_or_fail({file.path()});
    ASSERT_EQ(map.posts.size(), 2u) << "one stands on no road";
    EXPECT_EQ(map.posts[0].row.file, "OpenStreetMap node/10");
    EXPECT_EQ(map.posts[0].name, "");
    EXPECT_EQ(map.posts[1].name, "Customs");
    EXPECT_EQ(map.posts[1].at.lat, 5.07);
}

TEST(ReadRoads, leaves_the_segments_at_a_missing_node_out_and_says_how_many) {
    const RoadFile file("gap.osm", made_up_country().text());
    const auto read = read_roads({file.path()}, {});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->left_out, 2);
    EXPECT_THAT(said(read.findings()), HasSubstr("2 of 15 segments of road left out"));
}

TEST(ReadRoads, takes_tracks_when_asked_for) {
    const RoadFile file("tracks.osm", made_up_country().text());
    RoadSpec spec;
    spec.tracks = true;
    EXPECT_NEAR(km_of(read_or_fail({file.path()}, spec), RoadKind::track), std::hypot(5, 6) * test::step_km,
                0.05);
}

TEST(ReadRoads, knows_what_is_no_road) {
    const std::vector<OsmTags> none{{{"highway", "construction"}},
                                    {{"highway", "proposed"}},
                                    {{"highway", "footway"}},
                                    {{"highway", "path"}},
                                    {{"highway", "steps"}},
                                    {{"highway", "cycleway"}},
                                    {{"highway", "bridleway"}},
                                    {{"highway", "pedestrian"}},
                                    {{"highway", "track"}},
                                    {{"highway", "service"}},
                                    {{"building", "yes"}},
                                    {{"highway", "primary"}, {"area", "yes"}},
                                    {{"highway", "primary"}, {"access", "no"}},
                                    {{"highway", "primary"}, {"motor_vehicle", "no"}}};
    for (const auto& tags : none) {
        const RoadFile file("none.osm", road_and(tags));
        EXPECT_EQ(read_or_fail({file.path()}).ways, 1) << tags.back().first << "=" << tags.back().second;
    }
}

TEST(ReadRoads, knows_what_is_a_road_and_how_large) {
    const std::vector<std::pair<OsmTags, RoadKind>> roads{
        {{{"highway", "motorway"}}, RoadKind::highway},
        {{{"highway", "trunk_link"}}, RoadKind::highway},
        {{{"highway", "primary"}}, RoadKind::primary},
        {{{"highway", "secondary"}}, RoadKind::secondary},
        {{{"highway", "tertiary"}}, RoadKind::secondary},
        {{{"highway", "unclassified"}}, RoadKind::secondary},
        {{{"highway", "residential"}}, RoadKind::secondary},
        {{{"highway", "living_street"}}, RoadKind::secondary},
        {{{"highway", "road"}}, RoadKind::secondary},
        {{{"route", "ferry"}}, RoadKind::ferry},
        {{{"highway", "primary"}, {"access", "no"}, {"motor_vehicle", "yes"}}, RoadKind::primary}};
    for (const auto& [tags, kind] : roads) {
        const RoadFile file("road.osm", road_and(tags));
        const auto map = read_or_fail({file.path()});
        ASSERT_EQ(map.segments.size(), 2u) << tags.front().second;
        EXPECT_EQ(map.segments[1].kind, kind) << tags.front().second;
    }
}

TEST(ReadRoads, offers_places_as_they_stand_there) {
    const RoadFile file("places.osm", made_up_country().text());
    const auto map = read_or_fail({file.path()});
    ASSERT_EQ(map.places.size(), 8u);
    const auto* ras = place_named(map, "Ras");
    ASSERT_TRUE(ras);
    EXPECT_EQ(ras->name_ar, "راس");
    EXPECT_EQ(ras->kind, "town");
    EXPECT_EQ(place_named(map, "Bir")->population, "85,000");
    EXPECT_EQ(place_named(map, "Jazira")->country, "XX");
    const auto* midan = place_named(map, "Midan");
    ASSERT_TRUE(midan);
    EXPECT_EQ(midan->id, "way/113");
    EXPECT_NEAR(midan->lat, 6.22, 1e-9);
    EXPECT_NEAR(midan->lon, 20.52, 1e-9);
}

TEST(ReadRoads, marks_what_crosses_a_border_between_nodes) {
    const auto text = OsmText()
                          .node(1, 0, 0)
                          .node(2, 0, 0.2)
                          .node(3, 0, 0.3)
                          .node(4, -1, 0.13)
                          .node(5, 1, 0.11)
                          .way(1, {1, 2, 3}, {{"highway", "primary"}})
                          .way(2, {4, 5}, {{"boundary", "administrative"}, {"admin_level", "2"}})
                          .text();
    const RoadFile file("border.osm", text);
    const auto map = read_or_fail({file.path()});
    ASSERT_EQ(map.segments.size(), 2u);
    EXPECT_EQ(map.segments[0].marks, mark_border);
    EXPECT_EQ(map.segments[1].marks, 0);
}

TEST(ReadRoads, two_files_of_neighbours_are_one) {
    const RoadFile west("west.osm", OsmText()
                                        .node(1, 0, 0)
                                        .node(2, 0, 0.1)
                                        .way(1, {1, 2}, {{"highway", "primary"}})
                                        .way(2, {2, 3}, {{"highway", "primary"}})
                                        .text());
    const RoadFile east(
        "east.osm",
        OsmText().node(2, 0, 0.1).node(3, 0, 0.2).way(2, {2, 3}, {{"highway", "primary"}}).text());
    const auto map = read_or_fail({west.path(), east.path()});
    EXPECT_EQ(map.points.size(), 3u);
    EXPECT_EQ(map.segments.size(), 2u) << "way 2 stands in both";
    EXPECT_EQ(map.left_out, 0) << "the other file holds node 3";
}

/// Everything of a map as text.
std::string text_of(const RoadMap& map) {
    std::string text = fmt::format("{} ways, {} left out\n", map.ways, map.left_out);
    for (const auto& p : map.points) text += fmt::format("{} {}\n", p.lat, p.lon);
    for (const auto& s : map.segments)
        text += fmt::format("{} {} {} {} {}\n", s.a, s.b, s.km, int(s.kind), s.marks);
    for (const auto& p : map.places)
        text += fmt::format("{} {} {} {} {} {} {} {}\n", p.id, p.name, p.name_ar, p.kind, p.population,
                            p.country, p.lat, p.lon);
    return text;
}

TEST(ReadRoads, both_forms_of_openstreetmap_give_the_same) {
    const RoadFile xml("same.osm", made_up_country().text());
    const RoadFile pbf("same.osm.pbf", "");
    osmium::io::Reader reader(osmium::io::File(xml.path().string()));
    osmium::io::Writer writer(osmium::io::File(pbf.path().string()), osmium::io::overwrite::allow);
    while (auto buffer = reader.read()) writer(std::move(buffer));
    writer.close();
    EXPECT_EQ(text_of(read_or_fail({xml.path()})), text_of(read_or_fail({pbf.path()})));
}

TEST(ReadRoads, what_is_deleted_in_josm_is_not_there) {
    std::string text = road_and({{"highway", "secondary"}});
    const auto mark = [&](const std::string& tag) {
        text.insert(text.find(tag) + tag.size(), " action='delete' visible='true'");
    };
    mark("<way id=\"2\"");
    mark("<node id=\"3\"");
    const RoadFile file("edited.osm", text);
    const auto read = read_roads({file.path()}, {});
    ASSERT_TRUE(read);
    EXPECT_EQ(read->ways, 1);
    EXPECT_EQ(read->segments.size(), 1u);
    EXPECT_EQ(read->left_out, 0);
    EXPECT_EQ(read->deleted, 2u);
    EXPECT_THAT(said(read.findings()), HasSubstr("2 ways and nodes left out that JOSM marks as deleted"));
}

TEST(ReadRoads, a_pbf_that_broke_off_names_the_file) {
    const RoadFile file("half.osm.pbf", std::string("\0\0\0\x0d\x0a\x09OSMHeader", 15));
    const auto read = read_roads({file.path()}, {});
    ASSERT_FALSE(read);
    EXPECT_THAT(read.findings()[0].message, HasSubstr("can't be read as OpenStreetMap data"));
    EXPECT_EQ(read.findings()[0].location.file, file.path().string());
}

}  // namespace
}  // namespace nuzuh::region
