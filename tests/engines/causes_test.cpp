// For which causes those who arrive had left: known shares, laws, and engines against each other.
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "tests/support/every_engine.hpp"
#include "tests/support/random_world.hpp"

namespace nuzuh {
namespace {

using test::at_end;
using test::day;

/// A town of 100,000 households and a camp where nobody leaves or moves on unless something makes them, two days: those
/// who leave on the first arrive at its end or that of the second.
ScenarioSettings quiet() {
    auto s = test::three_places(550000);
    s.period.to = day(1);
    s.bombardment.clear();
    s.network.places.own()[1].population = 0;
    s.behaviour.leave.daily_noise = s.behaviour.leave.run_noise = 0;
    s.behaviour.leave.h0 = s.behaviour.leave.h_max = s.behaviour.leave.h_front = 0;
    s.behaviour.leave.h_capture = s.behaviour.leave.neighbours = 0;
    s.behaviour.leave.onward_host = s.behaviour.leave.onward_camp = 0;
    s.behaviour.leave.onward_without_shelter = 0;
    s.behaviour.returning.rate = 0;
    s.output.causes = true;
    return s;
}

/// 550,000 people of the town, displaced in the city.
ScenarioSettings displaced_in_city() {
    auto s = quiet();
    DisplacedSettings row;
    row.home = "town";
    row.place = "city";
    row.persons = 550000;
    s.displaced = {row};
    return s;
}

class Causes : public test::OverEngines {
protected:
    /// Checks which causes have which shares in all that arrive, wherever.
    void expect_shares(const ScenarioSettings& settings, std::map<Cause, double> shares) const {
        const World world = test::built(settings);
        const RunResult result = run(world);
        const auto everywhere = [&](PlaceField field) {
            double sum = 0;
            for (const auto& place : world.places) sum += at_end(world, result, field, place.place);
            return sum;
        };
        const double arrivals = everywhere(PlaceField::arrivals);
        ASSERT_GT(arrivals, 1000);
        for (std::size_t c = 0; c < cause_count; ++c)
            EXPECT_NEAR(everywhere(arrivals_by(Cause(c))) / arrivals, shares[Cause(c)], 1e-5) << c;
    }
};

TEST_P(Causes, strikes_alone_have_all_and_neighbours_who_have_gone_count_with_them) {
    auto s = quiet();
    s.behaviour.leave.h_max = 0.3;
    s.behaviour.leave.neighbours = 4;
    s.bombardment = {test::strikes("town", 0, 1, 20)};
    expect_shares(s, {{Cause::strikes, 1}});
}

TEST_P(Causes, fronts_alone_have_all) {
    auto s = quiet();
    s.behaviour.leave.h_front = 0.2;
    FrontSettings front;
    front.place = "town";
    front.assault_from = day(0);
    s.fronts = {front};
    expect_shares(s, {{Cause::fronts, 1}});
}

TEST_P(Causes, hazards_divide_those_who_leave_in_proportion) {
    auto s = quiet();
    s.period.to = day(0);
    s.behaviour.travel.hours_per_day = 24;
    s.behaviour.leave.h0 = 0.02;
    s.behaviour.leave.h_max = 0.2;  // half of which acts where the strikes in memory are the threshold
    s.behaviour.leave.h_front = 0.08;
    s.groups.own()[0].threshold = 20;
    s.bombardment = {test::strikes("town", 0, 0, 20)};
    FrontSettings front;
    front.place = "town";
    front.assault_from = day(0);
    s.fronts = {front};
    expect_shares(s, {{Cause::strikes, 0.5}, {Cause::fronts, 0.4}, {Cause::base_rate, 0.1}});
    // Beside an order that takes as many as all of these together, each has half of what it had.
    s.orders = {{"", "town", day(0), {}, 1.0, 5.0, ""}};
    expect_shares(
        s, {{Cause::strikes, 0.25}, {Cause::fronts, 0.2}, {Cause::base_rate, 0.05}, {Cause::orders, 0.5}});
}

TEST_P(Causes, a_place_that_falls_is_left_for_that) {
    auto s = quiet();
    s.behaviour.leave.h_capture = 0.5;
    FrontSettings front;
    front.place = "town";
    front.assault_from = front.falls = day(0);
    s.fronts = {front};
    expect_shares(s, {{Cause::capture, 1}});
}

TEST_P(Causes, who_moves_on_had_shelter_or_none) {
    auto s = displaced_in_city();
    s.network.places.own()[1].capacity = 275000;  // of half of them
    s.behaviour.leave.onward_host = 0.01;
    s.behaviour.leave.onward_without_shelter = 0.03;
    s.period.to = day(0);
    expect_shares(s, {{Cause::moving_on, 0.25}, {Cause::no_shelter, 0.75}});
}

TEST_P(Causes, danger_drives_the_displaced_on_by_its_part_of_their_hazard) {
    auto s = displaced_in_city();
    s.behaviour.leave.onward_host = 0.03;
    s.behaviour.leave.h_max = 0.1;
    s.behaviour.leave.displaced_factor = 1.4;  // 1.4 * 0.1 / 2 = 0.07
    s.groups.own()[0].threshold = 20;
    s.bombardment = {test::strikes("city", 0, 0, 20)};
    s.behaviour.leave.reach_km = 1;  // the town is not struck
    s.period.to = day(0);
    expect_shares(s, {{Cause::moving_on, 0.3}, {Cause::strikes, 0.7}});
}

TEST_P(Causes, who_is_turned_away_goes_on_for_that) {
    auto s = quiet();
    s.period.to = day(9);
    s.behaviour.leave.h_capture = 0.5;
    s.network.places.own()[1].capacity = 0;
    s.network.places.own()[1].admission = Admission::hard;
    FrontSettings front;
    front.place = "town";
    front.assault_from = front.falls = day(0);
    s.fronts = {front};
    const World world = test::built(s);
    const RunResult result = run(world);
    const auto sum = [&](PlaceField field, const char* place) { return at_end(world, result, field, place); };
    EXPECT_NEAR(sum(arrivals_by(Cause::capture), "city"), sum(PlaceField::arrivals, "city"), 1);
    EXPECT_EQ(sum(PlaceField::turned_away, "city"), sum(PlaceField::arrivals, "city"));
    EXPECT_GT(sum(arrivals_by(Cause::turning_away), "camp"), 1000);
    EXPECT_NEAR(sum(arrivals_by(Cause::turning_away), "camp") + sum(arrivals_by(Cause::capture), "camp"),
                sum(PlaceField::arrivals, "camp"), 1);
}

TEST_P(Causes, given_departures_have_none_that_is_known) {
    auto s = quiet();
    DepartureSettings row;
    row.place = "town";
    row.date = day(0);
    row.persons = 55000;
    s.departures = {row};
    expect_shares(s, {{Cause::given, 1}});
}

TEST_P(Causes, add_up_to_arrivals_in_every_record) {
    double by_cause[cause_count] = {};
    for (int number = 0; number < 30; ++number) {
        SCOPED_TRACE(number);
        auto s = test::random_settings(std::uint64_t(3000 + number));
        s.output.causes = true;
        const RunResult result = run(s);
        const auto& arrivals = result.place[std::size_t(PlaceField::arrivals)];
        for (std::size_t c = 0; c < arrivals.size(); ++c) {
            double sum = 0;
            for (std::size_t cause = 0; cause < cause_count; ++cause) {
                const double part = result.place[std::size_t(arrivals_by(Cause(cause)))][c];
                EXPECT_GE(part, 0);
                by_cause[cause] += part;
                sum += part;
            }
            ASSERT_NEAR(sum, arrivals[c], 1e-5 * (1 + arrivals[c])) << c;
        }
    }
    for (std::size_t cause = 0; cause < std::size_t(Cause::given); ++cause)
        EXPECT_GT(by_cause[cause], 0) << cause << " occurs in none of these worlds";
}

TEST_P(Causes, change_nothing_else) {
    for (int number = 0; number < 6; ++number) {
        auto s = test::random_settings(std::uint64_t(3000 + number));
        const RunResult without = run(s);
        s.output.causes = true;
        const RunResult with = run(s);
        for (int f = 0; f < int(PlaceField::arrivals_by_strikes); ++f)
            EXPECT_EQ(without.place[std::size_t(f)], with.place[std::size_t(f)])
                << place_fields[std::size_t(f)].name;
        for (const Cause cause : {Cause::strikes, Cause::given})
            EXPECT_TRUE(without.place[std::size_t(arrivals_by(cause))].empty());
    }
}

/// Arrivals by the end of each road, summed over a run, and those at each place.
std::pair<Eigen::ArrayXd, Eigen::ArrayXd> last_roads(const World& world, const test::EngineCase& engine) {
    const auto member = make_engine(
        world,
        {.kind = engine.kind, .mode = engine.mode, .fields = PlaceFields().set(), .count_last_roads = true});
    Eigen::ArrayXd roads = Eigen::ArrayXd::Zero(2 * Eigen::Index(world.roads.size()));
    Eigen::ArrayXd arrivals = Eigen::ArrayXd::Zero(world.place_count());
    StepRecord record;
    for (int step = 0; step < world.steps; ++step) {
        member->step(record);
        if (record.last_road.size() > 0) roads += record.last_road;
        arrivals += record.place.col(int(PlaceField::arrivals));
    }
    return {roads, arrivals};
}

TEST_P(Causes, last_roads_add_up_to_arrivals_where_nobody_returns) {
    for (int number = 0; number < 12; ++number) {
        SCOPED_TRACE(number);
        auto s = test::random_settings(std::uint64_t(3000 + number));
        s.behaviour.returning.rate = s.behaviour.returning.after_ceasefire = 0;
        const World world = test::built(s);
        const auto [roads, arrivals] = last_roads(world, GetParam());
        Eigen::ArrayXd by_place = Eigen::ArrayXd::Zero(world.place_count());
        for (std::size_t r = 0; r < world.roads.size(); ++r) {
            by_place(world.roads[r].from) += roads(2 * Eigen::Index(r));
            by_place(world.roads[r].to) += roads(2 * Eigen::Index(r) + 1);
        }
        EXPECT_TRUE(((by_place - arrivals).abs() <= 1e-6 * (1 + arrivals)).all());
    }
}

TEST_P(Causes, who_passes_a_place_comes_over_the_road_behind_it) {
    auto s = quiet();
    s.behaviour.leave.h0 = 0.1;
    s.behaviour.leave.displaced_factor = 0;  // who has come stays
    const World world = test::built(s);
    const auto [roads, arrivals] = last_roads(world, GetParam());  // town - city - camp
    ASSERT_GT(arrivals(1), 1000);
    ASSERT_GT(arrivals(2), 1000);
    EXPECT_NEAR(roads(1), arrivals(1), 1e-6 * arrivals(1));
    EXPECT_NEAR(roads(3), arrivals(2), 1e-6 * arrivals(2));
    EXPECT_EQ(roads(0) + roads(2), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, Causes, ::testing::ValuesIn(test::every_engine), test::name_of);

class DrawnCauses : public test::OverEngines {};

TEST_P(DrawnCauses, are_on_average_those_of_means) {
    auto s = test::random_settings(3004);
    s.behaviour.leave.daily_noise = s.behaviour.leave.run_noise = s.behaviour.leave.neighbours = 0;
    s.behaviour.choose.overdispersion = s.behaviour.choose.network_pull = 0;
    s.behaviour.returning.rate = s.behaviour.returning.after_ceasefire = 0;
    s.crossings[0].quota = 1e6;
    for (auto& place : s.network.places.own()) {
        place.admission = Admission::open;
        place.capacity.reset();
    }
    s.behaviour.leave.h0 = 0.005;
    s.output.causes = true;
    const World world = test::built(s);
    constexpr int members = 400;
    const auto drawn = runs(world, members);
    // Pooled runs forget homes, to which nobody flees: they are compared with their own means.
    const auto means = forgets_homes() ? EngineKind::pooled : EngineKind::compartments;
    const auto mean = test::run(world, means, DrawMode::expected).members[0];
    int compared = 0;
    for (const auto& place : world.places) {
        for (std::size_t c = 0; c < cause_count; ++c) {
            const auto of = [&](const RunResult& run) {
                return at_end(world, run, arrivals_by(Cause(c)), place.place);
            };
            double sum = 0, squares = 0;
            for (const auto& member : drawn.members) {
                sum += of(member);
                squares += of(member) * of(member);
            }
            const double average = sum / members;
            const double error = std::sqrt(std::max(0.0, squares / members - average * average) / members);
            EXPECT_NEAR(average, of(mean), 4.5 * error + 1e-4 * of(mean)) << place.place << " " << c;
            compared += of(mean) > 1;
        }
    }
    EXPECT_GT(compared, 6);
}

INSTANTIATE_TEST_SUITE_P(Engines, DrawnCauses, ::testing::ValuesIn(test::every_engine_that_draws),
                         test::name_of);

TEST(CausesOfFlee, are_refused_since_its_rules_know_none) {
    auto s = test::three_places();
    s.behaviour.rules = Rules::flee3;
    s.engine.kind = EngineKind::agents;
    s.unit = MovingUnit::person;
    s.output.causes = true;
    const auto world = make_world(s);
    ASSERT_FALSE(world);
    bool said = false;
    for (const auto& finding : world.findings()) said = said || finding.path == "output.causes";
    EXPECT_TRUE(said);
}

}  // namespace
}  // namespace nuzuh
