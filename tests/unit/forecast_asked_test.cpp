// What is asked of a forecast is refused where it means nothing or does nothing, and starts where the first figure is known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/setting.hpp"
#include "sim/study/forecast_asked.hpp"
#include "sim/study/unknowns.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using test::day;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal(const World& world, const ForecastAsked& asked) {
    const auto why = why_no_forecast(world, asked);
    return why.empty() ? "" : why.front().message;
}

ReportedFigure movements(int to, double persons, int published) {
    ReportedFigure figure;
    figure.figure = "to day " + std::to_string(to);
    figure.to = day(to);
    figure.persons = persons;
    figure.published = day(published);
    return figure;
}

/// A town under bombardment for thirty days, of which two figures are known, from day 8 and day 15 on.
ScenarioSettings reported() {
    auto s = test::three_places(55000);
    s.period.to = day(29);
    s.bombardment = {test::strikes("town", 0, 29, 6)};
    s.reported = {movements(5, 9000, 8), movements(12, 16000, 15)};
    return s;
}

/// The same, of which people registered at the camp are known.
ScenarioSettings registered(double at_last = 5000) {
    auto s = test::three_places(55000);
    s.period.to = day(29);
    s.behaviour.leave.departures = DeparturesBy::registrations;
    s.conflicts = {{"town", day(0), {}, 1, ""}};
    s.registrations = {{"camp", day(0), 0}, {"camp", day(10), at_last / 2}, {"camp", day(29), at_last}};
    return s;
}

TEST(ForecastAsked, numbers_that_mean_nothing_are_refused) {
    const World world = test::built(reported());
    EXPECT_EQ(refusal(world, {}), "");
    EXPECT_THAT(refusal(world, {.every_days = 0}), HasSubstr("whole numbers of days from 1"));
    EXPECT_THAT(refusal(world, {.horizons_days = {7, 0}}), HasSubstr("whole numbers of days from 1"));
    EXPECT_THAT(refusal(world, {.horizons_days = {}}), HasSubstr("whole numbers of days from 1"));
    EXPECT_EQ(refusal(world, {.members = 1}), "--members is 1: a band takes two");
    EXPECT_EQ(refusal(world, {.uncertainty = 1.5}), "--uncertainty is 1.5: expected 0 to 1");
    EXPECT_EQ(refusal(world, {.triggers = {5000, 0}}), "--trigger is 0: expected more than 0 persons");
    EXPECT_EQ(refusal(world, {.triggers = {5000}, .trigger_chance = 0}),
              "--trigger-chance is 0: expected more than 0, up to 1");
    EXPECT_EQ(refusal(world, {.trigger_chance = 0.5}), "--trigger-chance has no effect without --trigger");
}

TEST(ForecastAsked, what_does_nothing_is_refused) {
    const World figures = test::built(reported()), camps = test::built(registered());
    EXPECT_FALSE(forecasts_registrations(figures));
    EXPECT_TRUE(forecasts_registrations(camps));
    for (const ForecastAsked& asked :
         {ForecastAsked{.uncertainty = 0.1}, ForecastAsked{.leaving = LeavingAhead::recent},
          ForecastAsked{.hindsight = true}, ForecastAsked{.raw = true}})
        EXPECT_THAT(refusal(figures, asked), HasSubstr("no effect on forecasts of reported figures"));
    const ForecastAsked near{.every_days = 7, .horizons_days = {7}};
    EXPECT_EQ(refusal(camps, near), "");
    auto asked = near;
    asked.strikes = StrikesAhead::recent;
    EXPECT_EQ(refusal(camps, asked), "--strikes and --from have no effect on forecasts of registrations");
    asked = near;
    asked.from = day(3);
    EXPECT_EQ(refusal(camps, asked), "--strikes and --from have no effect on forecasts of registrations");
    asked = near;
    asked.triggers = {5000};
    EXPECT_EQ(refusal(camps, asked),
              "--trigger and --trigger-chance have no effect on forecasts of registrations");
}

TEST(ForecastAsked, what_no_forecast_can_be_made_of_is_refused) {
    EXPECT_THAT(refusal(test::built(test::three_places()), {}),
                HasSubstr("starts from the registrations of camps, or from reported figures"));
    auto expected = reported();
    expected.engine.mode = DrawMode::expected;
    EXPECT_THAT(refusal(test::built(expected), {}), HasSubstr("engine.mode: expected has none"));
    const World world = test::built(reported());
    for (const int out : {-1, 30})
        EXPECT_THAT(refusal(world, {.from = day(out)}),
                    HasSubstr("is no day of the period 2019-08-01 to 2019-08-30"));
    const World camps = test::built(registered());
    EXPECT_EQ(refusal(camps, {.every_days = 20, .horizons_days = {10, 14}}),
              "no forecast fits the period: the first begins after 20 days and looks 10 days ahead, and the "
              "period has 30");
    EXPECT_EQ(refusal(test::built(registered(900)), {.every_days = 7, .horizons_days = {7}}),
              "no forecast is made while fewer than 1,000 people are registered, and there never are more");
}

TEST(ForecastAsked, figures_are_forecast_from_the_day_on_which_one_is_known) {
    const World world = test::built(reported());
    EXPECT_EQ(first_known(world), day(8));
    EXPECT_THAT(figure_spec(world, {.every_days = 5, .horizons_days = {14, 7}}).origins,
                ElementsAre(day(8), day(13), day(15)));
    EXPECT_THAT(figure_spec(world, {.horizons_days = {14, 7}}).horizons_days, ElementsAre(7, 14));
    // The pool learns from days before the one that is asked for, unless strikes ahead are not known.
    EXPECT_THAT(figure_spec(world, {.every_days = 5, .from = day(20)}).origins,
                ElementsAre(day(8), day(13), day(18), day(20)));
    EXPECT_THAT(figure_spec(world, {.strikes = StrikesAhead::recent, .from = day(20)}).origins,
                ElementsAre(day(20)));
}

TEST(ForecastAsked, one_day_is_told_alone) {
    const World world = test::built(reported());
    ForecastAsked asked{.every_days = 5, .horizons_days = {7}, .members = 4, .threads = 1, .from = day(20)};
    const auto rows = forecast_asked_figures(world, setting_access(), asked);
    ASSERT_TRUE(rows);
    for (const auto& row : *rows) EXPECT_EQ(row.origin, day(20));
    asked.from = day(29);
    const auto none = forecast_asked_figures(world, setting_access(), asked);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.findings().front().message,
              "nothing can be forecast from 2019-08-30: the first figure is known from 2019-08-09 on, and "
              "the period ends "
              "on 2019-08-30");
}

}  // namespace
}  // namespace nuzuh
