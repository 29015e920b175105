// What planners ask for, by hand: people by danger, first days at which places are full, needs against stock.
#include <cmath>

#include <gtest/gtest.h>

#include "sim/model/fields.hpp"
#include "sim/study/needs.hpp"
#include "sim/study/recorder.hpp"
#include "sim/study/score.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

enum { town, city, camp, gate, abroad };

World small_world() {
    auto settings = test::with_border();
    settings.network.places[city].capacity = 200;
    settings.network.places[camp].capacity = 400;
    FrontSettings front;  // bands: assault on the first day, fallen from the second
    front.place = "town";
    front.assault_from = test::day(0);
    front.falls = test::day(1);
    settings.fronts = {front};
    return test::built(settings);
}

void stay(StepRecord& step, int place, double households) {
    step.at(place, PlaceField::households_displaced) = households;
    step.at(place, PlaceField::displaced) = 5.5 * households;
}

/// Two days: 20 then 50 households in the city, 60 then 80 in the camp, ten waiting at the gate, two abroad.
StepRecord day_of(int day) {
    StepRecord step;
    step.reset(5, 3);
    step.at(town, PlaceField::at_home) = day == 0 ? 4950 : 4400;
    step.at(city, PlaceField::at_home) = 1100;
    step.at(town, PlaceField::could_not_leave) = day == 0 ? 22 : 11;
    step.at(camp, PlaceField::on_the_road) = day == 0 ? 44 : 0;
    step.at(gate, PlaceField::waiting) = 55;
    stay(step, city, day == 0 ? 20 : 50);
    stay(step, camp, day == 0 ? 60 : 80);
    stay(step, abroad, 2);
    return step;
}

RunResult recorded(const World& world) {
    Recorder recorder(world, 2);
    EXPECT_FALSE(recorder.add(day_of(0)));
    EXPECT_TRUE(recorder.add(day_of(1)));
    return recorder.result();
}

TEST(Planner, danger_bands_begin_at_their_lower_edge) {
    EXPECT_EQ(rules::danger_band(0), DangerBand::below_1);
    EXPECT_EQ(rules::danger_band(0.999), DangerBand::below_1);
    EXPECT_EQ(rules::danger_band(1), DangerBand::from_1);
    EXPECT_EQ(rules::danger_band(2), DangerBand::from_2);
    EXPECT_EQ(rules::danger_band(2.999), DangerBand::from_2);
    EXPECT_EQ(rules::danger_band(3), DangerBand::from_3);
}

TEST(Planner, the_calendar_puts_assault_and_fall_above_bombardment) {
    auto settings = test::three_places();
    FrontSettings front;
    front.place = "town";
    front.assault_from = test::day(2);
    front.falls = test::day(4);
    settings.fronts = {front};
    const World world = test::built(settings);
    const auto band = [&](int step) { return world.inputs[std::size_t(step)].band[town]; };
    EXPECT_EQ(band(1), rules::danger_band(world.inputs[1].danger(town)));
    EXPECT_GE(band(1), DangerBand::from_1);
    EXPECT_EQ(band(2), DangerBand::assault);
    EXPECT_EQ(band(4), DangerBand::fallen);
}

TEST(Planner, people_are_counted_by_the_danger_of_each_day) {
    const RunResult run = recorded(small_world());
    const auto at = [&](BandField field, DangerBand band) {
        return run.band[std::size_t(field)][std::size_t(band)];
    };
    EXPECT_EQ(at(BandField::at_home, DangerBand::fallen), 4400);
    EXPECT_EQ(at(BandField::at_home, DangerBand::assault), 0) << "a stock is that of the last day";
    EXPECT_EQ(at(BandField::at_home, DangerBand::below_1), 1100);
    EXPECT_EQ(at(BandField::could_not_leave, DangerBand::assault), 22);
    EXPECT_EQ(at(BandField::could_not_leave, DangerBand::fallen), 11);
    EXPECT_EQ(at(BandField::person_days_at_home, DangerBand::assault), 4950);
    EXPECT_EQ(at(BandField::person_days_at_home, DangerBand::fallen), 4400);
    EXPECT_EQ(at(BandField::person_days_at_home, DangerBand::below_1), 2200);
    EXPECT_EQ(at(BandField::displaced, DangerBand::below_1), 275 + 440 + 55) << "nobody abroad";
    EXPECT_EQ(at(BandField::person_days_displaced, DangerBand::below_1), 110 + 330 + 55 + 275 + 440 + 55);
}

TEST(Planner, shelter_tents_and_days_displaced_by_hand) {
    const RunResult run = recorded(small_world());
    EXPECT_EQ(test::last(run, TotalField::with_shelter), 200 + 400);
    EXPECT_NEAR(test::last(run, TotalField::households_in_tents), 80 + 50 * (1 - 200 / 275.0) + 55 / 5.5,
                1e-4);
    EXPECT_EQ(test::last(run, TotalField::person_days_displaced), 110 + 330 + 55 + 44 + 275 + 440 + 55);
}

TEST(Planner, the_first_day_of_each_level_is_kept_and_never_is_missing) {
    const RunResult run = recorded(small_world());
    const auto day = [&](int level, int place) { return run.first_day_full[std::size_t(level * 5 + place)]; };
    EXPECT_EQ(day(0, camp), 0) << "330 of 400 is over 80 %";
    EXPECT_EQ(day(1, camp), 1);
    EXPECT_TRUE(std::isnan(day(2, camp))) << "440 of 400 is under 120 %";
    for (int level : {0, 1, 2}) EXPECT_EQ(day(level, city), 1);
    EXPECT_TRUE(std::isnan(day(0, town))) << "a town without a limit is never full";
}

TEST(Planner, members_that_never_come_to_it_count_as_never) {
    const std::vector<float> days{7, NAN, 3, NAN};
    EXPECT_EQ(day_reached(days, 0.05), 3);
    EXPECT_EQ(day_reached(days, 0.25), 3);
    EXPECT_EQ(day_reached(days, 0.5), 7);
    EXPECT_TRUE(std::isnan(day_reached(days, 0.75)));
    EXPECT_EQ(chance_by(days, 2), 0);
    EXPECT_EQ(chance_by(days, 3), 0.25);
    EXPECT_EQ(chance_by(days, 1000), 0.5);
    std::vector<float> twenty(20, 5);
    twenty[19] = NAN;
    EXPECT_EQ(day_reached(twenty, 0.95), 5) << "nineteen of twenty are 95 %";
}

/// Runs of five days that differ in arrivals at camp and city, persons a day.
EnsembleResult runs_of_arrivals(const World& world, const std::vector<std::vector<float>>& camp_by_run,
                                float city_a_day) {
    EnsembleResult result;
    result.days = {0, 1, 2, 3, 4};
    for (const auto& at_camp : camp_by_run) {
        RunResult run;
        auto& arrivals = run.place[std::size_t(PlaceField::arrivals)];
        arrivals.assign(5 * world.places.size(), 0);
        for (std::size_t t = 0; t < 5; ++t) {
            arrivals[t * world.places.size() + camp] = at_camp[t];
            arrivals[t * world.places.size() + city] = city_a_day;
        }
        result.members.push_back(run);
    }
    return result;
}

PlanningOutlook outlook_of(PlanningFigure figure) {
    auto settings = test::three_places();
    settings.network.areas = {{"north", "camp"}, {"north", "city"}};
    settings.period.to = test::day(4);
    figure.quantity = Quantity::arrivals;
    settings.planning.figures = {figure};
    const World world = test::built(settings);
    // In windows of two days at the camp: 10, 40, 90, 130, 80; then 5, 10, 10, 65, 60; then nobody.
    return planning_outlook(
        world, runs_of_arrivals(world, {{10, 30, 60, 70, 10}, {5, 5, 5, 60, 0}, {0, 0, 0, 0, 0}}, 100))[0];
}

PlanningFigure arrivals_within(double days, double persons) {
    PlanningFigure figure;
    figure.place = "camp";
    figure.within_days = days;
    figure.persons = persons;
    return figure;
}

TEST(Planner, a_figure_within_days_is_passed_as_soon_as_any_window_holds_more) {
    const auto outlook = outlook_of(arrivals_within(2, 100));
    EXPECT_EQ(outlook.most, (std::vector<float>{130, 65, 0}));
    EXPECT_EQ(outlook.passed_on[0], 3);
    EXPECT_TRUE(std::isnan(outlook.passed_on[1]) && std::isnan(outlook.passed_on[2]));
    EXPECT_DOUBLE_EQ(outlook.chance, 1 / 3.0);
    EXPECT_EQ(outlook.median, 60) << "80, 60 and 0 in the last two days";
}

TEST(Planner, a_warning_comes_before_the_figure_or_in_vain) {
    const auto outlook = outlook_of(arrivals_within(2, 100));
    EXPECT_DOUBLE_EQ(outlook.chance_of_warning, 2 / 3.0) << "50 are passed in two runs, 100 in one";
    EXPECT_EQ(outlook.lead_days[0], 1) << "90 on the third day, 130 on the fourth";
    EXPECT_TRUE(std::isnan(outlook.lead_days[1])) << "65 warned in vain";
    EXPECT_EQ(band_of_those_that_have_one(outlook.lead_days)[2], 1);
    EXPECT_TRUE(std::isnan(band_of_those_that_have_one({NAN, NAN})[0]));
    auto early = arrivals_within(2, 100);
    early.trigger = 0.05;
    EXPECT_EQ(outlook_of(early).lead_days[0], 3);
    early.trigger = 1;
    EXPECT_EQ(outlook_of(early).lead_days[0], 0);
}

TEST(Planner, a_figure_counts_its_area_or_everywhere_since_the_start) {
    auto figure = arrivals_within(0, 170);
    EXPECT_EQ(outlook_of(figure).most, (std::vector<float>{180, 75, 0}));
    EXPECT_EQ(outlook_of(figure).passed_on[0], 4) << "10, 40, 100, 170 and 180: not more than 170 before";
    figure.place = "";
    figure.area = "north";
    EXPECT_EQ(outlook_of(figure).most, (std::vector<float>{680, 575, 500}));
    figure.area = "";
    EXPECT_EQ(outlook_of(figure).most, (std::vector<float>{680, 575, 500}));
}

TEST(Planner, cases_are_runs_by_their_rank) {
    EnsembleResult result;
    for (int m = 0; m < 21; ++m) {
        RunResult run;
        run.total[std::size_t(TotalField::people_displaced)] = {0, float(100 * ((m * 8) % 21))};
        run.total[std::size_t(TotalField::movements)] = {0, 0};
        result.members.push_back(run);
    }
    const auto rank = [&](int member) { return member * 8 % 21; };
    const auto members = members_by_rank(result);
    EXPECT_EQ(rank(members[0]), 1);
    EXPECT_EQ(rank(members[1]), 5);
    EXPECT_EQ(rank(members[2]), 10);
    EXPECT_EQ(rank(members[3]), 15);
    EXPECT_EQ(rank(members[4]), 19);
    result.members.resize(1);
    EXPECT_EQ(members_by_rank(result), (std::array<int, 5>{}));
}

TEST(Planner, first_flights_and_moving_on_are_the_movements_of_every_engine) {
    const World world = test::built(test::rich_settings());
    for (EngineKind engine : {EngineKind::compartments, EngineKind::agents, EngineKind::pooled}) {
        const auto run = test::run(world, engine, DrawMode::stochastic).members[0];
        const auto total = [&](TotalField f, std::size_t t) { return double(run.total[std::size_t(f)][t]); };
        const std::size_t records = run.total[0].size();
        for (std::size_t t = 0; t < records; ++t) {
            EXPECT_FLOAT_EQ(float(total(TotalField::people_displaced, t) + total(TotalField::moved_on, t)),
                            float(total(TotalField::movements, t)));
        }
        EXPECT_GT(total(TotalField::moved_on, records - 1), 0);
    }
}

/// Three days; 1,000, 2,000 and 3,000 people displaced, of whom 0, 100 and 400 lack shelter.
EnsembleResult three_days() {
    EnsembleResult result;
    result.days = {0, 1, 2};
    result.members.resize(1);
    result.members[0].total[std::size_t(TotalField::person_days_displaced)] = {1000, 2000, 3000};
    result.members[0].total[std::size_t(TotalField::without_shelter)] = {0, 100, 400};
    return result;
}

std::vector<NeedOutlook> needs_of(const PlanningSettings& planning) {
    auto settings = test::three_places();
    settings.period.to = test::day(2);
    settings.planning = planning;
    return needs_outlook(test::built(settings), three_days());
}

TEST(Planner, stocks_run_down_and_the_day_they_run_out_is_known) {
    PlanningSettings planning;
    planning.stock.water_litres = 40'000;
    planning.stock.water_litres_per_day = 10'000;
    planning.stock.living_space_m2 = 350;
    const auto needs = needs_of(planning);
    ASSERT_EQ(needs.size(), need_count);
    EXPECT_EQ(needs[0].needed[0], (std::vector<float>{15'000, 30'000, 45'000}));
    EXPECT_EQ(needs[0].unmet[0], (std::vector<float>{0, 0, 20'000})) << "35,000 and 15,000 were left";
    EXPECT_EQ(needs[0].short_on[0], 2);
    EXPECT_FLOAT_EQ(needs[1].needed[0][2], 6.3f);
    EXPECT_EQ(needs[1].short_on[0], 0) << "no food in store";
    EXPECT_EQ(needs[2].needed[0], (std::vector<float>{0, 350, 1400}));
    EXPECT_EQ(needs[2].unmet[0], (std::vector<float>{0, 0, 1050}));
    EXPECT_EQ(needs[3].needed[0], (std::vector<float>{0, 5, 20}));
    EXPECT_EQ(needs[3].short_on[0], 1);
}

/// Raises one number of a settings struct.
struct Raise {
    int target;
    int seen = 0;
    std::string key;

    void number(Field f, double& value, Range) {
        if (seen++ != target) return;
        key = f.key;
        value = value * 1.5 + 1;
    }
    void text(Field, std::string&) {}
};

template <class Part>
int check_every_number_has_an_effect(Part PlanningSettings::*part) {
    PlanningSettings base;
    base.stock.water_litres = 20'000;
    const auto before = needs_of(base);
    int tried = 0;
    for (;; ++tried) {
        auto changed = base;
        Raise raise{tried, 0, {}};
        describe(raise, changed.*part);
        if (raise.key.empty()) return tried;
        const auto after = needs_of(changed);
        bool differs = false;
        for (std::size_t n = 0; n < need_count; ++n) differs |= after[n].unmet != before[n].unmet;
        EXPECT_TRUE(differs) << raise.key;
    }
}

TEST(Planner, every_standard_and_every_stock_has_an_effect) {
    EXPECT_EQ(check_every_number_has_an_effect(&PlanningSettings::standards), 4);
    EXPECT_EQ(check_every_number_has_an_effect(&PlanningSettings::stock), 6);
}

TEST(Planner, the_parts_add_up_in_a_run_of_either_engine) {
    const World world = test::built(test::rich_settings());
    for (EngineKind engine : {EngineKind::compartments, EngineKind::agents}) {
        const auto run = test::run(world, engine, DrawMode::stochastic).members[0];
        const auto total = [&](TotalField f, std::size_t t) { return double(run.total[std::size_t(f)][t]); };
        double days = 0;
        for (std::size_t t = 0; t < run.total[0].size(); ++t) {
            const auto sum = [&](BandField f, int from) {
                double persons = 0;
                for (int b = from; b < danger_band_count; ++b)
                    persons += run.band[std::size_t(f)][t * std::size_t(danger_band_count) + std::size_t(b)];
                return persons;
            };
            EXPECT_NEAR(sum(BandField::at_home, 1), total(TotalField::remaining, t), 0.1);
            EXPECT_NEAR(sum(BandField::could_not_leave, 0), total(TotalField::could_not_leave, t), 0.1);
            const double away = total(TotalField::displaced, t) + total(TotalField::waiting, t);
            EXPECT_NEAR(sum(BandField::displaced, 0), away, 0.1);
            EXPECT_NEAR(total(TotalField::with_shelter, t) + total(TotalField::without_shelter, t), away,
                        0.1);
            days += away + total(TotalField::on_the_road, t) - total(TotalField::person_days_displaced, t);
        }
        EXPECT_NEAR(days, 0, 1) << "with steps of a day, days displaced are the people displaced";
    }
}

}  // namespace
}  // namespace nuzuh
