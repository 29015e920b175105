// Reported figures count the same days however long records are, or are not compared; nor are scores made of long records.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/setting.hpp"
#include "sim/study/calibrate.hpp"
#include "sim/study/run_scores.hpp"
#include "sim/study/score.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using testing::ElementsAre;

ReportedFigure figure(std::string name, Quantity quantity, std::optional<int> from, int to) {
    ReportedFigure f;
    f.figure = std::move(name);
    f.quantity = quantity;
    if (from) f.from = test::day(*from);
    f.to = test::day(to);
    f.persons = 9000;
    return f;
}

/// A town under bombardment for thirty days, recorded every so many.
ScenarioSettings reported_on(int every_days) {
    auto s = test::three_places(55000);
    s.period.to = test::day(29);
    s.bombardment = {test::strikes("town", 0, 20, 6)};
    s.output.every_days = every_days;
    s.reported = {figure("two weeks", Quantity::movements, {}, 13),
                  figure("ten days", Quantity::movements, {}, 9),
                  figure("the second week", Quantity::departures, 7, 13),
                  figure("a week from the ninth day", Quantity::departures, 8, 14),
                  figure("from a record on to the end", Quantity::departures, 14, 29),
                  figure("who is there after three weeks", Quantity::displaced, {}, 20),
                  figure("who is there a day later", Quantity::displaced, {}, 21)};
    return s;
}

std::map<std::string, double> compared(int every_days) {
    const World world = test::built(reported_on(every_days));
    auto spec = ensemble_spec(world, 1);
    spec.members = 8;
    const auto runs = run_ensemble(world, spec);
    std::map<std::string, double> medians;
    for (const auto& one : compare_with_reported(world, runs)) medians[one.figure.figure] = one.median;
    return medians;
}

TEST(FigureRecords, of_a_week_say_of_a_figure_what_days_say_or_nothing) {
    const auto by_day = compared(1), by_week = compared(7);
    EXPECT_EQ(by_day.size(), 7u);
    std::vector<std::string> names;
    for (const auto& [name, persons] : by_week) {
        names.push_back(name);
        EXPECT_NEAR(persons, by_day.at(name), 0.5) << name;
        EXPECT_GT(persons, 0) << name;
    }
    EXPECT_THAT(names, ElementsAre("from a record on to the end", "the second week", "two weeks",
                                   "who is there after three weeks"));
}

TEST(FigureRecords, do_not_matter_to_a_calibration) {
    const auto medians = [](int every_days) {
        const World world = test::built(reported_on(every_days));
        CalibrationSpec spec;
        spec.particles = 50;
        spec.threads = 1;
        spec.until = test::day(29);
        const auto found = calibrate(world, setting_access(), spec);
        std::vector<double> medians;
        if (found)
            for (const auto& one : found->figures) medians.push_back(one.posterior[2]);
        return medians;
    };
    const auto by_day = medians(1);
    EXPECT_EQ(by_day.size(), 7u);
    EXPECT_EQ(medians(7), by_day);
}

TEST(Score, takes_records_of_a_day) {
    auto s = reported_on(1);
    s.registrations = {{"camp", test::day(0), 10}, {"camp", test::day(20), 4000}};
    EXPECT_TRUE(why_not_scored(test::built(s)).empty());
    s.output.every_days = 7;
    const auto why = why_not_scored(test::built(s));
    ASSERT_EQ(why.size(), 1u);
    EXPECT_EQ(why[0].path, "output.every");
}

}  // namespace
}  // namespace nuzuh
