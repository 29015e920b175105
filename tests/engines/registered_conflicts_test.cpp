// hazard_choice on the conflicts of Flee 3's public cases, which are not part of this project.
#include <gtest/gtest.h>

#include "sim/scenario/load.hpp"
#include "sim/study/forecast.hpp"
#include "sim/study/skill.hpp"
#include "tests/flee/cases.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

/// Case and ARD of Flee 3 with its best published settings and capacities withheld.
const std::vector<std::pair<std::string, double>> cases = {{"burundi2015", 0.810}, {"car2013", 0.707},
                                                           {"mali2012", 0.786},    {"nigeria2016", 0.374},
                                                           {"ssudan2013", 0.856},  {"syria2013", 0.342}};

ScenarioSettings settings_of(const std::string& name) {
    const auto loaded = load_scenario((*test::flee_cases() / name).string());
    if (!loaded) throw std::runtime_error(loaded.findings().front().message);
    auto settings = loaded->settings;
    settings.behaviour.rules = Rules::hazard_choice;
    settings.engine.kind = EngineKind::compartments;
    return settings;
}

/// ARD, plain and rescaled, of the mean over members; in expected mode there is one.
struct Difference {
    double plain = 0, rescaled = 0;
};
Difference difference(const ScenarioSettings& settings, DrawMode mode, int members) {
    const World world = test::built(settings);
    const auto result = test::run(world, EngineKind::compartments, mode, members);
    const auto counted = registrations_on(world, result.days);
    Eigen::ArrayXXd simulated = Eigen::ArrayXXd::Zero(counted.persons.rows(), counted.persons.cols());
    for (const auto& member : result.members) {
        const auto& displaced = member.place[std::size_t(PlaceField::displaced)];
        for (Eigen::Index t = 0; t < simulated.rows(); ++t) {
            for (Eigen::Index c = 0; c < simulated.cols(); ++c) {
                const auto camp = std::size_t(counted.places[std::size_t(c)]);
                simulated(t, c) += displaced[std::size_t(t) * world.places.size() + camp] / double(members);
            }
        }
    }
    return {averaged_relative_difference(simulated, counted.persons),
            averaged_relative_difference(simulated, counted.persons, true)};
}

/// Means over the cases, with capacities withheld and as given, and in how many cases Flee 3 is farther off.
struct AllCases {
    Difference withheld, given;
    int better = 0;
};
AllCases differences(DrawMode mode, int members) {
    AllCases all;
    const auto add = [](Difference& mean, const Difference& one) {
        mean.plain += one.plain / double(cases.size());
        mean.rescaled += one.rescaled / double(cases.size());
    };
    for (const auto& [name, flee] : cases) {
        const auto settings = settings_of(name);
        const auto withheld = difference(capacities_withheld(settings), mode, members);
        add(all.withheld, withheld);
        add(all.given, difference(settings, mode, members));
        all.better += withheld.plain < flee;
    }
    return all;
}

class RegisteredConflicts : public ::testing::Test {
    void SetUp() override {
        if (!test::flee_cases()) GTEST_SKIP() << test::no_flee_cases;
    }
};

TEST_F(RegisteredConflicts, people_are_divided_better_than_by_flee_3) {
    const auto all = differences(DrawMode::expected, 1);
    EXPECT_LE(all.withheld.plain, 0.45);
    EXPECT_LE(all.withheld.rescaled, 0.42);
    EXPECT_LE(all.given.plain, 0.26);
    EXPECT_LE(all.given.rescaled, 0.23);
    EXPECT_GE(all.better, 5);
}

/// Uncertainty hardly moves the mean: it lies within 0.03 of the run without any.
TEST_F(RegisteredConflicts, the_mean_of_an_ensemble_divides_people_like_the_expected_run) {
    const auto expected = differences(DrawMode::expected, 1), all = differences(DrawMode::stochastic, 60);
    EXPECT_LE(all.withheld.plain, 0.45);
    EXPECT_NEAR(all.withheld.rescaled, expected.withheld.rescaled, 0.03);
    EXPECT_LE(all.given.plain, 0.26);
    EXPECT_LE(all.given.rescaled, 0.23);
    EXPECT_GE(all.better, 5);
}

TEST_F(RegisteredConflicts, forecasts_beat_persistence_and_know_their_spread) {
    ForecastSpec spec;
    spec.members = 40;
    spec.threads = 1;
    std::vector<ForecastRow> all;
    for (const auto& [name, flee] : cases) {
        const World world = test::built(capacities_withheld(settings_of(name)));
        const auto rows = rolling_forecasts(world, spec);
        all.insert(all.end(), rows.begin(), rows.end());
    }
    const HorizonSkill month = forecast_skill(all, {28}).front();
    EXPECT_LE(month.relative(month.model), 0.8);
    EXPECT_LE(month.relative(month.pool), 0.8);
    EXPECT_GE(weekly_coverage(all), 0.80);
    EXPECT_LE(weekly_coverage(all), 0.97);
}

}  // namespace
}  // namespace nuzuh
