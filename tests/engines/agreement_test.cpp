// Compartments and agents, and draws and means, against each other on a world too large to enumerate.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/engines/two_samples.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

using test::quantities;
using test::two_sample_p;

constexpr int runs = 300;
constexpr double level =
    1e-4;  ///< of each test below; about 30 tests, so a false alarm in 300 changes of seed

TEST(Agreement, agents_and_compartments_have_one_distribution) {
    auto settings = test::rich_settings();
    for (auto& place : settings.network.places.own()) {
        place.population /= 10;
        if (place.capacity) *place.capacity /= 10;
    }
    settings.crossings[0].quota = 15;
    const World world = test::built(settings);
    const auto a = quantities(world, test::run(world, EngineKind::agents, DrawMode::stochastic, runs, 11, 2));
    const auto c =
        quantities(world, test::run(world, EngineKind::compartments, DrawMode::stochastic, runs, 12, 2));
    for (std::size_t q = 0; q < a.names.size(); ++q) {
        EXPECT_GT(two_sample_p(a.samples[q], c.samples[q]), level) << a.names[q];
    }
}

TEST(Agreement, expected_values_are_the_limit_of_many_people) {
    auto settings = test::rich_settings();
    settings.behaviour.leave.daily_noise = 0;
    settings.behaviour.leave.run_noise = 0;
    for (auto& place : settings.network.places.own()) {
        place.population *= 2000;
        if (place.capacity) *place.capacity *= 2000;
    }
    settings.crossings[0].quota *= 2000;
    const World world = test::built(settings);
    const auto mean = test::run(world, EngineKind::compartments, DrawMode::expected);
    const auto many = test::run(world, EngineKind::compartments, DrawMode::stochastic, 20, 3, 2);
    const auto e = quantities(world, mean);
    const auto s = quantities(world, many);
    for (std::size_t q = 0; q < e.names.size(); ++q) {
        if (e.names[q].ends_with("first day full")) continue;
        const double average = std::accumulate(s.samples[q].begin(), s.samples[q].end(), 0.0) / 20;
        double squares = 0;
        for (double x : s.samples[q]) squares += (x - average) * (x - average);
        const double standard_error = std::sqrt(squares / 19 / 20);
        // Overcrowding amplifies chance, so the limit is approached slowly: a thousandth at 300 million people.
        EXPECT_NEAR(average, e.samples[q][0], 5 * standard_error + 0.001 * e.samples[q][0] + 500)
            << e.names[q];
    }
}

TEST(Agreement, a_quarter_day_step_agrees_with_a_day) {
    auto settings = test::rich_settings();
    const double by_day = test::last(test::expected(settings).members[0], TotalField::people_displaced);
    settings.period.step_days = 0.25;
    const double by_quarter = test::last(test::expected(settings).members[0], TotalField::people_displaced);
    EXPECT_NEAR(by_quarter / by_day, 1, 0.05);
    EXPECT_NE(by_quarter, by_day);
}

}  // namespace
}  // namespace nuzuh
