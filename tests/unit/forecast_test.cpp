// Baselines and forecasts on a world of one town and two camps, against values worked out by hand.
#include "sim/study/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "sim/study/baselines.hpp"
#include "sim/study/quantile.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using test::day;

/// People flee a town in conflict to a near camp of 300 places and a far one of 900; 40 km and 120 km by road.
ScenarioSettings two_camps() {
    ScenarioSettings s = test::three_places(100000);
    s.bombardment.clear();
    s.unit = MovingUnit::person;
    s.period = {day(0), day(70), 1};
    s.network.places = {test::place("town", PlaceType::town, 35.6, 36.65, 100000),
                        test::place("near", PlaceType::camp, 35.9, 36.65, 0),
                        test::place("far", PlaceType::camp, 36.6, 36.65, 0)};
    s.network.places[1].capacity = 300;
    s.network.places[2].capacity = 900;
    s.network.routes = {test::route("town", "near", 40), test::route("town", "far", 120)};
    s.behaviour.leave.departures = DeparturesBy::registrations;
    s.conflicts = {{"town", day(0), day(70), 1, ""}};
    s.registrations = {{"near", day(0), 100}, {"near", day(10), 200}, {"near", day(70), 800},
                       {"far", day(0), 20},   {"far", day(10), 120},  {"far", day(70), 720}};
    return s;
}

Eigen::ArrayXXd leaving(double persons) {
    Eigen::ArrayXXd left = Eigen::ArrayXXd::Zero(2, 3);
    left(1, 0) = persons;
    return left;
}

/// The two camps at the second of two records, 120 people having left.
Eigen::ArrayXd divided(Baseline kind) {
    const World world = test::built(two_camps());
    const std::vector<double> days{0, 10};
    return baseline_counts(kind, world, registrations_on(world, days), days, leaving(120))->row(1);
}

TEST(Baselines, persistence_keeps_the_first_shares) {
    EXPECT_NEAR(divided(Baseline::persistence)(0), 100 + 120 * 100 / 120.0, 1e-9);
    EXPECT_NEAR(divided(Baseline::persistence)(1), 20 + 120 * 20 / 120.0, 1e-9);
}

TEST(Baselines, gravity_goes_as_one_over_travel_time) {
    EXPECT_NEAR(divided(Baseline::gravity)(0), 100 + 120 * 0.75, 1e-9);  // 3 : 1
}

TEST(Baselines, gravity_with_size_as_capacity_over_travel_time) {
    EXPECT_NEAR(divided(Baseline::gravity_with_size)(0), 100 + 120 * 0.5, 1e-9);  // 300 / 1 : 900 / 3
}

TEST(Baselines, filling_goes_by_the_room_that_is_left) {
    EXPECT_NEAR(divided(Baseline::fill_to_capacity)(0), 100 + 120 * 200 / 1080.0, 1e-9);
}

TEST(Baselines, equal_shares_are_equal) { EXPECT_NEAR(divided(Baseline::equal_shares)(1), 20 + 60, 1e-9); }

TEST(Baselines, without_capacities_those_that_rest_on_them_are_left_out) {
    const World world = test::built(capacities_withheld(two_camps()));
    const auto counted = registrations_on(world, {0, 10});
    EXPECT_FALSE(baseline_counts(Baseline::fill_to_capacity, world, counted, {0, 10}, leaving(1)));
    EXPECT_FALSE(baseline_counts(Baseline::gravity_with_size, world, counted, {0, 10}, leaving(1)));
    EXPECT_TRUE(baseline_counts(Baseline::gravity, world, counted, {0, 10}, leaving(1)));
}

TEST(Registrations, those_of_the_first_day_are_there_when_the_run_starts) {
    const World world = test::built(two_camps());
    double there = 0;
    for (const auto& row : world.displaced) {
        EXPECT_EQ(world.places[std::size_t(row.home)].place, "town");
        there += double(row.households);
    }
    EXPECT_EQ(there, 120);
}

TEST(Forecast, an_origin_begins_with_who_is_registered) {
    const World world = test::built(two_camps());
    const auto settings = as_of(world, 30, 0, Eigen::ArrayXd::Constant(28, 20));
    EXPECT_EQ(settings.period.from, day(30));
    EXPECT_EQ(settings.period.to, day(58));
    const World then = test::built(settings);
    Eigen::ArrayXd there = Eigen::ArrayXd::Zero(3);
    for (const auto& row : then.displaced) there(row.place) += double(row.households);
    EXPECT_NEAR(there(1), 400, 1);
    EXPECT_NEAR(there(2), 320, 1);
    // Twenty a day leave the town; the last fortnight's arrivals stand at the middle of it.
    EXPECT_NEAR(then.departures.sum(), 20 * 28, 1e-9);
    EXPECT_NEAR(then.departures.rightCols(28).rowwise().sum()(0), 20 * 28, 1e-9);
    double youngest = 1e9;
    for (const auto& row : then.displaced) youngest = std::min(youngest, row.age_days);
    EXPECT_EQ(youngest, 7);
}

TEST(Forecast, what_is_reported_later_is_not_known) {
    const auto known = reported_by(two_camps(), day(30));
    EXPECT_EQ(known.registrations.size(), 4u);
    const World world = test::built(known);
    EXPECT_EQ(registrations_on(world, {30}).persons(0), 200);  // 400 lies on the line to the report of day 70
    auto late = two_camps();
    late.registrations.push_back({"later", day(50), 30});
    EXPECT_EQ(reported_by(late, day(30)).registrations.back(), (RegistrationSettings{"later", day(30), 0}));
}

TEST(Forecast, reports_stand_until_the_next) {
    const auto counted = reported_on_each_day(test::built(two_camps()));
    EXPECT_EQ(counted.persons(9, 0), 100);
    EXPECT_EQ(counted.persons(10, 0), 200);
    EXPECT_EQ(counted.persons(69, 1), 120);
    EXPECT_EQ(counted.persons(70, 1), 720);
}

ForecastSpec spec_of(int ahead) {
    ForecastSpec spec;
    spec.least_persons = 1;
    spec.members = 40;
    spec.threads = 1;
    spec.horizons_days = {ahead};
    return spec;
}

/// Reports every tenth day; the last one of each camp is given.
ScenarioSettings every_ten_days(double last_near, double last_far) {
    auto s = capacities_withheld(two_camps());
    s.registrations.clear();
    for (int d = 0; d < 70; d += 10) {
        s.registrations.push_back({"near", day(d), 100.0 + 3 * d});
        s.registrations.push_back({"far", day(d), 20.0 + d});
    }
    s.registrations.push_back({"near", day(70), last_near});
    s.registrations.push_back({"far", day(70), last_far});
    return s;
}

TEST(Forecast, a_later_report_changes_no_forecast_that_was_made_before) {
    auto spec = spec_of(3);
    spec.leaving = LeavingAhead::recent;
    spec.every_days = 13;
    const auto before = [&](double near, double far) {
        auto rows = rolling_forecasts(test::built(every_ten_days(near, far)), spec);
        std::erase_if(rows, [](const auto& row) { return row.origin + row.days_ahead >= day(70); });
        return rows;
    };
    const auto one = before(500, 100), other = before(5000, 3);
    ASSERT_FALSE(one.empty());
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t r = 0; r < one.size(); ++r) {
        EXPECT_EQ(one[r].members, other[r].members);
        EXPECT_EQ(one[r].pooled, other[r].pooled);
        EXPECT_EQ(one[r].plain[0].members, other[r].plain[0].members);
        EXPECT_EQ(one[r].plain[1].persons, other[r].plain[1].persons);
        EXPECT_EQ(one[r].counted, other[r].counted);
    }
    spec.hindsight = true;  // interpolates towards what was reported last
    spec.leaving = LeavingAhead::as_came;
    const auto leaked = before(500, 100), moved = before(5000, 3);
    ASSERT_EQ(leaked.size(), moved.size());
    bool differs = false;
    for (std::size_t r = 0; r < leaked.size(); ++r)
        differs |= leaked[r].plain[0].persons != moved[r].plain[0].persons;
    EXPECT_TRUE(differs);
}

TEST(Forecast, as_many_come_as_came) {
    auto spec = spec_of(14);
    spec.raw = true;
    spec.uncertainty = 0;
    for (const bool hindsight : {false, true}) {
        spec.hindsight = hindsight;
        auto s = every_ten_days(310, 90);
        s.period.to = day(70);
        const auto rows = rolling_forecasts(test::built(s), spec);
        std::map<std::pair<Date, int>, double> sum;
        for (const auto& row : rows) sum[{row.origin, row.days_ahead}] += row.members[0];
        ASSERT_FALSE(sum.empty());
        for (const auto& [at, persons] : sum) {
            const double to = at.first + at.second - day(0);
            // Four a day to both; all but the youngest have arrived.
            EXPECT_NEAR(persons, 120 + 4 * to, 4 * 2 + 1) << hindsight << " " << to;
        }
    }
}

TEST(Forecast, camps_are_scored_when_they_were_reported_on) {
    auto spec = spec_of(14);
    const auto rows =
        rolling_forecasts(test::built(every_ten_days(310, 90)), spec);  // origins on days 28 and 56
    ASSERT_FALSE(rows.empty());
    for (const auto& row : rows) {
        const int to = row.origin + row.days_ahead - day(0);
        EXPECT_TRUE(to / 10 > (to - 7) / 10) << to;
        EXPECT_EQ(row.counted, row.place == 1 ? 100 + 3 * (to / 10 * 10) : 20 + to / 10 * 10);
    }
    const auto skill = forecast_skill(rows, {14}).front();
    EXPECT_EQ(skill.forecasts, 4);
    // Persistence on day 42: 300 people in all at 160 : 40, and 220 : 60 came.
    const auto& near = *std::find_if(rows.begin(), rows.end(), [](const auto& row) {
        return row.origin == day(28) && row.days_ahead == 14 && row.place == 1;
    });
    EXPECT_NEAR(near.plain[0].persons, 280 * 160.0 / 200, 1e-9);
    EXPECT_NEAR(near.plain[1].persons, 160 + 80 * 0.75, 1e-9);  // 30 of the last 40
    EXPECT_EQ(weekly_coverage(rows, 0.999), 1);
    EXPECT_TRUE(std::isnan(weekly_coverage({}))) << "of no forecasts no share";
}

/// The model says 1,000 and is right; plain rules say `plain`.
ForecastRow row_of(int origin, int days_ahead, double plain) {
    ForecastRow row{day(origin), days_ahead, 1, 1000, std::vector<double>(99, 1000.0)};
    for (auto& rule : row.plain) rule = {plain, std::vector<double>(99, plain)};
    return row;
}

TEST(Pool, weighs_the_model_and_plain_rules_by_what_had_come) {
    // Of the first two, one has come by day 20 (its score counts in full), and one comes on day 28. What plain rules say of a camp
    // to which nobody came is no forecast of it.
    std::vector<ForecastRow> rows{row_of(0, 14, 2000), row_of(0, 14, 0), row_of(0, 28, 5000),
                                  row_of(20, 14, 2000), row_of(20, 14, 0)};
    pool(rows);
    const auto log_said = [](const ForecastRow& row) { return std::log1p(quantile(row.pooled, 0.5)); };
    const double right = std::log(1001.0), wrong = std::log(2001.0);
    EXPECT_NEAR(rows[0].model_weight, 1 / 3.0, 1e-12);
    EXPECT_NEAR(log_said(rows[0]), (right + 2 * wrong) / 3, 1e-9);
    EXPECT_EQ(rows[1].pooled, rows[1].members);
    EXPECT_NEAR(rows[2].model_weight, 1 / 3.0, 1e-12);
    // Relative scores 5 times 1 beforehand, and once 0, 3/2, 3/2.
    const double model = 1 / (5 * 5.0), rule = 1 / (6.5 * 6.5);
    EXPECT_NEAR(rows[3].model_weight, model / (model + 2 * rule), 1e-12);
    EXPECT_NEAR(log_said(rows[3]), (model * right + 2 * rule * wrong) / (model + 2 * rule), 1e-9);
    EXPECT_EQ(rows[4].pooled, rows[4].members);
}

TEST(PlainForecast, a_band_is_its_own_past_errors) {
    PastErrors errors;
    for (int e = 0; e <= 20; ++e) errors.add(99, 100 * std::exp((e - 10) / 10.0) - 1);
    auto band = errors.quantiles(28).band(999);
    std::sort(band.begin(), band.end());
    EXPECT_NEAR(quantile(band, 0.5), 999, 1e-6);
    // 21 errors from -1 to 1 cut what comes next into 22 parts as likely as each other.
    EXPECT_NEAR(quantile(band, 0.25), 1000 * std::exp(5.5 / 10 - 1.1) - 1, 1e-6);
    EXPECT_NEAR(quantile(band, 0.75), 1000 * std::exp(16.5 / 10 - 1.1) - 1, 1e-6);
    EXPECT_NEAR(quantile(band, 0.99), 1000 * std::exp(1) - 1, 1e-6) << "never beyond the largest";
    EXPECT_NEAR(quantile(errors.quantiles(28).band(0), 0.95), 0, 1e-9)
        << "none of the errors is of an empty camp";
}

TEST(PlainForecast, few_errors_are_no_band) {
    const PastErrors none;
    const auto sd = [&](int ahead) {
        const auto band = none.quantiles(ahead).band(9999);
        return std::log(quantile(band, 0.8413) / quantile(band, 0.5));
    };
    EXPECT_NEAR(sd(14), PastErrors::default_spread, 1e-3);
    EXPECT_NEAR(sd(56), 2 * PastErrors::default_spread, 2e-3);
    const auto band = none.quantiles(14).band(9999);
    EXPECT_NEAR(std::log(quantile(band, 0.95) / 9999), 1.6448536269514722 * PastErrors::default_spread, 1e-3);
}

TEST(PlainForecast, errors_are_known_when_their_day_has_come) {
    Eigen::ArrayXXd counted(40, 2);
    for (int d = 0; d < 40; ++d) counted.row(d) << 100 + d, 200;
    counted(39, 0) = 1e6;
    const auto total = [&](int day, int ahead) { return counted.row(day + ahead).sum(); };
    const auto errors =
        past_errors(PlainRule::persistence, counted, 38, 14, 1, total);  // from days 7, 14 and 21
    ASSERT_EQ(errors.where_somebody.size(), 6u);
    const double said = 107.0 / 307 * 321;
    EXPECT_NEAR(errors.where_somebody[0], std::log(122.0 / (said + 1)), 1e-9);
    for (const double error : errors.where_somebody) EXPECT_LT(error, 0.2) << "day 39 is not known";
}

TEST(PlainForecast, the_recent_rate_is_that_of_the_last_change) {
    Eigen::ArrayXd total = Eigen::ArrayXd::Constant(60, 500);
    for (int d = 0; d < 30; ++d) total(d) = 200 + 10 * d;
    total.segment(30, 30).setConstant(490);
    EXPECT_NEAR(recent_rate(total), 10, 1e-9);  // 28 days up to the 29th, on which it last changed
    EXPECT_EQ(recent_rate(Eigen::ArrayXd::Constant(20, 7)), 0);
}

}  // namespace
}  // namespace nuzuh
