// The two engines against each other in worlds drawn at random, in two stages: what looks different at level
// 1e-3 is looked at again with ten times the runs, and must differ at 1e-6 divided by the number of tests.
#include <gtest/gtest.h>

#include "tests/engines/two_samples.hpp"
#include "tests/support/random_world.hpp"

namespace nuzuh {
namespace {

constexpr int worlds = 200;
constexpr int runs = 200;
constexpr int quantities_a_world = 35;  // at most
constexpr double final_level = 1e-6 / (worlds * quantities_a_world);  // a false alarm in a million changes of seed

class RandomWorlds : public ::testing::TestWithParam<int> {};

testing::Quantities sample(const World& world, EngineKind engine, int members, std::uint64_t seed) {
    return testing::quantities(world, testing::run(world, engine, DrawMode::stochastic, members, seed, 2));
}

TEST_P(RandomWorlds, have_one_law_in_both_engines) {
    const World world = testing::built(testing::random_settings(std::uint64_t(GetParam())));
    const auto a = sample(world, EngineKind::agents, runs, 1);
    const auto c = sample(world, EngineKind::compartments, runs, 2);
    ASSERT_LE(int(a.names.size()), quantities_a_world);
    bool suspicious = false;
    for (std::size_t q = 0; q < a.names.size(); ++q) {
        suspicious = suspicious || testing::two_sample_p(a.samples[q], c.samples[q]) < 1e-3;
    }
    if (!suspicious) return;
    const auto more_a = sample(world, EngineKind::agents, 10 * runs, 3);
    const auto more_c = sample(world, EngineKind::compartments, 10 * runs, 4);
    for (std::size_t q = 0; q < a.names.size(); ++q) {
        EXPECT_GT(testing::two_sample_p(more_a.samples[q], more_c.samples[q]), final_level) << a.names[q];
    }
}

#ifdef NUZUH_ALL_RANDOM_WORLDS
INSTANTIATE_TEST_SUITE_P(More, RandomWorlds, ::testing::Range(20, worlds));
#else
INSTANTIATE_TEST_SUITE_P(Some, RandomWorlds, ::testing::Range(0, 20));
#endif

}  // namespace
}  // namespace nuzuh
