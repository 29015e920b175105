// Roads of real extracts: counts and distances measured apart from this program.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/region/roads_fixture.hpp"

namespace nuzuh::region {
namespace {

using test::region_samples;
using ::testing::HasSubstr;
using ::testing::Not;

/// Towns of a GeoNames table: populated places that are no quarters of others.
std::vector<Town> geonames_towns(const std::filesystem::path& file) {
    std::vector<Town> towns;
    std::istringstream lines(test::text_of(file));
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> cells;
        std::istringstream row(line);
        for (std::string cell; std::getline(row, cell, '\t');) cells.push_back(cell);
        if (cells[6] != "P" || cells[7] == "PPLX" || cells[7] == "PPLQ") continue;
        towns.push_back({cells[1], cells[1], std::stod(cells[4]), std::stod(cells[5])});
    }
    return towns;
}

/// Towns and villages among the places of an extract, by name; the second of one name is left out.
std::vector<Town> towns_of(const RoadMap& map) {
    std::vector<Town> towns;
    for (const auto& place : map.places) {
        const bool is_town = place.kind == "city" || place.kind == "town" || place.kind == "village";
        const bool twice =
            std::any_of(towns.begin(), towns.end(), [&](const Town& t) { return t.id == place.name; });
        if (is_town && !twice) towns.push_back({place.name, place.name, place.lat, place.lon});
    }
    return towns;
}

class RoadSamples : public ::testing::Test {
protected:
    void SetUp() override {
        const auto found = region_samples();
        if (!found) GTEST_SKIP() << test::no_region_samples;
        samples = *found;
    }
    RoadMap roads(const char* name) const { return test::read_or_fail({samples / "osm" / name}); }
    std::vector<Town> djibouti_towns() const { return geonames_towns(samples / "places/DJ.txt"); }

    std::filesystem::path samples;
};

/// Routes of pairs, each on its own.
RoadSpec pairs(double detour) {
    RoadSpec spec;
    spec.detour = detour;
    spec.forks = false;
    return spec;
}

struct Ratios {
    int pairs = 0;
    double mean = 0, worst = 0, least = 10;
};

/// Distances over routes against those over all roads, each pair of a table.
Ratios ratios(const std::filesystem::path& expected, const RoadNetwork& network) {
    auto over_routes = test::distances(network.routes);
    Ratios all;
    std::istringstream lines(test::text_of(expected));
    std::string from, to, km;
    std::getline(lines, from);
    while (std::getline(lines, from, ',') && std::getline(lines, to, ',') && std::getline(lines, km)) {
        EXPECT_TRUE(over_routes.contains(from) && over_routes[from].contains(to)) << from << " to " << to;
        const double ratio = over_routes[from][to] / std::stod(km);
        all.mean += ratio;
        all.worst = std::max(all.worst, ratio);
        all.least = std::min(all.least, ratio);
        ++all.pairs;
    }
    all.mean /= all.pairs;
    return all;
}

void expect_true_distances(const Ratios& ratio, const RoadNetwork& network, int pairs) {
    fmt::print("{} forks, {} routes\n", network.forks.size(), network.routes.size());
    fmt::print("ratio least {:.4f}, mean {:.4f}, worst {:.4f}\n", ratio.least, ratio.mean, ratio.worst);
    EXPECT_EQ(ratio.pairs, pairs);
    EXPECT_LE(ratio.mean, 1.01);
    EXPECT_LE(ratio.worst, 1.03);
    EXPECT_GE(ratio.least, 0.99);
}

/// Pairs alone are bounded by construction, and no way over them is shorter than over all roads.
void expect_pairs(const Ratios& ratio, double detour) {
    EXPECT_LE(ratio.worst, detour + 0.002) << "lengths are rounded to 10 m";
    EXPECT_GE(ratio.least, 0.997);
}

double total_km(const RoadMap& map) {
    double km = 0;
    for (const auto& segment : map.segments) km += segment.km;
    return km;
}

TEST_F(RoadSamples, djibouti) {
    const auto map = roads("djibouti-main-roads.osm.pbf");
    EXPECT_EQ(map.ways, 409);
    EXPECT_EQ(map.points.size(), 12'139u);
    EXPECT_EQ(map.segments.size(), 12'278u);
    EXPECT_NEAR(total_km(map), 928.5, 0.1);
    const auto network = contract_roads(map, djibouti_towns(), {});
    expect_true_distances(ratios(samples / "expected/djibouti-km.csv", network), network, 55);
    EXPECT_LE(network.forks.size(), 9u);
    EXPECT_THAT(test::said(network.notes), HasSubstr("Alaïli Ḏaḏḏa‘ lies 35.2 km from the nearest road"));
    EXPECT_THAT(test::said(network.notes), Not(HasSubstr("no road joins"))) << "one part";
}

TEST_F(RoadSamples, djibouti_by_pairs) {
    const auto network = contract_roads(roads("djibouti-main-roads.osm.pbf"), djibouti_towns(), pairs(1.05));
    EXPECT_EQ(network.routes.size(), 23u);
    expect_pairs(ratios(samples / "expected/djibouti-km.csv", network), 1.05);
}

TEST_F(RoadSamples, djibouti_as_lines_gives_the_same_routes) {
    const auto lines = test::read_or_fail({samples / "roads/hotosm_dji_roads_lines.geojson"});
    EXPECT_EQ(lines.ways, 409);
    EXPECT_EQ(lines.points.size(), 12'139u);
    const auto network = contract_roads(lines, djibouti_towns(), {});
    const auto of_pbf = contract_roads(roads("djibouti-main-roads.osm.pbf"), djibouti_towns(), {});
    EXPECT_EQ(network.forks.size(), of_pbf.forks.size());
    EXPECT_EQ(network.routes.size(), of_pbf.routes.size());
    auto km = test::distances(network.routes), same = test::distances(of_pbf.routes);
    for (const auto& a : djibouti_towns()) {
        for (const auto& b : djibouti_towns()) {
            if (!km.contains(a.id) || !km.contains(b.id)) continue;
            EXPECT_NEAR(km[a.id][b.id], same[a.id][b.id], 0.05) << a.id << b.id;
        }
    }
}

TEST_F(RoadSamples, liechtenstein) {
    const auto map = roads("liechtenstein-2013.osm.pbf");
    EXPECT_EQ(map.ways, 1'228);
    EXPECT_EQ(map.points.size(), 10'391u);
    EXPECT_EQ(map.segments.size(), 10'768u);
    EXPECT_NEAR(total_km(map), 352.9, 0.1);
    const auto network = contract_roads(map, towns_of(map), {});
    expect_true_distances(ratios(samples / "expected/liechtenstein-km.csv", network), network, 91);
    EXPECT_THAT(test::said(network.notes), Not(HasSubstr("no road joins"))) << "a town joined to a car park";
    expect_pairs(
        ratios(samples / "expected/liechtenstein-km.csv", contract_roads(map, towns_of(map), pairs(1.05))),
        1.05);
}

TEST_F(RoadSamples, made_up_traps) {
    const auto map = roads("invented-traps.osm");
    EXPECT_EQ(map.points.size(), 25u);
    EXPECT_EQ(map.segments.size(), 25u);
    RoadSpec spec;
    spec.off_road_km = 2;
    const auto network = contract_roads(map, towns_of(map), spec);
    expect_true_distances(ratios(samples / "expected/invented-traps-km.csv", network), network, 15);
    EXPECT_EQ(network.forks.size(), 1u);
    EXPECT_EQ(network.routes.size(), 6u);
    EXPECT_THAT(test::said(network.notes), HasSubstr("Delta lies 3.0 km from the nearest road"));
    EXPECT_THAT(test::said(network.notes), HasSubstr("no road joins Foxtrot to"));
}

TEST_F(RoadSamples, made_up_traps_by_pairs_and_without_the_ferry) {
    auto map = roads("invented-traps.osm");
    auto spec = pairs(1.05);
    spec.off_road_km = 2;
    EXPECT_EQ(contract_roads(map, towns_of(map), spec).routes.size(), 8u);
    std::erase_if(map.segments, [](const RoadSegment& s) { return s.marks & mark_ferry; });
    const auto network = contract_roads(map, towns_of(map), spec);
    EXPECT_EQ(network.routes.size(), 5u);
    EXPECT_THAT(test::said(network.notes), HasSubstr("no road joins Echo to"));
}

TEST_F(RoadSamples, djibouti_north_is_not_joined_over_gaps) {
    const auto map = roads("djibouti-north.osm");
    EXPECT_EQ(map.ways, 73);
    EXPECT_EQ(map.left_out, 493);
    const auto network = contract_roads(map, djibouti_towns(), {});
    EXPECT_THAT(test::said(network.notes), Not(HasSubstr("no road joins"))) << "one part";
}

}  // namespace
}  // namespace nuzuh::region
