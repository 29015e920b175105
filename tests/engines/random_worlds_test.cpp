// Compartments and agents against each other in worlds drawn at random, in two stages: what looks different at level
// 1e-3 is looked at again with ten times the runs, and must differ at 1e-6 divided by the number of tests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engines/two_samples.hpp"
#include "tests/support/random_world.hpp"

namespace nuzuh {
namespace {

constexpr int worlds = 200;
constexpr int runs = 200;
constexpr int quantities_a_world = 40;                          // at most
constexpr double level = 1e-6 / (worlds * quantities_a_world);  // a false alarm in a million changes of seed

/// Draws ensembles of one engine in one world.
auto sampler(const World& world, EngineKind engine) {
    return [&world, engine](int members, int stage) {
        const auto seed = std::uint64_t(1 + 2 * stage + (engine == EngineKind::agents));
        return test::quantities(world, test::run(world, engine, DrawMode::stochastic, members, seed, 2));
    };
}

class RandomWorlds : public ::testing::TestWithParam<int> {};

TEST_P(RandomWorlds, have_one_law_in_both_engines) {
    const World world = test::built(test::random_settings(std::uint64_t(GetParam())));
    EXPECT_THAT(test::differences(sampler(world, EngineKind::agents),
                                  sampler(world, EngineKind::compartments), runs, level),
                ::testing::IsEmpty());
}

#ifndef NUZUH_ALL_RANDOM_WORLDS
/// The suite is worth something only if it sees an error of two percent in one rate. It does where chance is small.
TEST(RandomWorlds, a_rate_that_is_two_percent_off_is_caught) {
    auto settings = test::random_settings(4);
    settings.behaviour.leave.daily_noise = settings.behaviour.leave.run_noise = 0;
    for (auto& place : settings.network.places.own()) {
        place.population *= 100;
        if (place.capacity) *place.capacity *= 100;
    }
    settings.crossings[0].quota *= 100;
    const World right = test::built(settings);
    settings.behaviour.leave.h_max *= 1.02;
    const World off = test::built(settings);
    EXPECT_THAT(test::differences(sampler(right, EngineKind::agents), sampler(off, EngineKind::compartments),
                                  50, level),
                ::testing::Not(::testing::IsEmpty()));
}
#endif

#ifdef NUZUH_ALL_RANDOM_WORLDS
INSTANTIATE_TEST_SUITE_P(More, RandomWorlds, ::testing::Range(20, worlds));
#else
INSTANTIATE_TEST_SUITE_P(Some, RandomWorlds, ::testing::Range(0, 20));
#endif

}  // namespace
}  // namespace nuzuh
