// Strikes by day and place as a scenario gives them: factors, open ends, conflicts where strikes are not known.
#include <gtest/gtest.h>

#include "sim/check/make_world.hpp"
#include "sim/study/checkpoint.hpp"
#include "tests/support/rich_world.hpp"

namespace nuzuh {
namespace {

BombardmentSettings multiplied(std::string area, int from, std::optional<int> to, double factor) {
    BombardmentSettings entry;
    entry.area = std::move(area);
    entry.from = test::day(from);
    if (to) entry.to = test::day(*to);
    entry.factor = factor;
    return entry;
}

/// All that a world holds of its first steps, as bytes.
auto state(const ScenarioSettings& settings) {
    const World world = test::built(settings);
    return fingerprint(world, world.steps);
}

ScenarioSettings with(ScenarioSettings settings, BombardmentSettings entry) {
    settings.bombardment.push_back(std::move(entry));
    return settings;
}

ScenarioSettings with_rates_times(ScenarioSettings settings, double factor) {
    for (auto& entry : settings.bombardment.own()) *entry.strikes_per_day *= factor;
    return settings;
}

TEST(StrikesFactor, of_one_changes_nothing) {
    const auto rich = test::rich_settings();
    EXPECT_EQ(state(with(rich, multiplied("all", 0, {}, 1))), state(rich));
    EXPECT_EQ(state(with(rich, multiplied("front_line", -20, 60, 1))), state(rich));
}

TEST(StrikesFactor, of_zero_is_as_if_there_were_none) {
    const auto rich = test::rich_settings();
    auto without = rich;
    without.bombardment.clear();
    EXPECT_EQ(state(with(rich, multiplied("all", 0, {}, 0))), state(without));
    auto gone = rich;
    for (auto& entry : gone.bombardment.own()) entry.strikes_per_day = 0;
    EXPECT_EQ(state(with(rich, multiplied("all", -400, {}, 0))), state(gone));
}

TEST(StrikesFactor, of_two_is_the_same_as_doubled_rates_to_the_bit) {
    const auto rich = test::rich_settings();
    EXPECT_EQ(state(with(rich, multiplied("all", 0, {}, 2))), state(with_rates_times(rich, 2)));
    auto quarter = rich;
    quarter.period.step_days = 0.25;
    EXPECT_EQ(state(with(quarter, multiplied("all", 0, 39, 0.5))), state(with_rates_times(quarter, 0.5)));
}

TEST(StrikesFactor, holds_on_its_days_and_in_its_area_alone) {
    const World world = test::built(with(test::rich_settings(), multiplied("front_line", 4, 5, 3)));
    const World plain = test::built(test::rich_settings());
    for (int step = 0; step < world.steps; ++step) {
        for (int i = 0; i < world.place_count(); ++i) {
            const bool there = i < 2 && (step == 4 || step == 5);
            EXPECT_EQ(world.inputs[std::size_t(step)].strikes(i),
                      plain.inputs[std::size_t(step)].strikes(i) * (there ? 3 : 1));
        }
    }
}

TEST(StrikesFactor, multiplies_a_factor_before_it_and_nothing_behind_it) {
    auto settings = test::three_places();
    settings.bombardment.push_back(multiplied("all", 0, {}, 2));
    settings.bombardment.push_back(multiplied("all", 0, {}, 3));
    settings.bombardment.push_back(test::strikes("city", 0, 9, 5));
    const World world = test::built(settings);
    EXPECT_EQ(world.inputs[0].strikes(0), 120);
    EXPECT_EQ(world.inputs[0].strikes(1), 5);
}

TEST(StrikesFactor, and_a_rate_are_one_or_the_other) {
    auto both = test::three_places();
    both.bombardment[0].factor = 2;
    auto neither = test::three_places();
    neither.bombardment[0].strikes_per_day.reset();
    for (const auto& settings : {both, neither}) {
        const auto world = make_world(settings);
        ASSERT_FALSE(world);
        EXPECT_EQ(world.findings().front().path, "bombardment[0]");
    }
}

TEST(OpenEnds, are_the_end_of_the_period) {
    const auto last = test::rich_settings().period.to;
    auto closed = test::rich_settings();
    CampChange camp;
    camp.place = "camp";
    camp.from = test::day(30);
    RouteChange road;
    road.route = "north_camp";
    road.from = test::day(35);
    closed.camps = {camp};
    closed.routes = {road};
    closed.bombardment[3].to = last;
    closed.conflicts[0].to = last;
    closed.access[0].to = last;
    auto open = closed;
    closed.camps[0].to = last;
    closed.routes[0].to = last;
    open.bombardment[3].to.reset();
    open.conflicts[0].to.reset();
    open.access[0].to.reset();
    EXPECT_EQ(state(open), state(closed));
    EXPECT_NE(state(open), state(test::rich_settings()));
}

/// Bands of the town on every day under a conflict alone.
std::vector<DangerBand> bands_under(double intensity, double strikes_a_day, int from = 0) {
    auto settings = test::three_places();
    settings.bombardment.clear();
    settings.behaviour.leave.conflict_strikes = strikes_a_day;
    settings.conflicts = {{"town", test::day(from), test::day(9), intensity, ""}};
    const World world = test::built(settings);
    std::vector<DangerBand> bands;
    for (const auto& inputs : *world.inputs) bands.push_back(inputs.band[0]);
    return bands;
}

TEST(ConflictDanger, is_there_from_the_first_day_as_the_bands_say) {
    EXPECT_EQ(bands_under(1, 1), std::vector(10, DangerBand::from_1));
    EXPECT_EQ(bands_under(1, 3), std::vector(10, DangerBand::from_2));
    EXPECT_EQ(bands_under(1, 7), std::vector(10, DangerBand::from_3));
    EXPECT_EQ(bands_under(0.5, 2), std::vector(10, DangerBand::from_1));
    EXPECT_EQ(bands_under(0.5, 1), std::vector(10, DangerBand::below_1));
    EXPECT_EQ(bands_under(0, 7), std::vector(10, DangerBand::below_1));
}

TEST(ConflictDanger, begins_with_the_conflict_and_fades_with_its_decay) {
    const auto later = bands_under(1, 1, 4);
    EXPECT_EQ(later[3], DangerBand::below_1);
    EXPECT_EQ(later[4], DangerBand::from_1);
    auto settings = test::three_places();
    settings.bombardment.clear();
    settings.conflicts = {{"town", test::day(0), test::day(9), 1, ""}};
    settings.conflict_decay = {{5, 0.1}};
    const World world = test::built(settings);
    EXPECT_EQ(world.inputs[4].band[0], DangerBand::from_1);
    EXPECT_EQ(world.inputs[5].band[0], DangerBand::below_1);
}

TEST(ConflictDanger, leaves_places_outside_it_as_they_are) {
    auto settings = test::three_places();
    settings.bombardment.clear();
    settings.conflicts = {{"town", test::day(0), test::day(9), 1, ""}};
    const World world = test::built(settings);
    for (const auto& inputs : *world.inputs) EXPECT_EQ(inputs.band[2], DangerBand::below_1);
}

}  // namespace
}  // namespace nuzuh
