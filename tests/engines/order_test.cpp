// The order in which places are listed says nothing: expected results are the same by name.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "sim/base/random.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

/// @param first  place that becomes the first, which a mistaken index would most likely take for none
ScenarioSettings with_places_in_another_order(ScenarioSettings settings, std::size_t first) {
    Stream chance = Draws(first, 0).at(Purpose::bootstrap, 0);
    auto& places = settings.network.places.own();
    std::swap(places[0], places[first]);
    for (std::size_t i = places.size() - 1; i > 1; --i)
        std::swap(places[i], places[1 + std::size_t(chance.uniform() * double(i))]);
    return settings;
}

/// Largest relative difference at a place and day, of numbers above a thousandth.
double furthest_apart(const World& a, const RunResult& run_a, const World& b, const RunResult& run_b) {
    double worst = 0;
    const auto places = std::size_t(a.place_count());
    for (std::size_t f = 0; f < place_field_count; ++f) {
        for (std::size_t at = 0; at < run_a.place[f].size(); ++at) {
            const int there = b.place_index(a.places[at % places].place);
            const double x = run_a.place[f][at];
            const double y = run_b.place[f][at - at % places + std::size_t(there)];
            worst = std::max(worst, std::abs(x - y) / std::max(1.0, std::abs(x)));
        }
    }
    return worst;
}

TEST(OrderOfPlaces, does_not_act_on_expected_results) {
    auto odd = test::rich_settings();  // households that nowhere divide among classes without remainder
    double population = 1003;
    for (auto& place : odd.network.places.own()) {
        if (place.type == PlaceType::town) place.population = population += 977;
    }
    odd.groups[0].classes = 5;
    odd.groups[1].classes = 3;
    odd.groups[1].threshold_spread = 0.4;
    for (const auto& settings : {test::rich_settings(), odd}) {
        const World world = test::built(settings);
        for (const auto kind : {EngineKind::compartments, EngineKind::pooled}) {
            const auto run = test::run(world, kind, DrawMode::expected);
            for (std::size_t first = 0; first < settings.network.places.size(); ++first) {
                const World other = test::built(with_places_in_another_order(settings, first));
                const auto again = test::run(other, kind, DrawMode::expected);
                // Numbers are recorded in single precision; sums run in another order.
                EXPECT_LT(furthest_apart(world, run.members[0], other, again.members[0]), 1e-6)
                    << "engine " << int(kind) << ", first " << world.places[first].place;
            }
        }
    }
}

}  // namespace
}  // namespace nuzuh
