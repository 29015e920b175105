// Draws belong to what they decide: results depend on nothing else.
#include <gtest/gtest.h>

#include "sim/model/fields.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

class Identity : public ::testing::TestWithParam<EngineKind> {};

TEST_P(Identity, any_number_of_threads_gives_the_same_bytes) {
    const World world = test::built(test::rich_settings());
    const auto one = test::run(world, GetParam(), DrawMode::stochastic, 9, 5, 1);
    for (int threads : {2, 3, 8}) {
        const auto many = test::run(world, GetParam(), DrawMode::stochastic, 9, 5, threads);
        for (std::size_t m = 0; m < 9; ++m) {
            EXPECT_TRUE(test::same(world, one.members[m], many.members[m])) << threads << " threads";
        }
        EXPECT_EQ(one.mean_displaced_from, many.mean_displaced_from);
    }
}

TEST_P(Identity, members_and_seeds_differ) {
    const World world = test::built(test::rich_settings());
    const auto a = test::run(world, GetParam(), DrawMode::stochastic, 2, 5);
    const auto b = test::run(world, GetParam(), DrawMode::stochastic, 2, 6);
    EXPECT_FALSE(test::same(world, a.members[0], a.members[1]));
    EXPECT_FALSE(test::same(world, a.members[0], b.members[0]));
}

TEST_P(Identity, scenarios_that_differ_from_a_day_on_are_the_same_before_it) {
    auto settings = test::rich_settings();
    const World before = test::built(settings);
    settings.bombardment.push_back(test::strikes("north", 20, 30, 40));
    const World after = test::built(settings);
    const auto a = test::run(before, GetParam(), DrawMode::stochastic, 1, 5);
    const auto b = test::run(after, GetParam(), DrawMode::stochastic, 1, 5);
    EXPECT_TRUE(test::same_until(before, a.members[0], b.members[0], 20));
    EXPECT_FALSE(test::same_until(before, a.members[0], b.members[0], 22));
}

INSTANTIATE_TEST_SUITE_P(Engines, Identity,
                         ::testing::Values(EngineKind::compartments, EngineKind::agents, EngineKind::pooled),
                         [](const auto& p) { return std::string(word_of(p.param, engine_names)); });

TEST(Histories, tell_what_households_went_through) {
    const World world = test::built(test::rich_settings());
    EnsembleSpec spec;
    spec.engine = EngineKind::agents;
    spec.traces = 50;
    spec.threads = 1;
    const auto run = run_ensemble(world, spec).members[0];
    const auto& h = run.histories;
    EXPECT_EQ(h.times_displaced.sum(), world.households_at_start.sum());
    double movements = 0, people = 0;
    for (int o = 0; o < world.place_count(); ++o) {
        people += h.times_displaced.row(o).sum() - h.times_displaced(o, 0);
        for (int n = 0; n < Histories::bins; ++n) movements += n * h.times_displaced(o, n);
    }
    double departures = 0, first = 0;  // in households: groups differ in size, so compare through bounds
    for (float v : run.place[std::size_t(PlaceField::departures)]) departures += v;
    for (float v : run.place[std::size_t(PlaceField::first_departures)]) first += v;
    EXPECT_GT(movements, departures / 5.5);
    EXPECT_LT(movements, departures / 4);
    EXPECT_GT(people, first / 5.5);
    EXPECT_LT(people, first / 4);
    ASSERT_FALSE(h.traces.empty());
    for (const auto& event : h.traces)
        EXPECT_EQ(event.household % int(world.households_at_start.sum() / 50), 0);
}

TEST(Histories, add_up_the_roads_travelled) {
    auto settings = test::three_places();
    settings.network.routes.pop_back();  // what is left: town and city, 35 km apart
    settings.network.places.pop_back();
    const World world = test::built(settings);
    EnsembleSpec spec;
    spec.engine = EngineKind::agents;
    const auto h = run_ensemble(world, spec).members[0].histories;
    const auto town = world.place_index("town");
    EXPECT_GT(h.times_displaced(town, 1), 500);
    EXPECT_EQ(h.times_displaced(town, 0) + h.times_displaced(town, 1), world.households_at_start(town));
    EXPECT_EQ(h.distance(town, 0), h.times_displaced(town, 0));
    EXPECT_EQ(h.distance(town, 2), h.times_displaced(town, 1)) << "over 25 up to 50 km";
}

}  // namespace
}  // namespace nuzuh
