// Noise spreads the runs of an ensemble and keeps their mean, in every engine that draws.
#include <gtest/gtest.h>

#include "tests/support/every_engine.hpp"
#include "tests/support/rich_world.hpp"

namespace nuzuh {
namespace {

using test::at_end;
using test::day;

class NoiseLevers : public test::OverEngines {
protected:
    /// Standard deviation over runs of a place's displaced people at the end.
    double spread_at(const ScenarioSettings& s, const std::string& place) const {
        const World world = test::built(s);
        const auto result = runs(world, 60);
        double sum = 0, squares = 0;
        for (const auto& member : result.members) {
            const double n = at_end(world, member, PlaceField::displaced, place);
            sum += n / 60;
            squares += n * n / 60;
        }
        return std::sqrt(squares - sum * sum);
    }
};

TEST_P(NoiseLevers, daily_and_run_noise_widen_the_ensemble) {
    auto s = test::rich_settings();
    const auto spread = [&](double daily, double by_run) {
        s.behaviour.leave.daily_noise = daily;
        s.behaviour.leave.run_noise = by_run;
        const auto result = runs(test::built(s), 60);
        double sum = 0, squares = 0;
        for (const auto& run : result.members) {
            const double x = test::last(run, TotalField::people_displaced);
            sum += x;
            squares += x * x;
        }
        return std::sqrt(squares / 60 - sum * sum / 3600);
    };
    EXPECT_GT(spread(1.0, 0), 2 * spread(0, 0));
    EXPECT_GT(spread(0, 0.5), 2 * spread(0, 0));
}

TEST_P(NoiseLevers, noise_of_shares_spreads_the_runs_the_less_the_more_often_it_changes) {
    auto s = test::three_places(55000);
    const auto spread = [&](double noise, double days) {
        s.behaviour.choose.overdispersion = noise;
        s.behaviour.choose.overdispersion_days = days;
        return spread_at(s, "camp");
    };
    const double always = spread(0.4, 0), daily = spread(0.4, 1), without = spread(0, 0);
    EXPECT_GT(daily, 1.2 * without);
    EXPECT_GT(always, 1.2 * daily);
}

/// A town that 10,000 people flee from on the second day, to two camps as far away that hold 800 and 200 of them.
/// Without noise 0.725 of them go to the larger camp, which is also the share that the noise goes by.
ScenarioSettings two_camps_as_far() {
    auto s = test::three_places(100000);
    s.network.places[1] = test::place("large", PlaceType::camp, 35.9, 36.6, 0);
    s.network.places[2] = test::place("small", PlaceType::camp, 35.9, 36.7, 0);
    s.network.routes = {test::route("town", "large", 40), test::route("town", "small", 40)};
    s.period.to = day(1);
    s.bombardment.clear();
    s.conflicts = {{"town", day(0), day(1), 1, ""}};
    s.registrations = {
        {"large", day(0), 800}, {"large", day(1), 5800}, {"small", day(0), 200}, {"small", day(1), 5200}};
    s.behaviour.leave.departures = DeparturesBy::registrations;
    s.behaviour.returning.rate = 0;
    auto& choose = s.behaviour.choose;
    choose.attraction_town = choose.danger_on_way = 0;
    choose.network_pull = 1;
    choose.network_softening = 1.0 / 6;  // (0.8 + 1/6) / (1 + 2/6) = 0.725
    choose.overdispersion = 0.4;
    return s;
}

TEST_P(NoiseLevers, noise_of_shares_keeps_their_mean) {
    const auto s = two_camps_as_far();
    const World world = test::built(s);
    constexpr int count = 400;
    const auto result = runs(world, count);
    double sum = 0, squares = 0;
    for (const auto& member : result.members) {
        const double large = at_end(world, member, PlaceField::arrivals, "large");
        const double share = large / (large + at_end(world, member, PlaceField::arrivals, "small"));
        sum += share / count;
        squares += share * share / count;
    }
    const double deviation = std::sqrt(squares - sum * sum);
    constexpr double expected = 0.725;
    EXPECT_NEAR(sum, expected, 4 * deviation / std::sqrt(double(count)));  // fails by chance once in 16,000
    const double noise = s.behaviour.choose.overdispersion;
    EXPECT_NEAR(deviation, noise * std::sqrt(expected * (1 - expected) / (1 + noise * noise)), 0.02);
}

TEST_P(NoiseLevers, an_uncertain_count_spreads_the_start_and_keeps_the_sum) {
    auto s = test::three_places(5500);
    s.bombardment.clear();
    s.behaviour.leave.h0 = 0;
    s.behaviour.leave.onward_camp = s.behaviour.leave.onward_host = 0;
    s.behaviour.returning.rate = 0;
    s.displaced = {{"camp", "town", 5500, {}, 0.1, ""}, {"city", "town", 55000, {}, 0.1, ""}};
    EXPECT_NEAR(spread_at(s, "camp"), 5500 * 0.1 * std::sqrt(2.0) * 10 / 11, 150);
    EXPECT_EQ(spread_at(s, "town"), 0);
    for (const auto& member : runs(test::built(s), 5).members)
        EXPECT_NEAR(test::last(member, TotalField::displaced), 60500, 6);
}

INSTANTIATE_TEST_SUITE_P(Engines, NoiseLevers, ::testing::ValuesIn(test::every_engine_that_draws),
                         test::name_of);

}  // namespace
}  // namespace nuzuh
