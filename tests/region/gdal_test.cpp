// GeoPackage, shapefiles and GeoTIFF, made by GDAL's own programs from texts written here; skipped where they are not installed.
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/region/gazetteer.hpp"
#include "sim/region/gdal.hpp"
#include "sim/region/population.hpp"
#include "sim/region/run_program.hpp"
#include "tests/region/roads_fixture.hpp"
#include "tests/unit/scenario_files.hpp"

namespace nuzuh::region {
namespace {

using test::Folder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string all_of(const Findings& findings) {
    std::string text;
    for (const auto& one : findings)
        text += one.location.file + ":" + std::to_string(one.location.line) + " " + one.message + " [" +
                one.hint + "]\n";
    return text;
}

/// Two units of the second level, side by side, the second with a hole, and one out of force.
const std::string units = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"adm1_pcode": "XX1", "adm2_pcode": "XX11", "adm2_name": "Ayr", "valid_to": null},
   "geometry": {"type": "Polygon", "coordinates": [[[33,10],[34,10],[34,11],[33,11],[33,10]]]}},
  {"type": "Feature", "properties": {"adm1_pcode": "XX1", "adm2_pcode": "XX12", "adm2_name": "Bêt", "valid_to": null},
   "geometry": {"type": "Polygon", "coordinates": [[[34,10],[35,10],[35,11],[34,11],[34,10]], [[34.4,10.6],[34.6,10.6],[34.6,10.8],[34.4,10.8],[34.4,10.6]]]}},
  {"type": "Feature", "properties": {"adm1_pcode": "XX1", "adm2_pcode": "XX12", "adm2_name": "Old", "valid_to": "2019-01-01"},
   "geometry": {"type": "Polygon", "coordinates": [[[34,10],[35,10],[35,11],[34,11],[34,10]]]}}]})";

const std::string roads = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"osm_id": 1, "highway": "trunk", "bridge": "yes"}, "geometry": {"type": "LineString",
   "coordinates": [[33.1,10.5],[33.5,10.5],[33.9,10.5]]}},
  {"type": "Feature", "properties": {"osm_id": 2, "highway": "footway"}, "geometry": {"type": "LineString", "coordinates": [[33.5,10.5],[33.5,10.6]]}},
  {"type": "Feature", "properties": {"osm_id": 3, "highway": "tertiary"}, "geometry": {"type": "MultiLineString",
   "coordinates": [[[33.5,10.5],[33.5,10.9]]]}}]})";

/// Four by two cells of half a degree from 33 E, 11 N; -99999 is no data.
const std::string grid =
    "ncols 4\nnrows 2\nxllcorner 33\nyllcorner 10\ncellsize 0.5\nNODATA_value -99999\n"
    "1.5 2.5 -99999 30\n100 0 7 -99999\n";

const std::string towns = "name,lat,lon\nAlif,10.25,33.25\nBa,10.75,33.75\nTa,10.25,34.25\n";

class Gdal : public ::testing::Test {
protected:
    void SetUp() override {
        for (const char* program : {"ogr2ogr", "gdal_translate"}) {
            if (!run_program({program, "--version"}, "", [](auto) {}).found)
                GTEST_SKIP() << program << " is not installed (Debian: gdal-bin)";
        }
    }
    static void run(const std::vector<std::string>& words) {
        const auto end = run_program(words, "", [](auto) {});
        ASSERT_EQ(end.status, 0) << end.errors;
    }
    /// The units in another form.
    std::string made(const std::string& name, const std::vector<std::string>& options = {}) const {
        const auto from = folder.write("units.geojson", units);
        const auto file = (std::filesystem::path(from).parent_path() / name).string();
        std::vector<std::string> words{"ogr2ogr", file, from};
        words.insert(words.end(), options.begin(), options.end());
        run(words);
        return file;
    }
    std::string tiff(const std::vector<std::string>& options) const {
        const auto from = folder.write("grid.asc", grid);
        const auto file = (std::filesystem::path(from).parent_path() / "grid.tif").string();
        std::vector<std::string> words{"gdal_translate", "-q"};
        words.insert(words.end(), options.begin(), options.end());
        words.insert(words.end(), {from, file});
        run(words);
        return file;
    }
    Gazetteer places() const {
        auto read = read_gazetteer({folder.write("towns.csv", towns)}, {});
        if (!read) throw std::runtime_error(all_of(read.findings()));
        return std::move(*read);
    }
    Folder folder;
};

std::vector<std::string> names(const Gazetteer& gazetteer) {
    std::vector<std::string> names;
    for (const auto& one : gazetteer.places)
        names.push_back(fmt::format("{} {} {:.3f} {:.3f}", one.place.name, one.place.pcode, one.place.lat,
                                    one.place.lon));
    return names;
}

std::vector<double> people(const Gazetteer& gazetteer) {
    std::vector<double> people;
    for (const auto& one : gazetteer.places) people.push_back(one.place.population);
    return people;
}

TEST_F(Gdal, reads_units_alike_from_every_form) {
    for (const auto& file : {made("units.gpkg"), made("units.shp", {"-lco", "ENCODING=UTF-8"}),
                             made("utm.gpkg", {"-t_srs", "EPSG:32636"})}) {
        const auto read = read_gazetteer({file}, {});
        ASSERT_TRUE(read) << all_of(read.findings());
        EXPECT_THAT(names(*read), ElementsAre("Ayr XX11 10.500 33.500", "Bêt XX12 10.500 34.500")) << file;
        EXPECT_THAT(all_of(read->notes), HasSubstr("no longer in force (valid_to): 1"));
    }
}

TEST_F(Gdal, takes_the_layer_that_suits) {
    const auto file = made("layers.gpkg", {"-nln", "adm2"});
    run({"ogr2ogr", "-append", file, folder.write("roads.geojson", roads), "-nln", "roads"});
    const auto read = read_gazetteer({file}, {});
    ASSERT_TRUE(read) << all_of(read.findings());
    EXPECT_EQ(read->places.size(), 2u);
    EXPECT_EQ(test::read_or_fail({file}).ways, 2) << "layers without roads hold none";
}

TEST_F(Gdal, a_shapefile_without_cpg_is_of_western_letters) {
    const auto file = made("latin.shp", {"-lco", "ENCODING=ISO-8859-1"});
    std::filesystem::remove(std::filesystem::path(file).replace_extension(".cpg"));
    constexpr int language = 29;  // byte of the .dbf that may name the letters
    std::fstream table(std::filesystem::path(file).replace_extension(".dbf"),
                       std::ios::in | std::ios::out | std::ios::binary);
    table.seekp(language).put(0);
    table.close();
    const auto read = read_gazetteer({file}, {});
    ASSERT_TRUE(read) << all_of(read.findings());
    EXPECT_EQ(read->places[1].place.name, "Bêt");
    EXPECT_THAT(all_of(read->notes), HasSubstr("not UTF-8 are read as Windows-1252"));
}

TEST_F(Gdal, a_layer_without_reference_system_is_said) {
    const auto file = made("bare.shp", {"-lco", "ENCODING=UTF-8"});
    std::filesystem::remove(std::filesystem::path(file).replace_extension(".prj"));
    const auto read = read_gazetteer({file}, {});
    ASSERT_TRUE(read) << all_of(read.findings());
    EXPECT_THAT(all_of(read->notes), HasSubstr("layer 'bare' has no reference system"));
    const auto metres = made("metres.shp", {"-t_srs", "EPSG:32636"});
    std::filesystem::remove(std::filesystem::path(metres).replace_extension(".prj"));
    EXPECT_THAT(all_of(read_gazetteer({metres}, {}).findings()),
                HasSubstr("metres.shp (metres):1 coordinates that are no degrees"));
}

TEST_F(Gdal, reads_roads_alike_from_every_form) {
    const auto from = folder.write("roads.geojson", roads);
    const auto lines = test::read_or_fail({from});
    for (const char* name : {"roads.gpkg", "roads.shp"}) {
        const auto file = (std::filesystem::path(from).parent_path() / name).string();
        run({"ogr2ogr", file, from, "-nlt", "PROMOTE_TO_MULTI"});
        const auto map = test::read_or_fail({file});
        EXPECT_EQ(map.points.size(), lines.points.size());
        ASSERT_EQ(map.segments.size(), lines.segments.size());
        EXPECT_EQ(map.segments[0].marks, mark_bridge);
    }
}

TEST_F(Gdal, a_file_that_broke_off_is_a_mistake) {
    for (const auto& file : {made("cut.gpkg"), made("cut.shp")}) {
        std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
        EXPECT_FALSE(read_gazetteer({file}, {})) << file;
    }
    const auto said = all_of(read_gazetteer({folder.write("no.gpkg", "nothing")}, {}).findings());
    EXPECT_THAT(said, HasSubstr("ogrinfo says: "));
}

TEST_F(Gdal, people_of_a_grid_go_to_the_nearest_place) {
    auto gazetteer = places();
    const auto said = add_population({tiff({"-a_srs", "EPSG:4326"})}, {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(gazetteer.people, 141);
    EXPECT_THAT(people(gazetteer), ElementsAre(100, 1.5 + 2.5, 30 + 7));
    EXPECT_THAT(all_of(said), HasSubstr("141 people on the grid"));
}

TEST_F(Gdal, boundaries_keep_people_in_their_unit_and_leave_out_what_lies_beyond) {
    auto gazetteer = places();
    const auto boundaries = read_boundaries({folder.write("units.geojson", units)}, {});
    ASSERT_TRUE(boundaries) << all_of(boundaries.findings());
    Findings notes;
    put_into_units(*boundaries, gazetteer, notes);
    // The same cells 0.5 degrees farther west: the first column lies outside.
    const auto file = tiff({"-a_srs", "EPSG:4326", "-a_ullr", "32.5", "11", "34.5", "10"});
    const auto said = add_population({file}, *boundaries, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_THAT(people(gazetteer), ElementsAre(7, 3, 30));
    EXPECT_THAT(all_of(said), HasSubstr("102 outside of every boundary are left out"));
}

TEST_F(Gdal, a_grid_in_metres_lies_where_it_is) {
    auto gazetteer = places();
    // Cells of 55 km around 33 E 10.5 N, in the zone whose middle is 33 E.
    const auto file = tiff({"-a_srs", "EPSG:32636", "-a_ullr", "500000", "1215000", "720000", "1105000"});
    const auto said = add_population({file}, {}, gazetteer);
    ASSERT_FALSE(has_errors(said)) << all_of(said);
    EXPECT_EQ(gazetteer.people, 141);
    EXPECT_GE(gazetteer.places[0].place.population, 100);
    EXPECT_GE(gazetteer.places[1].place.population, 2);
    EXPECT_EQ(gazetteer.places[2].place.population, 37);
}

TEST_F(Gdal, a_grid_that_does_not_say_where_or_what_is_a_mistake) {
    auto gazetteer = places();
    EXPECT_THAT(all_of(add_population({tiff({})}, {}, gazetteer)), HasSubstr("does not say where it lies"));
    EXPECT_THAT(all_of(add_population({tiff({"-a_srs", "EPSG:4326", "-b", "1", "-b", "1"})}, {}, gazetteer)),
                HasSubstr("a grid of 2 bands"));
    EXPECT_THAT(all_of(add_population({folder.write("no.tif", "nothing")}, {}, gazetteer)),
                HasSubstr("gdalinfo says: "));
    EXPECT_EQ(people(gazetteer), std::vector<double>(3, 0));
}

TEST(WithoutGdal, files_are_refused_with_the_way_to_get_it) {
    const Folder folder;
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/nowhere", 1);
    const auto places = read_gazetteer({folder.write("units.gpkg", "")}, {});
    auto gazetteer = Gazetteer{};
    const auto grid = add_population({folder.write("people.tif", "")}, {}, gazetteer);
    const auto roads = read_roads({folder.write("roads.shp", "")}, {});
    setenv("PATH", path.c_str(), 1);
    for (const auto& said : {all_of(places.findings()), all_of(grid), all_of(roads.findings())}) {
        EXPECT_THAT(said, HasSubstr("is read by GDAL"));
        EXPECT_THAT(said, HasSubstr("apt install gdal-bin"));
    }
}

TEST(RunProgram, gives_lines_errors_and_the_exit_code) {
    std::vector<std::string> lines;
    const auto end = run_program({"sh", "-c", "cat; echo wrong >&2; exit 3"}, "one\ntwo",
                                 [&](std::string_view line) { lines.emplace_back(line); });
    EXPECT_TRUE(end.found);
    EXPECT_EQ(end.status, 3);
    EXPECT_EQ(end.errors, "wrong\n");
    EXPECT_THAT(lines, ElementsAre("one", "two"));
    EXPECT_FALSE(run_program({"no-such-program"}, "", [](auto) {}).found);
}

}  // namespace
}  // namespace nuzuh::region
