// Each lever of a scenario changes what it should, and nothing else.
#include <gtest/gtest.h>

#include "sim/model/fields.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

using test::at_end;
using test::day;
using test::expected;

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

TEST(Levers, every_number_of_behaviour_has_an_effect) {
    const auto base = test::rich_settings();
    const auto before = expected(base);
    const World world = test::built(base);
    int tried = 0;
    for (int target = 0;; ++target, ++tried) {
        auto changed = base;
        Nudge nudge{target, 0, {}};
        describe(nudge, changed.behaviour);
        if (nudge.key.empty()) break;
        if (nudge.key.find("_noise") != std::string::npos) continue;  // act on draws: see below
        EXPECT_FALSE(test::same(world, before.members[0], expected(changed).members[0])) << nudge.key;
    }
    EXPECT_GT(tried, 35);
}

TEST(Levers, every_number_of_a_group_has_an_effect) {
    const auto base = test::rich_settings();
    const World world = test::built(base);
    const auto before = expected(base);
    const auto differs = [&](auto change) {
        auto changed = base;
        change(changed.groups[0]);
        return !test::same(world, before.members[0], expected(changed).members[0]);
    };
    EXPECT_TRUE(differs([](GroupSettings& g) { g.household_size = 6; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.threshold = 40; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.threshold_spread = 1.2; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.classes = 4; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.immobile_share = 0.2; }));
    EXPECT_TRUE(differs([](GroupSettings& g) { g.travel = TravelMode::foot; }));
}

TEST(Levers, daily_and_run_noise_widen_the_ensemble) {
    auto s = test::rich_settings();
    const auto spread = [&](double daily, double by_run) {
        s.behaviour.leave.daily_noise = daily;
        s.behaviour.leave.run_noise = by_run;
        const auto result =
            test::run(test::built(s), EngineKind::compartments, DrawMode::stochastic, 60, 1, 2);
        double sum = 0, squares = 0;
        for (const auto& run : result.members) {
            const double x = test::last(run, TotalField::people_displaced);
            sum += x;
            squares += x * x;
        }
        return std::sqrt(squares / 60 - sum * sum / 3600);
    };
    EXPECT_GT(spread(1.0, 0), 2 * spread(0, 0));
    EXPECT_GT(spread(0, 0.5), 2 * spread(0, 0));
}

TEST(Levers, without_danger_almost_nobody_leaves) {
    auto s = test::three_places(55000);
    s.bombardment.clear();
    const double left = test::last(expected(s).members[0], TotalField::people_displaced);
    EXPECT_GT(left, 0);
    EXPECT_LT(left, 66000 * 5e-5 * 10 * 1.01);
}

TEST(Levers, one_day_of_known_hazard_moves_a_known_number) {
    auto s = test::three_places(5500);
    s.period.to = day(0);
    s.behaviour.leave.daily_noise = 0;
    s.behaviour.leave.run_noise = 0;
    const World world = test::built(s);
    // Exposure at the town is its own 20 strikes; response 1/(1 + (30/20)^2).
    const double hazard = 5e-5 + 0.3 / (1 + std::pow(30.0 / 20, 2));
    const auto result = expected(s);
    EXPECT_NEAR(at_end(world, result.members[0], PlaceField::departures, "town"),
                5500 * (1 - std::exp(-hazard)), 1e-2);
}

TEST(Levers, an_entry_of_bombardment_replaces_an_earlier_one) {
    auto s = test::three_places();
    s.bombardment.push_back(test::strikes("town", 3, 9, 0));
    const World world = test::built(s);
    EXPECT_EQ(world.inputs[2].strikes(0), 20);
    EXPECT_EQ(world.inputs[3].strikes(0), 0);
}

TEST(Levers, an_area_shares_its_strikes_and_a_closed_border_lets_nobody_through) {
    auto s = test::rich_settings();
    const World world = test::built(s);
    EXPECT_EQ(world.inputs[0].strikes(world.place_index("south")), 6);
    EXPECT_EQ(world.inputs[0].strikes(world.place_index("middle")), 6);
    s.crossings.clear();
    const auto closed = expected(s).members[0];
    EXPECT_EQ(test::last(closed, TotalField::abroad), 0);
    EXPECT_EQ(at_end(world, closed, PlaceField::arrivals, "gate"), 0);
}

TEST(Levers, a_quota_is_never_passed_and_an_open_border_passes_more) {
    auto s = test::rich_settings();
    const World world = test::built(s);
    const auto quota = test::run(world, EngineKind::agents, DrawMode::stochastic).members[0];
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
    const auto all = test::run(open, EngineKind::agents, DrawMode::stochastic).members[0];
    EXPECT_GT(test::last(all, TotalField::abroad), passed);
    EXPECT_EQ(test::last(all, TotalField::waiting) - at_end(open, all, PlaceField::waiting, "west"), 0);
}

TEST(Levers, a_crossing_that_closes_keeps_those_who_wait) {
    auto s = test::rich_settings();
    s.crossings[0].to = day(15);
    const World world = test::built(s);
    const auto result = expected(s).members[0];
    const auto& admitted = result.place[std::size_t(PlaceField::admitted)];
    const auto at = [&](int t) {
        return admitted[std::size_t(t * world.place_count() + world.place_index("gate"))];
    };
    EXPECT_GT(at(15), 0);
    EXPECT_EQ(at(16), 0);
    EXPECT_EQ(at_end(world, result, PlaceField::arrivals, "abroad"), 0);
}

TEST(Levers, a_siege_keeps_people_in_and_counts_them) {
    auto s = test::rich_settings();
    const World world = test::built(s);
    const auto besieged = expected(s).members[0];
    s.access.clear();
    const auto open = expected(s).members[0];
    EXPECT_LT(at_end(world, besieged, PlaceField::departures, "east"),
              at_end(world, open, PlaceField::departures, "east"));
    EXPECT_GT(at_end(world, besieged, PlaceField::could_not_leave, "east"), 100);
    EXPECT_EQ(at_end(world, open, PlaceField::could_not_leave, "east"), 0);
}

TEST(Levers, a_closed_road_sends_people_the_long_way_or_nowhere) {
    auto s = test::three_places(55000);
    RouteChange closed;
    closed.route = "town_city";
    closed.from = day(3);
    closed.to = day(9);
    s.routes = {closed};
    const World world = test::built(s);
    const auto result = expected(s).members[0];
    const auto& departures = result.place[std::size_t(PlaceField::departures)];
    EXPECT_GT(departures[std::size_t(2 * 3)], 1000);
    EXPECT_EQ(departures[std::size_t(3 * 3)], 0);
    EXPECT_GT(at_end(world, result, PlaceField::could_not_leave, "town"), 1000);
    s.network.routes[0].status = RouteStatus::closed;
    s.routes.clear();
    EXPECT_EQ(at_end(world, expected(s).members[0], PlaceField::departures, "town"), 0);
}

TEST(Levers, a_full_place_with_hard_admission_turns_people_away) {
    auto s = test::three_places(55000);
    s.network.places[1].capacity = 2000;
    const World open_world = test::built(s);
    const auto open = test::run(open_world, EngineKind::agents, DrawMode::stochastic).members[0];
    EXPECT_GT(at_end(open_world, open, PlaceField::without_shelter, "city"), 1000);
    EXPECT_EQ(at_end(open_world, open, PlaceField::turned_away, "city"), 0);
    s.network.places[1].admission = Admission::hard;
    const World hard_world = test::built(s);
    const auto hard = test::run(hard_world, EngineKind::agents, DrawMode::stochastic).members[0];
    EXPECT_GT(at_end(hard_world, hard, PlaceField::turned_away, "city"), 1000);
    const auto& displaced = hard.place[std::size_t(PlaceField::displaced)];
    for (std::size_t t = 0; t < hard.total[0].size(); ++t) EXPECT_LE(displaced[t * 3 + 1], 2000);
}

TEST(Levers, a_town_that_falls_empties_but_for_the_immobile_and_takes_nobody_in) {
    auto s = test::three_places(55000);
    s.groups[0].immobile_share = 0.1;
    FrontSettings front;
    front.place = "town";
    front.falls = day(3);
    s.fronts = {front};
    const World world = test::built(s);
    const auto result = expected(s).members[0];
    EXPECT_NEAR(at_end(world, result, PlaceField::at_home, "town"), 5500, 60);
    EXPECT_NEAR(at_end(world, result, PlaceField::remaining, "town"), 5500, 60);
    s.fronts[0].place = "city";
    const World fallen_city = test::built(s);
    const auto other = expected(s).members[0];
    const auto& arrivals = other.place[std::size_t(PlaceField::arrivals)];
    EXPECT_GT(arrivals[2 * 3 + 1], 0);
    for (std::size_t t = 3; t < 10; ++t) EXPECT_EQ(arrivals[t * 3 + 1], 0);
}

TEST(Levers, people_go_home_when_it_is_quiet_and_only_then) {
    auto s = test::three_places(55000);
    s.period.to = day(59);
    s.bombardment = {test::strikes("town", 0, 9, 20)};
    s.behaviour.returning = {0.02, 14, 1};
    const auto result = expected(s).members[0];
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
    EXPECT_EQ(at_end(world, expected(s).members[0], PlaceField::returns, "town"), 0);
}

TEST(Levers, given_departures_replace_the_decision_to_leave) {
    auto s = test::three_places(55000);
    s.departures = {{"town", day(2), 1100}, {"town", day(5), 330}, {"city", day(5), 55}};
    const World world = test::built(s);
    for (auto engine : {EngineKind::compartments, EngineKind::agents}) {
        const auto result = test::run(world, engine, DrawMode::stochastic).members[0];
        EXPECT_EQ(at_end(world, result, PlaceField::departures, "town"), 1430);
        EXPECT_EQ(at_end(world, result, PlaceField::departures, "city"), 55);
        EXPECT_EQ(result.place[std::size_t(PlaceField::departures)][2 * 3], 1100);
    }
}

TEST(Levers, people_displaced_at_the_start_are_there_besides_the_population) {
    auto s = test::three_places(5500);
    s.bombardment.clear();
    s.behaviour.leave.h0 = 0;
    s.behaviour.leave.onward_camp = 0;
    s.behaviour.returning.rate = 0;
    s.displaced = {{"camp", "town", 1100, {}, 0, ""}, {"camp", "", 560, {}, 0, ""}};
    const World world = test::built(s);
    EXPECT_EQ(world.households_from(0),
              1200);  // 1000 households live in the town, 200 of its own are in the camp
    for (auto engine : {EngineKind::compartments, EngineKind::agents}) {
        const auto result = test::run(world, engine, DrawMode::stochastic).members[0];
        EXPECT_EQ(at_end(world, result, PlaceField::displaced, "camp"),
                  1100 + 101 * 5.5);  // 560 are 101 households
        EXPECT_EQ(at_end(world, result, PlaceField::at_home, "town"), 5500);
        EXPECT_EQ(test::last(result, TotalField::people_displaced), 0);
    }
    EXPECT_EQ(expected(s).members[0].displaced_from[2], 1100);  // [home town, place camp]
}

TEST(Levers, people_displaced_at_the_start_draw_those_of_their_home) {
    auto s = test::three_places(5500);
    s.behaviour.choose.network_pull = 1;
    const auto alone = expected(s).members[0];
    s.displaced = {{"camp", "town", 1100, {}, 0, ""}};
    const World world = test::built(s);
    EXPECT_LT(at_end(world, expected(s).members[0], PlaceField::displaced, "city"),
              0.5 * at_end(world, alone, PlaceField::displaced, "city"));
}

/// Share of those from the town who ended in the camp, when half of those who came before are there.
double drawn_to_camp(const ChooseSettings& choose, std::optional<Date> since) {
    auto s = test::three_places(55000);
    s.behaviour.choose = choose;
    s.displaced = {{"camp", "town", 5500, since, 0, ""}};
    const auto run = expected(s).members[0];
    const World world = test::built(s);
    const double camp = at_end(world, run, PlaceField::arrivals, "camp");
    return camp / (camp + at_end(world, run, PlaceField::arrivals, "city"));
}

TEST(Levers, a_softened_network_pulls_less) {
    ChooseSettings choose;
    choose.network_pull = 1;
    const double sharp = drawn_to_camp(choose, {});
    choose.network_softening = 0.2;
    const double soft = drawn_to_camp(choose, {});
    choose.network_softening = 50;
    const double hardly = drawn_to_camp(choose, {});
    choose.network_pull = 0;
    const double none = drawn_to_camp(choose, {});
    EXPECT_GT(sharp, soft + 0.01);
    EXPECT_GT(soft, hardly + 0.01);
    EXPECT_NEAR(hardly, none, 0.01);
}

TEST(Levers, old_arrivals_pull_less_than_new_ones) {
    ChooseSettings choose;
    choose.network_pull = 1;
    choose.network_softening = 0.2;
    choose.network_memory_days = 20;
    const double fresh = drawn_to_camp(choose, day(0));
    const double old = drawn_to_camp(choose, day(-100));
    const double long_ago = drawn_to_camp(choose, {});
    EXPECT_GT(fresh, old + 0.01);
    EXPECT_GT(old, long_ago);
}

/// Standard deviation over runs of a place's displaced people at the end.
double spread_at(const ScenarioSettings& s, EngineKind engine, const std::string& place) {
    const World world = test::built(s);
    const auto result = test::run(world, engine, DrawMode::stochastic, 60);
    double sum = 0, squares = 0;
    for (const auto& member : result.members) {
        const double n = at_end(world, member, PlaceField::displaced, place);
        sum += n / 60;
        squares += n * n / 60;
    }
    return std::sqrt(squares - sum * sum);
}

TEST(Levers, noise_of_shares_spreads_the_runs_the_less_the_more_often_it_changes) {
    auto s = test::three_places(55000);
    for (auto engine : {EngineKind::compartments, EngineKind::agents}) {
        const auto spread = [&](double noise, double days) {
            s.behaviour.choose.overdispersion = noise;
            s.behaviour.choose.overdispersion_days = days;
            return spread_at(s, engine, "camp");
        };
        const double always = spread(0.4, 0), daily = spread(0.4, 1), without = spread(0, 0);
        EXPECT_GT(daily, 1.2 * without);
        EXPECT_GT(always, 1.2 * daily);
    }
}

/// A town that 10,000 people flee from on the second day, to two camps as far away that hold 800 and 200 of them.
/// Without noise 0.725 of them go to the larger camp, which is also the share that the noise goes by.
ScenarioSettings two_camps_as_far() {
    auto s = test::three_places(100000);
    s.network.places[1] = test::place("large", PlaceType::camp, 35.9, 36.6, 0);
    s.network.places[2] = test::place("small", PlaceType::camp, 35.9, 36.7, 0);
    s.network.routes = {test::route("town", "large", 40), test::route("town", "small", 40)};
    s.period.to = day(1);
    s.bombardment.clear();
    s.conflicts = {{"town", day(0), day(1), 1, ""}};
    s.registrations = {
        {"large", day(0), 800}, {"large", day(1), 5800}, {"small", day(0), 200}, {"small", day(1), 5200}};
    s.behaviour.leave.departures = DeparturesBy::registrations;
    s.behaviour.returning.rate = 0;
    auto& choose = s.behaviour.choose;
    choose.attraction_town = choose.danger_on_way = 0;
    choose.network_pull = 1;
    choose.network_softening = 1.0 / 6;  // (0.8 + 1/6) / (1 + 2/6) = 0.725
    choose.overdispersion = 0.4;
    return s;
}

TEST(Levers, noise_of_shares_keeps_their_mean) {
    const auto s = two_camps_as_far();
    const World world = test::built(s);
    constexpr int runs = 400;
    const auto result = test::run(world, EngineKind::compartments, DrawMode::stochastic, runs);
    double sum = 0, squares = 0;
    for (const auto& member : result.members) {
        const double large = at_end(world, member, PlaceField::arrivals, "large");
        const double share = large / (large + at_end(world, member, PlaceField::arrivals, "small"));
        sum += share / runs;
        squares += share * share / runs;
    }
    const double deviation = std::sqrt(squares - sum * sum);
    constexpr double expected = 0.725;
    EXPECT_NEAR(sum, expected, 4 * deviation / std::sqrt(double(runs)));  // fails by chance once in 16,000
    const double noise = s.behaviour.choose.overdispersion;
    EXPECT_NEAR(deviation, noise * std::sqrt(expected * (1 - expected) / (1 + noise * noise)), 0.02);
}

TEST(Levers, an_uncertain_count_spreads_the_start_and_keeps_the_sum) {
    auto s = test::three_places(5500);
    s.bombardment.clear();
    s.behaviour.leave.h0 = 0;
    s.behaviour.leave.onward_camp = s.behaviour.leave.onward_host = 0;
    s.behaviour.returning.rate = 0;
    s.displaced = {{"camp", "town", 5500, {}, 0.1, ""}, {"city", "town", 55000, {}, 0.1, ""}};
    for (auto engine : {EngineKind::compartments, EngineKind::agents}) {
        EXPECT_NEAR(spread_at(s, engine, "camp"), 5500 * 0.1 * std::sqrt(2.0) * 10 / 11, 150);
        EXPECT_EQ(spread_at(s, engine, "town"), 0);
        const auto result = test::run(test::built(s), engine, DrawMode::stochastic, 5);
        for (const auto& member : result.members) {
            EXPECT_NEAR(test::last(member, TotalField::displaced), 60500, 6);
        }
    }
}

TEST(Levers, a_person_as_unit_moves_single_people) {
    auto s = test::three_places(5500);
    s.unit = MovingUnit::person;
    const World world = test::built(s);
    EXPECT_EQ(world.households_at_start(0), 5500);
    const auto run = test::run(world, EngineKind::agents, DrawMode::stochastic).members[0];
    const double displaced = at_end(world, run, PlaceField::displaced, "camp");
    EXPECT_GT(displaced, 0);
    EXPECT_EQ(displaced, at_end(world, run, PlaceField::households_displaced, "camp"));
}

TEST(Levers, records_of_a_week_add_up_its_days) {
    const World world = test::built(test::rich_settings());
    EnsembleSpec spec;
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

}  // namespace
}  // namespace nuzuh
