// Figures that count who is there on a day: residents at home, displaced people, everyone present.
#include <gmock/gmock.h>

#include "sim/study/score.hpp"
#include "tests/support/every_engine.hpp"
#include "tests/support/rich_world.hpp"

namespace nuzuh {
namespace {

using test::day;

class StockFigures : public test::OverEngines {
protected:
    /// What a figure of a stock counts at a place or in an area, by day.
    std::vector<double> counted(const World& world, const RunResult& run, Quantity quantity,
                                const std::string& place, const std::string& area = "") const {
        std::vector<double> by_day;
        const auto days = record_days(world, 1);
        for (std::size_t d = 0; d < days.size(); ++d) {
            ReportedFigure figure;
            figure.quantity = quantity;
            figure.place = place;
            figure.area = area;
            figure.to = world.start + int(d);
            by_day.push_back(simulated(world, days, run, figure));
        }
        return by_day;
    }
};

/// 200 households leave the town on the first day, the one way leads to a gate an hour away that lets 20 through a day.
ScenarioSettings queue_at_a_gate() {
    auto s = test::with_border();
    s.period.to = day(3);
    s.bombardment.clear();
    s.network.routes.push_back(test::route("town", "gate", 20));
    s.network.areas = {{"country", "town"}, {"country", "gate"}, {"country", "abroad"}};
    s.behaviour.choose.attraction_town = s.behaviour.choose.attraction_camp = 0;
    s.behaviour.returning.rate = 0;
    s.departures = {{"town", day(0), 1100}};
    CrossingSettings gate;
    gate.place = "gate";
    gate.policy = CrossingPolicy::quota;
    gate.quota = 110;
    s.crossings = {gate};
    return s;
}

TEST_P(StockFigures, are_people_at_home_and_everyone_present_waiting_people_among_them) {
    const auto are = [](const std::vector<double>& by_day) {
        return testing::Pointwise(testing::DoubleNear(0.01), by_day);
    };
    const World world = test::built(queue_at_a_gate());
    const auto result = run(world);
    EXPECT_THAT(counted(world, result, Quantity::at_home, "town"), are({4400, 4400, 4400, 4400}));
    EXPECT_THAT(counted(world, result, Quantity::present, "town"), are({4400, 4400, 4400, 4400}));
    EXPECT_THAT(counted(world, result, Quantity::present, "gate"), are({990, 880, 770, 660}));
    EXPECT_THAT(counted(world, result, Quantity::displaced, "gate"), are({0, 0, 0, 0}));
    EXPECT_THAT(counted(world, result, Quantity::present, "", "country"), are({5390, 5280, 5170, 5060}))
        << "nobody abroad is counted in an area";
    EXPECT_THAT(counted(world, result, Quantity::abroad, ""), are({110, 220, 330, 440}));
    EXPECT_THAT(counted(world, result, Quantity::at_home, ""), are({5500, 5500, 5500, 5500}));
}

TEST_P(StockFigures, of_those_present_abroad_and_on_the_road_are_everyone_on_every_day) {
    auto settings = test::rich_settings();
    settings.displaced = {{"north", "south", 5500, {}, 0, ""}};
    const World world = test::built(settings);
    const auto result = run(world);
    const auto present = counted(world, result, Quantity::present, ""),
               abroad = counted(world, result, Quantity::abroad, "");
    const auto& road = result.total[std::size_t(TotalField::on_the_road)];
    const double everyone = present[0] + abroad[0] + road[0];
    EXPECT_NEAR(everyone, 162000 + 5500, 20);
    for (std::size_t d = 0; d < present.size(); ++d)
        EXPECT_NEAR(present[d] + abroad[d] + road[d], everyone, 0.05) << d;
    EXPECT_LT(present.back(), present.front());
}

TEST_P(StockFigures, are_held_against_the_run_and_passed_when_planned_for) {
    auto settings = queue_at_a_gate();
    ReportedFigure reported;
    reported.figure = "at the gate";
    reported.quantity = Quantity::present;
    reported.place = "gate";
    reported.to = day(2);
    reported.persons = 700;
    reported.uncertainty = 0.1;
    settings.reported = {reported};
    PlanningFigure planned;
    planned.name = "left behind";
    planned.quantity = Quantity::at_home;
    planned.place = "town";
    planned.persons = 4300;
    settings.planning.figures = {planned};
    const World world = test::built(settings);
    const auto result = runs(world, 1);
    const auto comparison = compare_with_reported(world, result).at(0);
    EXPECT_DOUBLE_EQ(comparison.median, 770);
    EXPECT_TRUE(comparison.inside) << "up to 770";
    const auto outlook = planning_outlook(world, result).at(0);
    EXPECT_EQ(outlook.most, (std::vector<float>{4400}));
    EXPECT_EQ(outlook.passed_on, (std::vector<float>{0}));
}

INSTANTIATE_TEST_SUITE_P(EveryEngine, StockFigures, testing::ValuesIn(test::every_engine), test::name_of);

}  // namespace
}  // namespace nuzuh
