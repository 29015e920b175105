// As many roads as an extract of 100 MB holds: a sample laid beside itself.
#include <chrono>

#include <gtest/gtest.h>
#include <sys/resource.h>

#ifdef NUZUH_OSMIUM
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/osm/node.hpp>
#include <osmium/osm/way.hpp>
#endif

#include "tests/region/roads_fixture.hpp"

namespace nuzuh::region {
namespace {

#ifdef NUZUH_OSMIUM

constexpr int side = 13;  // 13 * 13 * 593 kB = 100 MB

/// Moves an object to the place of a copy, and gives it an identifier of its own.
void move_to(osmium::OSMObject& object, int copy) {
    constexpr double apart_degrees = 0.6;
    const std::int64_t ids = std::int64_t(copy) * 10'000'000'000;
    object.set_id(object.id() + ids);
    if (object.type() == osmium::item_type::node) {
        auto& node = static_cast<osmium::Node&>(object);
        node.set_location({node.location().lon() + copy % side * apart_degrees,
                           node.location().lat() - 20 + copy / side * apart_degrees});
    } else if (object.type() == osmium::item_type::way) {
        for (auto& ref : static_cast<osmium::Way&>(object).nodes()) ref.set_ref(ref.ref() + ids);
    }
}

/// A file that holds copies of the nodes and ways of another in a square.
void lay_beside_itself(const std::filesystem::path& one, const std::filesystem::path& many) {
    osmium::io::Writer writer(osmium::io::File(many.string()), osmium::io::overwrite::allow);
    for (int copy = 0; copy < side * side; ++copy) {
        osmium::io::Reader reader(osmium::io::File(one.string()),
                                  osmium::osm_entity_bits::node | osmium::osm_entity_bits::way);
        while (auto buffer = reader.read()) {
            for (auto& object : buffer.select<osmium::OSMObject>()) move_to(object, copy);
            writer(std::move(buffer));
        }
    }
    writer.close();
}

/// Joins each copy to the next by a road between their last points.
void join_copies(RoadMap& map) {
    const int points = int(map.points.size()) / (side * side);
    const auto last = [&](int row, int column) { return (row * side + column + 1) * points - 1; };
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            if (row > 0)
                map.segments.push_back({last(row - 1, column), last(row, column), 67, RoadKind::primary, 0});
            if (column > 0)
                map.segments.push_back({last(row, column - 1), last(row, column), 50, RoadKind::primary, 0});
        }
    }
}

/// Every so manyeth point as a town, a hundred metres off.
std::vector<Town> towns_on(const RoadMap& map, int count) {
    std::vector<Town> towns;
    for (int t = 0; t < count; ++t) {
        const auto& at = map.points[map.points.size() / std::size_t(count) * std::size_t(t)];
        towns.push_back({fmt::format("t{}", t), "", at.lat + 0.001, at.lon});
    }
    return towns;
}

long megabytes_used() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1024;
}

TEST(RoadScale, five_hundred_towns_on_an_extract_of_100_MB) {
    const auto samples = test::region_samples();
    if (!samples) GTEST_SKIP() << test::no_region_samples;
    const test::RoadFile file("large.osm.pbf", "");
    lay_beside_itself(*samples / "osm/liechtenstein-2013.osm.pbf", file.path());
    const long before_MB = megabytes_used();
    const auto begin = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    };
    auto map = test::read_or_fail({file.path()});
    const double read_s = seconds();
    join_copies(map);
    const auto network = contract_roads(map, towns_on(map, 500), {});
    fmt::print("{} MB: {} segments read in {:.1f} s; {} routes, {} forks after {:.1f} s; {} MB, {} before\n",
               std::filesystem::file_size(file.path()) >> 20, map.segments.size(), read_s,
               network.routes.size(), network.forks.size(), seconds(), megabytes_used(), before_MB);
    EXPECT_EQ(map.ways, 1228 * side * side);
    EXPECT_GT(network.routes.size(), 499u) << "fewer routes than a tree has";
    EXPECT_LT(megabytes_used(), 2000);
}

#endif

}  // namespace
}  // namespace nuzuh::region
