// What draws people to those from home: how it is softened, and how it fades.
#include <gtest/gtest.h>

#include "tests/support/every_engine.hpp"

namespace nuzuh {
namespace {

using test::at_end;
using test::day;

class NetworkLevers : public test::OverEngines {
protected:
    /// Share of those from the town who ended in the camp, when half of those who came before are there.
    double drawn_to_camp(const ChooseSettings& choose, std::optional<Date> since) const {
        auto s = test::three_places(550000);
        s.behaviour.choose = choose;
        s.displaced = {{"camp", "town", 55000, since, 0, ""}};
        const World world = test::built(s);
        const auto result = run(world);
        const double camp = at_end(world, result, PlaceField::arrivals, "camp");
        return camp / (camp + at_end(world, result, PlaceField::arrivals, "city"));
    }
};

TEST_P(NetworkLevers, a_softened_network_pulls_less) {
    ChooseSettings choose;
    choose.network_pull = 1;
    const double sharp = drawn_to_camp(choose, {});
    choose.network_softening = 0.2;
    const double soft = drawn_to_camp(choose, {});
    choose.network_softening = 50;
    const double hardly = drawn_to_camp(choose, {});
    choose.network_pull = 0;
    const double none = drawn_to_camp(choose, {});
    EXPECT_GT(sharp, soft + 0.01);
    EXPECT_GT(soft, hardly + 0.01);
    EXPECT_NEAR(hardly, none, 0.015);
}

TEST_P(NetworkLevers, old_arrivals_pull_less_than_new_ones) {
    ChooseSettings choose;
    choose.network_pull = 1;
    choose.network_softening = 0.2;
    choose.network_memory_days = 20;
    const double fresh = drawn_to_camp(choose, day(0));
    const double old = drawn_to_camp(choose, day(-100));
    const double long_ago = drawn_to_camp(choose, {});
    EXPECT_GT(fresh, old + 0.01);
    EXPECT_GT(old, long_ago);
}

/// From a town 20,000 households flee on each of two days to two camps as far away, in which 8,000 and 2,000 from the
/// town have been for 20 days.
ScenarioSettings two_camps_with_relatives() {
    auto s = test::three_places(5.5e6);
    s.network.places[1] = test::place("large", PlaceType::camp, 35.9, 36.6, 0);
    s.network.places[2] = test::place("small", PlaceType::camp, 35.9, 36.7, 0);
    s.network.routes = {test::route("town", "large", 40), test::route("town", "small", 40)};
    s.period.to = day(1);
    s.bombardment.clear();
    s.departures = {{"town", day(0), 110000}, {"town", day(1), 110000}};
    s.displaced = {{"large", "town", 44000, day(-20), 0, ""}, {"small", "town", 11000, day(-20), 0, ""}};
    s.behaviour.returning.rate = 0;
    s.behaviour.choose.network_pull = 0.7;
    return s;
}

/// Share of the larger camp among those who arrive on a day.
double share_of_large(const RunResult& run, std::size_t day) {
    const auto& arrivals = run.place[std::size_t(PlaceField::arrivals)];
    const double large = arrivals[3 * day + 1], small = arrivals[3 * day + 2];
    return large / (large + small);
}

/// (1 + S / S0)^pull of two camps, S0 one household or a share of all, never below one.
double share_by_definition(double large, double small, const ChooseSettings& choose) {
    const double scale = std::max(1.0, choose.network_softening * (large + small));
    const double a = std::pow(1 + large / scale, choose.network_pull);
    const double b = std::pow(1 + small / scale, choose.network_pull);
    return a / (a + b);
}

/// Who came long ago counts for half after each half-life; who came yesterday has faded by a day.
TEST_P(NetworkLevers, softening_and_memory_are_what_they_are_defined_as) {
    for (const double softening : {0.0, 0.05, 0.6}) {
        for (const double half_life : {0.0, 0.5, 5.0, 20.0}) {
            auto s = two_camps_with_relatives();
            auto& choose = s.behaviour.choose;
            choose.network_softening = softening;
            choose.network_memory_days = half_life;
            const auto result = run(s);
            // Five standard deviations of a share of 20,000 households.
            const double tolerance = draws() ? 5 * std::sqrt(0.25 / 20000) : 1e-5;
            const double kept = half_life > 0 ? std::exp2(-20 / half_life) : 1;
            const double fades = half_life > 0 ? std::exp2(-1 / half_life) : 1;
            double large = 8000 * kept, small = 2000 * kept;
            EXPECT_NEAR(share_of_large(result, 0), share_by_definition(large, small, choose), tolerance)
                << softening << " " << half_life;
            const auto& arrivals = result.place[std::size_t(PlaceField::arrivals)];
            large = large * fades + arrivals[1] / 5.5;
            small = small * fades + arrivals[2] / 5.5;
            EXPECT_NEAR(share_of_large(result, 1), share_by_definition(large, small, choose), tolerance)
                << softening << " " << half_life;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, NetworkLevers, ::testing::ValuesIn(test::every_engine), test::name_of);

}  // namespace
}  // namespace nuzuh
