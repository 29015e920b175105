// Each lever of a scenario changes what it should, and nothing else, in every engine.
#include <gtest/gtest.h>

#include "sim/model/fields.hpp"
#include "tests/support/every_engine.hpp"
#include "tests/support/rich_world.hpp"

namespace nuzuh {
namespace {

using test::at_end;
using test::day;

class Levers : public test::OverEngines {};

/// Moves one number of a settings struct; the others stay.
struct Nudge {
    int target;
    int seen = 0;
    std::string key;

    void number(Field f, double& value, Range range) {
        if (seen++ != target) return;
        key = f.key;
        const double moved = value == 0 ? 0.5 : value * 1.3;
        value = moved <= range.high ? moved : value * 0.7;
    }
    template <class S>
    void section(Field, S& s) {
        describe(*this, s);
    }
    template <class E>
    void choice(Field, E&, Choices<E>) {}
};

TEST_P(Levers, every_number_of_behaviour_has_an_effect) {
    auto base = test::rich_settings();
    base.behaviour.choose.overdispersion = 0.3;
    base.behaviour.choose.overdispersion_days = 5;
    const World world = test::built(base);
    const auto before = run(world);
    int tried = 0;
    for (int target = 0;; ++target, ++tried) {
        auto changed = base;
        Nudge nudge{target, 0, {}};
        describe(nudge, changed.behaviour);
        if (nudge.key.empty()) break;
        // Noise acts on draws: where there are none, it is nowhere.
        const bool noise = nudge.key.ends_with("_noise") || nudge.key.starts_with("overdispersion");
        const bool acts = draws() || !noise;
        EXPECT_NE(test::same(world, before, run(changed)), acts) << nudge.key;
    }
    EXPECT_GT(tried, 35);
}

TEST_P(Levers, every_number_of_a_group_has_an_effect) {
    const auto base = test::rich_settings();
    const World world = test::built(base);
    const auto before = run(world);
    const auto differs = [&](auto change) {
        auto changed = base;
        change(changed.groups[0]);
        return !test::same(world, before, run(changed));
    };
    EXPECT_TRUE(differs([](GroupSettings& g) { g.household_size = 6; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.threshold = 40; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.threshold_spread = 1.2; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.classes = 4; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.immobile_share = 0.2; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.travel = TravelMode::foot; }));
    EXPECT_TRUE(differs([](GroupSettings& g) {
        g.drawn_to = "front_line";
        g.draw = 5;
    }));
}

TEST_P(Levers, without_danger_almost_nobody_leaves) {
    auto s = test::three_places(5500000);
    s.bombardment.clear();
    s.behaviour.leave.daily_noise = s.behaviour.leave.run_noise = 0;
    const double left = test::last(run(s), TotalField::people_displaced);
    constexpr double households = 1.2e6, mean = households * 5e-5 * 10;
    EXPECT_GT(left, 0);
    EXPECT_LT(left, 5.5 * (draws() ? mean + 5 * std::sqrt(mean) : 1.001 * mean));
}

TEST_P(Levers, one_day_of_known_hazard_moves_a_known_number) {
    auto s = test::three_places(550000);
    s.period.to = day(0);
    s.behaviour.leave.daily_noise = 0;
    s.behaviour.leave.run_noise = 0;
    const World world = test::built(s);
    // Exposure at the town is its own 20 strikes; response 1/(1 + (30/20)^2).
    const double hazard = 5e-5 + 0.3 / (1 + std::pow(30.0 / 20, 2));
    constexpr double households = 1e5;
    const double chance = 1 - std::exp(-hazard);
    const double deviation = std::sqrt(households * chance * (1 - chance));
    EXPECT_NEAR(at_end(world, run(world), PlaceField::departures, "town"), 5.5 * households * chance,
                draws() ? 5.5 * 5 * deviation : 0.1);
}

TEST(Entries, an_entry_of_bombardment_replaces_an_earlier_one) {
    auto s = test::three_places();
    s.bombardment.push_back(test::strikes("town", 3, 9, 0));
    const World world = test::built(s);
    EXPECT_EQ(world.inputs[2].strikes(0), 20);
    EXPECT_EQ(world.inputs[3].strikes(0), 0);
}

TEST_P(Levers, an_area_shares_its_strikes_and_a_closed_border_lets_nobody_through) {
    auto s = test::rich_settings();
    const World world = test::built(s);
    EXPECT_EQ(world.inputs[0].strikes(world.place_index("south")), 6);
    EXPECT_EQ(world.inputs[0].strikes(world.place_index("middle")), 6);
    s.crossings.clear();
    const auto closed = run(s);
    EXPECT_EQ(test::last(closed, TotalField::abroad), 0);
    EXPECT_EQ(at_end(world, closed, PlaceField::arrivals, "gate"), 0);
}

TEST_P(Levers, a_quota_is_never_passed_and_an_open_border_passes_more) {
    auto s = test::rich_settings();
    const World world = test::built(s);
    const auto quota = run(world);
    const auto& admitted = quota.place[std::size_t(PlaceField::admitted)];
    const auto gate = std::size_t(world.place_index("gate"));
    double passed = 0;
    for (std::size_t t = 0; t < quota.total[0].size(); ++t) {
        passed += admitted[t * std::size_t(world.place_count()) + gate];
        EXPECT_LE(passed, 150 * double(t + 1) + 1e-3);
    }
    EXPECT_GT(passed, 0);
    s.crossings[0].policy = CrossingPolicy::open;
    s.crossings[0].quota = 0;
    const World open = test::built(s);
    const auto all = run(open);
    EXPECT_GT(test::last(all, TotalField::abroad), passed);
    EXPECT_NEAR(test::last(all, TotalField::waiting), at_end(open, all, PlaceField::waiting, "west"), 1e-2);
}

TEST_P(Levers, a_crossing_that_closes_keeps_those_who_wait) {
    auto s = test::rich_settings();
    s.crossings[0].to = day(15);
    const World world = test::built(s);
    const auto result = run(s);
    const auto& admitted = result.place[std::size_t(PlaceField::admitted)];
    const auto at = [&](int t) {
        return admitted[std::size_t(t * world.place_count() + world.place_index("gate"))];
    };
    EXPECT_GT(at(15), 0);
    EXPECT_EQ(at(16), 0);
    EXPECT_EQ(at_end(world, result, PlaceField::arrivals, "abroad"), 0);
}

TEST_P(Levers, a_siege_keeps_people_in_and_counts_them) {
    auto s = test::rich_settings();
    const World world = test::built(s);
    const auto besieged = run(s);
    s.access.clear();
    const auto open = run(s);
    EXPECT_LT(at_end(world, besieged, PlaceField::departures, "east"),
              at_end(world, open, PlaceField::departures, "east"));
    EXPECT_GT(at_end(world, besieged, PlaceField::could_not_leave, "east"), 100);
    EXPECT_EQ(at_end(world, open, PlaceField::could_not_leave, "east"), 0);
}

/// On the first day of a siege as many leave, or could not, as would have left without it: also of those who had been away and are back.
TEST_P(Levers, a_siege_counts_all_whom_it_keeps_in) {
    auto s = test::three_places(550000);
    s.network.places[1] = test::place("city", PlaceType::camp, 35.9, 36.65, 0);
    s.behaviour.returning = {0.5, 0, 500};
    const World world = test::built(s);
    const auto open = run(s);
    s.access = {test::siege("town", 5, 9, 0.3)};
    const auto besieged = run(s);
    const auto first_day = [&](const RunResult& result, PlaceField field) {
        return result.place[std::size_t(field)][std::size_t(5 * world.place_count())];
    };
    const double left = first_day(open, PlaceField::departures);
    EXPECT_GT(left, 10000);
    EXPECT_GT(at_end(world, open, PlaceField::returns, "town"), 100000);
    EXPECT_GT(first_day(besieged, PlaceField::could_not_leave), 0.5 * left);
    EXPECT_NEAR(
        first_day(besieged, PlaceField::departures) + first_day(besieged, PlaceField::could_not_leave), left,
        draws() ? 5 * 5.5 * std::sqrt(2 * left / 5.5) : 1e-5 * left);
}

TEST_P(Levers, a_closed_road_sends_people_the_long_way_or_nowhere) {
    auto s = test::three_places(55000);
    RouteChange closed;
    closed.route = "town_city";
    closed.from = day(3);
    closed.to = day(9);
    s.routes = {closed};
    const World world = test::built(s);
    const auto result = run(s);
    const auto& departures = result.place[std::size_t(PlaceField::departures)];
    EXPECT_GT(departures[std::size_t(2 * 3)], 1000);
    EXPECT_EQ(departures[std::size_t(3 * 3)], 0);
    EXPECT_GT(at_end(world, result, PlaceField::could_not_leave, "town"), 1000);
    s.network.routes[0].status = RouteStatus::closed;
    s.routes.clear();
    EXPECT_EQ(at_end(world, run(s), PlaceField::departures, "town"), 0);
}

TEST_P(Levers, a_full_place_with_hard_admission_turns_people_away) {
    auto s = test::three_places(55000);
    s.network.places[1].capacity = 2000;
    const World open_world = test::built(s);
    const auto open = run(open_world);
    EXPECT_GT(at_end(open_world, open, PlaceField::without_shelter, "city"), 1000);
    EXPECT_EQ(at_end(open_world, open, PlaceField::turned_away, "city"), 0);
    s.network.places[1].admission = Admission::hard;
    const World hard_world = test::built(s);
    const auto hard = run(hard_world);
    EXPECT_GT(at_end(hard_world, hard, PlaceField::turned_away, "city"), 1000);
    const auto& displaced = hard.place[std::size_t(PlaceField::displaced)];
    for (std::size_t t = 0; t < hard.total[0].size(); ++t) EXPECT_LE(displaced[t * 3 + 1], 2000.001);
}

TEST_P(Levers, a_town_that_falls_empties_but_for_the_immobile_and_takes_nobody_in) {
    auto s = test::three_places(55000);
    s.groups[0].immobile_share = 0.1;
    FrontSettings front;
    front.place = "town";
    front.falls = day(3);
    s.fronts = {front};
    const World world = test::built(s);
    const auto result = run(s);
    EXPECT_NEAR(at_end(world, result, PlaceField::at_home, "town"), 5500, 60);
    EXPECT_NEAR(at_end(world, result, PlaceField::remaining, "town"), 5500, 60);
    s.fronts[0].place = "city";
    const World fallen_city = test::built(s);
    const auto other = run(s);
    const auto& arrivals = other.place[std::size_t(PlaceField::arrivals)];
    EXPECT_GT(arrivals[2 * 3 + 1], 0);
    for (std::size_t t = 3; t < 10; ++t) EXPECT_EQ(arrivals[t * 3 + 1], 0);
}

TEST_P(Levers, people_go_home_when_it_is_quiet_and_only_then) {
    auto s = test::three_places(55000);
    s.period.to = day(59);
    s.bombardment = {test::strikes("town", 0, 9, 20)};
    s.behaviour.returning = {0.02, 14, 1};
    const auto result = run(s);
    const auto& returns = result.place[std::size_t(PlaceField::returns)];  // of the town: the first of three
    double by_day_23 = 0, by_day_40 = 0;
    for (std::size_t t = 0; t <= 40; ++t) (t <= 22 ? by_day_23 : by_day_40) += returns[t * 3];
    EXPECT_EQ(by_day_23, 0);  // the last strike fell on day 9, and 14 quiet days have to pass
    EXPECT_GT(by_day_40, 1000);
    FrontSettings front;
    front.place = "town";
    front.falls = day(10);
    s.fronts = {front};
    const World world = test::built(s);
    EXPECT_EQ(at_end(world, run(s), PlaceField::returns, "town"), 0);
}

TEST_P(Levers, given_departures_replace_the_decision_to_leave) {
    auto s = test::three_places(55000);
    s.departures = {{"town", day(2), 1100}, {"town", day(5), 330}, {"city", day(5), 55}};
    const World world = test::built(s);
    const auto result = run(world);
    EXPECT_NEAR(at_end(world, result, PlaceField::departures, "town"), 1430, 1e-3);
    EXPECT_NEAR(at_end(world, result, PlaceField::departures, "city"), 55, 1e-3);
    EXPECT_NEAR(result.place[std::size_t(PlaceField::departures)][2 * 3], 1100, 1e-3);
}

TEST_P(Levers, people_displaced_at_the_start_are_there_besides_the_population) {
    auto s = test::three_places(5500);
    s.bombardment.clear();
    s.behaviour.leave.h0 = 0;
    s.behaviour.leave.onward_camp = 0;
    s.behaviour.returning.rate = 0;
    s.displaced = {{"camp", "town", 1100, {}, 0, ""}, {"camp", "", 560, {}, 0, ""}};
    const World world = test::built(s);
    EXPECT_EQ(world.households_from(0),
              1200);  // 1000 households live in the town, 200 of its own are in the camp
    const auto result = run(world);
    EXPECT_EQ(at_end(world, result, PlaceField::displaced, "camp"),
              1100 + 101 * 5.5);  // 560 are 101 households
    EXPECT_EQ(at_end(world, result, PlaceField::at_home, "town"), 5500);
    EXPECT_EQ(test::last(result, TotalField::people_displaced), 0);
    if (forgets_homes())
        EXPECT_TRUE(result.displaced_from.empty());
    else
        EXPECT_EQ(result.displaced_from[2], 1100);  // [home town, place camp]
}

TEST_P(Levers, people_displaced_at_the_start_draw_those_of_their_home) {
    auto s = test::three_places(5500);
    s.behaviour.choose.network_pull = 1;
    const auto alone = run(s);
    s.displaced = {{"camp", "town", 1100, {}, 0, ""}};
    const World world = test::built(s);
    EXPECT_LT(at_end(world, run(s), PlaceField::displaced, "city"),
              0.5 * at_end(world, alone, PlaceField::displaced, "city"));
}

TEST_P(Levers, people_displaced_from_elsewhere_draw_only_where_homes_are_forgotten) {
    auto s = test::three_places(550000);
    s.network.places[1].population = 0;  // else people of the city flee, too, to where theirs are
    s.period.to = day(0);
    s.behaviour.choose.network_pull = 1;
    s.behaviour.returning.rate = 0;
    s.behaviour.leave.h0 = s.behaviour.leave.onward_camp = s.behaviour.leave.displaced_factor = 0;
    const auto in_camp = [&] {
        const World world = test::built(s);
        const auto result = run(world);
        const double camp = at_end(world, result, PlaceField::arrivals, "camp");
        return camp / (camp + at_end(world, result, PlaceField::arrivals, "city"));
    };
    const double alone = in_camp();
    s.displaced = {{"camp", "city", 5500, {}, 0, ""}};
    if (forgets_homes())
        EXPECT_GT(in_camp(), 0.9);
    else
        EXPECT_NEAR(in_camp(), alone, draws() ? 0.02 : 1e-6);
    EXPECT_LT(alone, 0.8);
}

TEST_P(Levers, a_person_as_unit_moves_single_people) {
    auto s = test::three_places(5500);
    s.unit = MovingUnit::person;
    const World world = test::built(s);
    EXPECT_EQ(world.households_at_start(0), 5500);
    const auto result = run(world);
    const double displaced = at_end(world, result, PlaceField::displaced, "camp");
    EXPECT_GT(displaced, 0);
    EXPECT_EQ(displaced, at_end(world, result, PlaceField::households_displaced, "camp"));
}

TEST_P(Levers, records_of_a_week_add_up_its_days) {
    const World world = test::built(test::rich_settings());
    EnsembleSpec spec;
    spec.engine = GetParam().kind;
    spec.mode = GetParam().mode;
    spec.threads = 1;
    const auto daily = run_ensemble(world, spec).members[0];
    spec.every_steps = 7;
    const auto result = run_ensemble(world, spec);
    const auto weekly = result.members[0];
    EXPECT_EQ(result.days, (std::vector<double>{6, 13, 20, 27, 34, 39}));
    for (PlaceField field : {PlaceField::arrivals, PlaceField::displaced}) {
        EXPECT_NEAR(at_end(world, daily, field, "north"), at_end(world, weekly, field, "north"), 0.1);
    }
}

INSTANTIATE_TEST_SUITE_P(Engines, Levers, ::testing::ValuesIn(test::every_engine), test::name_of);

}  // namespace
}  // namespace nuzuh
