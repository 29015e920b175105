// Files that broke on the way: a finding or roads, never a crash.
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/region/made_up_osm.hpp"
#include "tests/region/roads_fixture.hpp"
#include "tests/support/mutated.hpp"

namespace nuzuh::region {
namespace {

using test::RoadFile;

const std::string lines =
    R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"highway":"trunk","bridge":"yes"},)"
    R"("geometry":{"type":"LineString","coordinates":[[20,5],[20,5.05],[20,5.1]]}},{"type":"Feature","properties":)"
    R"({"highway":"primary"},"geometry":{"type":"MultiLineString","coordinates":[[[20,5],[20.1,5]],[[20,5],[20,4]]]}}]})";

/// Reads mutations; what is read is contracted, what is not has a finding with the file. Returns how many were read.
int survive(const std::string& name, const std::string& bytes, int times) {
    std::mt19937 random(7);
    int read_well = 0;
    for (int i = 0; i < times; ++i) {
        const RoadFile file(name, test::mutated(bytes, random));
        const auto read = read_roads({file.path()}, {});
        if (read) {
            ++read_well;
            contract_roads(*read, {{"a", "", 5, 20}, {"b", "", 5.1, 20}, {"c", "", 5.05, 20.06}}, {});
        } else if (read.findings().empty() || read.findings()[0].location.file != file.path().string()) {
            ADD_FAILURE() << "mutation " << i << " of " << name << " has no finding";
        }
    }
    return read_well;
}

TEST(BrokenRoadFiles, lines_of_geojson) {
    const int read = survive("broken.geojson", lines, 3000);
    EXPECT_GT(read, 30);
    EXPECT_LT(read, 2900);
}

#ifdef NUZUH_OSMIUM

TEST(BrokenRoadFiles, xml) {
    const int read = survive("broken.osm", test::made_up_country().text(), 2000);
    EXPECT_GT(read, 20);
    EXPECT_LT(read, 1950);
}

TEST(BrokenRoadFiles, pbf) {
    const auto samples = test::region_samples();
    if (!samples) GTEST_SKIP() << test::no_region_samples;
    EXPECT_LT(survive("broken.osm.pbf", test::text_of(*samples / "osm/djibouti-main-roads.osm.pbf"), 500),
              500);
}

#endif

}  // namespace
}  // namespace nuzuh::region
