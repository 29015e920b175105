// Forecasts of reported figures know what was published, and nothing that came later.
#include <gtest/gtest.h>

#include "sim/check/make_world.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/figure_forecast.hpp"
#include "sim/study/quantile.hpp"
#include "sim/study/trigger_skill.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

using test::day;

ReportedFigure figure(Quantity quantity, int to, double persons, int published) {
    ReportedFigure f;
    f.figure = "to day " + std::to_string(to);
    f.quantity = quantity;
    f.to = day(to);
    f.persons = persons;
    f.published = day(published);
    f.source = "made up";
    return f;
}

/// A town under steady bombardment for forty days, and counts of movements as a truth of it would give.
ScenarioSettings counted() {
    auto s = test::three_places(55000);
    s.period.to = day(39);
    s.bombardment = {test::strikes("town", 0, 39, 6)};
    s.reported = {figure(Quantity::movements, 5, 9000, 8), figure(Quantity::movements, 12, 16000, 15),
                  figure(Quantity::movements, 19, 24000, 22), figure(Quantity::movements, 33, 36000, 36)};
    return s;
}

FigureForecastSpec spec_of(std::vector<Date> origins) {
    FigureForecastSpec spec;
    spec.origins = std::move(origins);
    spec.horizons_days = {7, 14};
    spec.members = 64;
    spec.threads = 1;
    return spec;
}

std::vector<FigureForecastRow> forecasts(const ScenarioSettings& settings, const FigureForecastSpec& spec) {
    return forecast_figures(test::built(settings), setting_access(), spec);
}

double median(const std::vector<double>& members) { return band_of(members)[2]; }

double log_median(std::vector<double> members) {
    for (double& persons : members) persons = std::log1p(persons);
    return median(members);
}

TEST(FigureForecast, a_series_counts_the_same_from_the_start_or_is_a_stock) {
    auto s = counted();
    s.reported.push_back(figure(Quantity::movements, 30, 500, 31));
    s.reported.back().from = day(20);  // another window: of no series
    s.reported.push_back(figure(Quantity::displaced, 10, 500, 10));
    s.reported.push_back(figure(Quantity::displaced, 8, 400, 10));
    s.reported.push_back(figure(Quantity::returns, 8, 400, 10));  // one alone
    const auto all = series_of(s);
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].name, "movements");
    EXPECT_EQ(all[0].figures.size(), 4u);
    EXPECT_EQ(all[1].name, "displaced");
    EXPECT_EQ(all[1].figures[0].to, day(8));
}

TEST(FigureForecast, what_is_published_later_changes_nothing_before) {
    const auto before = forecasts(counted(), spec_of({day(16)}));
    auto changed = counted();
    changed.reported[2].persons *= 3;
    const auto after = forecasts(changed, spec_of({day(16)}));
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t r = 0; r < before.size(); ++r) {
        EXPECT_EQ(before[r].said, after[r].said);
    }
    changed = counted();
    changed.reported[2].persons *= 3;
    changed.reported[2].published = day(19);
    const auto known = forecasts(changed, spec_of({day(19)}));
    EXPECT_GT(median(known.front().by(FigureSource::model)),
              1.5 * median(before.front().by(FigureSource::model)));
}

TEST(FigureForecast, threads_change_nothing) {
    auto spec = spec_of({day(16), day(23)});
    const auto one = forecasts(counted(), spec);
    spec.threads = 3;
    const auto three = forecasts(counted(), spec);
    for (std::size_t r = 0; r < one.size(); ++r) EXPECT_EQ(one[r].said, three[r].said);
}

TEST(FigureForecast, the_recent_rate_goes_on_from_the_last_figure) {
    // Known on day 16 are 9,000 to day 5 and 16,000 to day 12: 1,000 a day. Each may lie 25 % either way, so that its middle is
    // itself. Nothing was forecast before: the band is log-normal with 0.3 a fortnight ahead.
    constexpr double normal_95 = 1.6448536269514722;
    const auto rows = forecasts(counted(), spec_of({day(16)}));
    for (const auto& row : rows) {
        const double said = 16000 + 1000 * (row.day - day(12));
        const auto& rate = row.by(FigureSource::recent_rate);
        EXPECT_NEAR(median(rate), said, 0.01 * said) << iso(row.day);
        EXPECT_NEAR(std::log(band_of(rate)[4] / said), normal_95 * 0.3 * std::sqrt(row.days_ahead() / 14.0),
                    1e-3);
    }
}

TEST(FigureForecast, members_that_fit_what_is_known_are_the_ones_that_speak) {
    auto spec = spec_of({day(24)});
    spec.members = 400;
    // Counts of a war in which people leave twice as readily, by the model itself.
    auto truth = counted();
    truth.behaviour.leave.h_max *= 2;
    const World world = test::built(truth);
    const auto run = test::run(world, EngineKind::pooled, DrawMode::expected);
    auto s = counted();
    const auto cumulative = [&](int to) {
        double sum = 0;
        const auto& left = run.members[0].place[std::size_t(PlaceField::departures)];
        for (std::size_t c = 0; c < std::size_t(to + 1) * world.places.size(); ++c) sum += left[c];
        return sum;
    };
    for (auto& f : s.reported.own()) {
        f.persons = cumulative(f.to - day(0));
        f.uncertainty = 0.05;
    }
    const auto rows = forecasts(s, spec);
    auto blind = s;
    for (auto& f : blind.reported.own()) f.published = day(39);
    blind.reported[0].published = day(5);
    const auto less = forecasts(blind, spec);
    const auto at = [](const std::vector<FigureForecastRow>& all, Date d) {
        return *std::find_if(all.begin(), all.end(), [&](const auto& row) { return row.day == d; });
    };
    const double came = cumulative(33);
    const auto with = at(rows, day(33)), without = at(less, day(33));
    EXPECT_LT(std::abs(std::log(median(with.by(FigureSource::model)) / came)), 0.1);
    const auto width = [](const FigureForecastRow& row) {
        const Band band = band_of(row.by(FigureSource::model));
        return std::log(band[4] / band[0]);
    };
    EXPECT_LT(width(with), 0.7 * width(without));
    EXPECT_GE(with.counting, 400 / 8 - 1e-6);
    EXPECT_LT(with.counting, 200);
}

TEST(FigureForecast, nothing_that_begins_later_is_known) {
    auto s = test::rich_settings();
    const World world = test::built(s);
    const Date origin = day(12);
    const auto known = test::built(known_by(world, origin));
    const int middle = world.place_index("middle"), east = world.place_index("east"),
              west = world.place_index("west");
    for (const int step : {0, 5, 12})
        EXPECT_TRUE(
            (known.inputs[std::size_t(step)].strikes == world.inputs[std::size_t(step)].strikes).all());
    // Of the last fortnight, days 0 to 12: 10 days of 6 and three of 25 at middle; ten days of 5 at east.
    EXPECT_NEAR(known.inputs[20].strikes(middle), (10 * 6 + 3 * 25) / 13.0, 1e-9);
    EXPECT_NEAR(known.inputs[20].strikes(east), 10 * 5 / 13.0, 1e-9);
    EXPECT_EQ(known.inputs[20].strikes(west), 0);
    EXPECT_TRUE(known.settings.ceasefires.empty());
    ASSERT_EQ(known.settings.orders.size(), 1u);
    EXPECT_FALSE(known.settings.orders[0].to) << "that it was lifted is not known";
    EXPECT_TRUE(known.settings.conflicts.empty());
    EXPECT_TRUE(known.inputs[39].fallen(world.place_index("south")));
}

TEST(FigureForecast, before_anything_has_come_the_pool_goes_by_the_days_ahead) {
    // The rate is expected to be wrong by the root of the days, the model as much as ever: weights 1 : 14 / days.
    for (const auto& row : forecasts(counted(), spec_of({day(16)}))) {
        const double days = row.days_ahead();
        EXPECT_NEAR(row.model_weight, days / (days + 14), 1e-9);
        const double mean = row.model_weight * log_median(row.by(FigureSource::model)) +
                            (1 - row.model_weight) * log_median(row.by(FigureSource::recent_rate));
        EXPECT_NEAR(log_median(row.by(FigureSource::pool)), mean, 1e-9);
    }
}

TEST(FigureForecast, the_pool_follows_what_did_better) {
    // What comes is what the rate says to the person; figures of day 33 are scored from day 36 on.
    auto s = counted();
    s.reported[2].persons = 23000, s.reported[3].persons = 37000;
    for (auto& f : s.reported.own()) f.uncertainty = 0.05;
    auto spec = spec_of({day(6), day(16), day(20), day(23), day(30), day(36)});
    s.reported.push_back(figure(Quantity::movements, 39, 43000, 39));
    const auto rows = forecasts(s, spec);
    const auto weight_on = [&](Date origin) {
        return std::find_if(rows.begin(), rows.end(),
                            [&](const auto& row) { return row.origin == origin && row.day == day(39); })
            ->model_weight;
    };
    EXPECT_LT(weight_on(day(36)), 3.0 / 17 - 0.02) << "less than without any past";
}

TEST(FigureForecast, skill_by_hand) {
    FigureForecastRow row;
    row.origin = day(0);
    row.day = day(10);
    row.said = {std::vector<double>(99, 1000.0), std::vector<double>(99, 2000.0),
                std::vector<double>(99, 1000.0)};
    row.came = figure(Quantity::movements, 10, 1000, 12);
    row.came->uncertainty = 0;
    auto far = row;
    far.day = day(20);
    const auto skill = figure_skill({row, far}, {14, 28});
    ASSERT_EQ(skill.size(), 2u);
    EXPECT_EQ(skill[0].forecasts, 1);
    EXPECT_NEAR(skill[0].of(FigureSource::model).log_interval_score, 0, 1e-12);
    // All members at one point: the score is the distance of the logarithms.
    EXPECT_NEAR(skill[0].of(FigureSource::recent_rate).log_interval_score, std::log(2001.0 / 1001.0), 1e-6);
    EXPECT_EQ(skill[0].of(FigureSource::model).in_90, 1);
    EXPECT_EQ(skill[0].of(FigureSource::recent_rate).in_90, 0);
    EXPECT_NEAR(skill[0].relative(FigureSource::model), 0, 1e-12);
    EXPECT_EQ(skill[1].from_days, 14);
    EXPECT_EQ(skill[1].forecasts, 1);
}

/// Weekly forecasts in which a chance of having come to 100 persons is given for each origin, a week and a fortnight ahead.
std::vector<FigureForecastRow> saying(const std::vector<double>& chances) {
    std::vector<FigureForecastRow> rows;
    for (std::size_t i = 0; i < chances.size(); ++i) {
        for (const int ahead : {7, 14}) {
            FigureForecastRow row;
            row.origin = day(7 * int(i));
            row.series = 0;
            row.day = row.origin + ahead;
            std::vector<double> members(10, 50.0);
            for (std::size_t m = 0; m < members.size(); ++m)
                if (double(m) + 0.5 < 10 * chances[i]) members[m] = 150;
            row.said.fill(members);
            rows.push_back(row);
        }
    }
    return rows;
}

FigureSeries counts(const std::vector<std::pair<int, double>>& by_day) {
    FigureSeries series{"movements", {}};
    for (const auto& [to, persons] : by_day)
        series.figures.push_back(figure(Quantity::movements, to, persons, to));
    for (auto& one : series.figures) one.uncertainty = 0;
    return series;
}

TEST(TriggerSkill, a_passing_lies_between_the_last_figure_below_and_the_first_above) {
    const auto passing = passing_of(counts({{10, 60}, {20, 90}, {30, 120}, {40, 80}}), 100);
    EXPECT_EQ(passing.not_yet, day(20));
    EXPECT_EQ(passing.passed, day(30));
    EXPECT_EQ(passing_of(counts({{10, 60}}), 100).passed, std::nullopt);
    EXPECT_EQ(passing_of(counts({{10, 100}}), 100).not_yet, std::nullopt);
}

TEST(TriggerSkill, what_was_counted_may_lie_on_both_sides) {
    auto series = counts({{10, 60}, {20, 95}, {30, 120}});
    series.figures[1].uncertainty = 0.2;  // 76 to 119: neither below nor above
    const auto passing = passing_of(series, 100);
    EXPECT_EQ(passing.not_yet, day(10));
    EXPECT_EQ(passing.passed, day(30));
}

TEST(TriggerSkill, warnings_are_counted_against_what_came) {
    // Origins on days 0, 7, 14, 21, 28; below 100 until day 20, above from day 30 on.
    const auto rows = saying({0.2, 0.6, 0.4, 0.9, 0.9});
    const auto skills = trigger_skill(rows, {counts({{20, 90}, {30, 120}})}, {100}, 0.5, {7, 14});
    ASSERT_EQ(skills.size(), 2u);
    const auto& week = skills[0].by_source[0];  // its days: 7, 14, 21, 28, 35
    EXPECT_EQ(week.correct_negatives, 1);       // to day 7
    EXPECT_EQ(week.false_alarms, 1);            // to day 14
    EXPECT_EQ(week.not_known, 2);               // to days 21 and 28
    EXPECT_EQ(week.hits, 1);                    // to day 35
    EXPECT_EQ(week.misses, 0);
    EXPECT_EQ(week.lead_days, 9)
        << "from day 21 on it warned without taking it back; on day 7 it took it back";
    const auto& fortnight = skills[1].by_source[0];  // 14, 21, 28, 35, 42
    EXPECT_EQ(fortnight.hits, 2);
    EXPECT_EQ(fortnight.correct_negatives, 1);
    EXPECT_EQ(fortnight.not_known, 2);
    EXPECT_DOUBLE_EQ(fortnight.hit_rate(), 1);
    EXPECT_DOUBLE_EQ(week.false_alarm_ratio(), 0.5);
}

TEST(TriggerSkill, what_is_passed_is_no_longer_warned_of) {
    const auto rows = saying({0.1, 0.1, 0.1, 0.1, 0.9, 0.9});  // the last two on days 28 and 35
    const auto skills = trigger_skill(rows, {counts({{3, 90}, {28, 120}})}, {100}, 0.5, {14});
    const auto& score = skills.at(0).by_source[0];
    EXPECT_EQ(score.hits, 0);
    EXPECT_EQ(score.misses, 2);  // days 14 and 21, which look beyond day 28
    EXPECT_EQ(score.hit_rate(), 0);
    EXPECT_TRUE(std::isnan(score.false_alarm_ratio()));
    EXPECT_EQ(score.lead_days, std::nullopt);
}

TEST(TriggerSkill, what_was_passed_before_the_first_origin_is_left_out) {
    EXPECT_TRUE(trigger_skill(saying({0.9, 0.9}), {counts({{0, 120}, {20, 150}})}, {100}, 0.5, {7}).empty());
}

TEST(TriggerSkill, what_never_came_and_was_never_warned_of_is_left_out) {
    const auto series = counts({{20, 40}, {60, 60}});
    EXPECT_TRUE(trigger_skill(saying({0.1, 0.2}), {series}, {100}, 0.5, {7}).empty());
    const auto skills = trigger_skill(saying({0.1, 0.8}), {series}, {100}, 0.5, {7});
    ASSERT_EQ(skills.size(), 1u);
    EXPECT_EQ(skills[0].by_source[0].false_alarms, 1);
    EXPECT_TRUE(std::isnan(skills[0].by_source[0].hit_rate()));
}

TEST(TriggerSkill, a_higher_chance_warns_less) {
    const auto rows = saying({0.2, 0.6, 0.7, 0.9});
    const auto series = counts({{40, 90}, {60, 120}});
    int before = 5;
    for (const double chance : {0.1, 0.5, 0.65, 0.8, 1.0}) {
        const auto skills = trigger_skill(rows, {series}, {100}, chance, {7});
        const auto& score = skills.at(0).by_source[0];
        const int warnings = score.hits + score.false_alarms;
        EXPECT_LT(warnings, before);
        before = warnings;
    }
}

}  // namespace
}  // namespace nuzuh
