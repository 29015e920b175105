// Laws of routes on random roads.
#include <random>

#include <gtest/gtest.h>
#include <omp.h>

#include "sim/region/forks.hpp"
#include "sim/region/pairs.hpp"
#include "tests/region/roads_fixture.hpp"

namespace nuzuh::region {
namespace {

using test::Country;

/// Roads at random in a square of a degree: a crooked grid with gaps, a point every 3 km.
RoadMap random_roads(std::mt19937& random) {
    std::uniform_real_distribution<double> share(0, 1);
    constexpr int side = 30;
    Country c;
    for (int i = 0; i < side * side; ++i)
        c.point((i / side + 0.6 * share(random)) / side, (i % side + 0.6 * share(random)) / side);
    for (int i = 0; i < side * side; ++i) {
        if (i % side + 1 < side && share(random) < 0.7) c.road(i, i + 1);
        if (i + side < side * side && share(random) < 0.7) c.road(i, i + side);
    }
    return c.map;
}

TEST(ContractRoads, does_not_depend_on_the_number_of_threads) {
    std::mt19937 random(3);
    const auto map = random_roads(random);
    std::vector<Town> towns;
    for (int t = 0; t < 60; ++t) {
        const auto& at = map.points[std::size_t(t) * 15];
        towns.push_back({fmt::format("t{}", t), "", at.lat, at.lon});
    }
    const auto as_text = [&](int threads) {
        const int before = omp_get_max_threads();
        omp_set_num_threads(threads);
        const auto network = contract_roads(map, towns, {});
        omp_set_num_threads(before);
        std::string text = test::said(network.notes);
        for (const auto& f : network.forks) text += fmt::format("{} {} {}\n", f.id, f.lat, f.lon);
        for (const auto& r : network.routes)
            text += fmt::format("{} {} {} {} {} {}\n", r.from, r.to, r.km, r.road_class, r.status, r.notes);
        return text;
    };
    const auto alone = as_text(1);
    EXPECT_GT(alone.size(), 1000u);
    EXPECT_EQ(as_text(2), alone);
    EXPECT_EQ(as_text(5), alone);
}

/// Distances over all stretches between every two towns, by hand.
std::vector<std::vector<double>> all_distances(const RoadGraph& graph) {
    constexpr double none = std::numeric_limits<double>::infinity();
    std::vector<std::vector<double>> km;
    for (int t = 0; t < graph.towns; ++t) {
        std::vector<double> from(std::size_t(graph.vertices()), none);
        from[std::size_t(t)] = 0;
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& s : graph.stretches) {
                for (const auto& [a, b] : {std::pair(s.a, s.b), std::pair(s.b, s.a)}) {
                    if (from[std::size_t(a)] + s.km >= from[std::size_t(b)]) continue;
                    from[std::size_t(b)] = from[std::size_t(a)] + s.km;
                    changed = true;
                }
            }
        }
        from.resize(std::size_t(graph.towns));
        km.push_back(from);
    }
    return km;
}

RoadGraph random_graph(std::mt19937& random, int towns) {
    const auto map = random_roads(random);
    RoadGraph graph{towns, {}, {}};
    for (std::size_t p = std::size_t(towns); p < map.points.size(); ++p) graph.point.push_back(int(p));
    std::vector<int> vertex(map.points.size());
    for (std::size_t p = 0; p < vertex.size(); ++p) vertex[p] = int(p);
    std::shuffle(vertex.begin(), vertex.end(), random);
    for (const auto& s : map.segments)
        graph.stretches.push_back({vertex[std::size_t(s.a)], vertex[std::size_t(s.b)], s.km, {}, 0});
    return graph;
}

TEST(TownPairs, are_those_of_every_search_to_the_end) {
    std::mt19937 random(11);
    for (int round = 0; round < 10; ++round) {
        const auto whole = random_graph(random, 25);
        const auto graph = reduced(whole);
        const auto km = all_distances(whole);
        struct Pair {
            double km;
            int a, b;
            auto operator<=>(const Pair&) const = default;
        };
        std::vector<Pair> all;
        for (int a = 0; a < 25; ++a) {
            for (int b = a + 1; b < 25; ++b) {
                if (std::isfinite(km[std::size_t(a)][std::size_t(b)]))
                    all.push_back({km[std::size_t(a)][std::size_t(b)], a, b});
            }
        }
        std::sort(all.begin(), all.end());
        RoadGraph kept{25, {}, {}};
        std::vector<std::pair<int, int>> expected, found;
        for (const auto& pair : all) {
            if (all_distances(kept)[std::size_t(pair.a)][std::size_t(pair.b)] <= 1.05 * pair.km + 1e-6)
                continue;
            kept.stretches.push_back({pair.a, pair.b, pair.km, {}, 0});
            expected.emplace_back(pair.a, pair.b);
        }
        for (const auto& pair : pairs_to_keep(graph, 1.05)) found.emplace_back(pair.a, pair.b);
        EXPECT_EQ(found, expected) << "round " << round;
    }
}

TEST(ReducedGraph, keeps_every_distance_between_towns) {
    std::mt19937 random(5);
    for (int round = 0; round < 10; ++round) {
        const auto graph = random_graph(random, 20);
        const auto smaller = reduced(graph);
        EXPECT_LT(smaller.stretches.size(), graph.stretches.size());
        const auto before = all_distances(graph), after = all_distances(smaller);
        for (std::size_t a = 0; a < 20; ++a) {
            for (std::size_t b = 0; b < 20; ++b) {
                if (std::isfinite(before[a][b]))
                    EXPECT_NEAR(after[a][b], before[a][b], 1e-9);
                else
                    EXPECT_FALSE(std::isfinite(after[a][b]));
            }
        }
    }
}

TEST(LaidTogether, no_way_is_much_longer_than_over_all_roads_nor_shorter) {
    std::mt19937 random(23);
    for (int round = 0; round < 10; ++round) {
        const auto graph = reduced(random_graph(random, 25));
        const auto all = all_distances(graph),
                   over = all_distances(laid_together(graph, pairs_to_keep(graph, 1.03), 0.5));
        for (std::size_t a = 0; a < 25; ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                if (!std::isfinite(all[a][b])) continue;
                EXPECT_LE(over[a][b], 1.05 * all[a][b]) << a << " to " << b;
                EXPECT_GE(over[a][b], 0.99 * all[a][b]) << a << " to " << b;
            }
        }
    }
}

/// A junction of four roads, and towns at their ends and off one of them.
std::pair<RoadMap, std::vector<Town>> junction_at(double lat, double lon) {
    test::Country country;
    const auto at = [&](double north, double east) {
        const double wrapped = std::remainder(lon + east, 360.0);
        return RoadPoint{lat + north, wrapped};
    };
    const auto point = [&](double north, double east) {
        const auto here = at(north, east);
        return country.point(here.lat, here.lon);
    };
    const int middle = point(0, 0);
    std::vector<Town> towns;
    for (const auto& [name, north, east] :
         {std::tuple{"north", 0.2, 0.0}, {"south", -0.3, 0.0}, {"east", 0.0, 0.25}, {"west", 0.0, -0.35}}) {
        const int end = point(north, east);
        country.map.segments.push_back(
            {middle, end, std::hypot(north, east) * test::degree_km, RoadKind::primary, 0});
        towns.push_back({name, name, at(north, east).lat, at(north, east).lon});
    }
    towns.push_back({"off", "off", at(0.01, -0.1).lat, at(0.01, -0.1).lon});
    return {country.map, towns};
}

TEST(RoadLaws, are_the_same_on_either_side_of_the_equator_and_over_the_date_line) {
    const auto lines = [](double lat, double lon) {
        const auto [map, towns] = junction_at(lat, lon);
        const auto network = contract_roads(map, towns, {});
        std::vector<std::string> all;
        for (const auto& route : network.routes)
            all.push_back(fmt::format("{} {} {:.1f}", route.from, route.to, route.km));
        std::sort(all.begin(), all.end());
        return all;
    };
    const auto here = lines(0.1, 20);
    EXPECT_EQ(here.size(), 5u) << "four roads, one of them through a town";
    for (const auto& [lat, lon] :
         {std::pair{-0.1, 20.0}, {0.1, 180.0}, {0.1, -179.9}, {-0.1, 179.8}, {0.1, 0.0}, {0.1, -70.0}})
        EXPECT_EQ(lines(lat, lon), here) << lat << " " << lon;
}

}  // namespace
}  // namespace nuzuh::region
