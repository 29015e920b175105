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
    const auto loaded = load_scenario((*testing::flee_cases() / name).string());
    if (!loaded) throw std::runtime_error(loaded.findings().front().message);
    auto settings = loaded->settings;
    settings.behaviour.rules = Rules::hazard_choice;
    settings.engine.kind = EngineKind::compartments;
    return settings;
}

/// ARD of the expected run, plain and rescaled.
std::pair<double, double> difference(const ScenarioSettings& settings) {
    const World world = testing::built(settings);
    const auto result = testing::run(world, EngineKind::compartments, DrawMode::expected);
    const auto counted = registrations_on(world, result.days);
    Eigen::ArrayXXd simulated = counted.persons;
    const auto& displaced = result.members[0].place[std::size_t(PlaceField::displaced)];
    for (Eigen::Index t = 0; t < simulated.rows(); ++t) {
        for (Eigen::Index c = 0; c < simulated.cols(); ++c) {
            const auto camp = std::size_t(counted.places[std::size_t(c)]);
            simulated(t, c) = displaced[std::size_t(t) * world.places.size() + camp];
        }
    }
    return {averaged_relative_difference(simulated, counted.persons),
            averaged_relative_difference(simulated, counted.persons, true)};
}

class RegisteredConflicts : public ::testing::Test {
    void SetUp() override {
        if (!testing::flee_cases()) GTEST_SKIP() << testing::no_flee_cases;
    }
};

TEST_F(RegisteredConflicts, people_are_divided_better_than_by_flee_3) {
    double withheld = 0, withheld_rescaled = 0, given = 0, given_rescaled = 0;
    int better = 0;
    for (const auto& [name, flee] : cases) {
        const auto settings = settings_of(name);
        const auto [plain, rescaled] = difference(capacities_withheld(settings));
        withheld += plain / 6;
        withheld_rescaled += rescaled / 6;
        better += plain < flee;
        const auto [plain_given, rescaled_given] = difference(settings);
        given += plain_given / 6;
        given_rescaled += rescaled_given / 6;
    }
    EXPECT_LE(withheld, 0.45);
    EXPECT_LE(withheld_rescaled, 0.42);
    EXPECT_LE(given, 0.26);
    EXPECT_LE(given_rescaled, 0.23);
    EXPECT_GE(better, 5);
}

TEST_F(RegisteredConflicts, forecasts_beat_persistence_and_know_their_spread) {
    ForecastSpec spec;
    spec.members = 40;
    spec.threads = 1;
    std::vector<ForecastRow> all;
    for (const auto& [name, flee] : cases) {
        const World world = testing::built(capacities_withheld(settings_of(name)));
        const auto rows = rolling_forecasts(world, spec);
        all.insert(all.end(), rows.begin(), rows.end());
    }
    EXPECT_LE(forecast_skill(all, {28}).front().relative(), 0.8);
    EXPECT_GE(weekly_coverage(all), 0.80);
    EXPECT_LE(weekly_coverage(all), 0.97);
}

}  // namespace
}  // namespace nuzuh
