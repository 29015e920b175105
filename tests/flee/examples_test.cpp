// Numbers that Flee 3 gave when it was run on tiny examples, and those that follow from its rules by hand.
#include <gtest/gtest.h>

#include "sim/engine/flee3/flee3.hpp"
#include "tests/flee/nets.hpp"

namespace nuzuh {
namespace {

using test::built;
using test::toy_net;

/// Chances of the routes from the first place, by their end, and by first stop and end.
std::map<std::string, double> chances(const ScenarioSettings& settings, std::vector<Count> present = {}) {
    const World world = built(settings);
    flee3::DailyNetwork network(world);
    network.begin_day(0);
    flee3::People people(world);
    if (!present.empty()) people.present = present;
    flee3::Choice choice(network, people);
    choice.begin_day();
    std::map<std::string, double> chances;
    constexpr int parts = 100000;
    for (int part = 0; part < parts; ++part) {
        const flee3::Way* way = choice.choose(0, (part + 0.5) / parts);
        if (!way) continue;
        const int first = network.links()[std::size_t(way->link)].to;
        const auto& places = world.places;
        chances[places[std::size_t(way->end)].place] += 1.0 / parts;
        chances[places[std::size_t(first)].place + ".." + places[std::size_t(way->end)].place] += 1.0 / parts;
    }
    return chances;
}

ScenarioSettings square() {
    return toy_net({{"a"}, {"b"}, {"c"}, {"d"}},
                   {{"a", "b", 90}, {"b", "d", 90}, {"d", "c", 90}, {"c", "a", 90}});
}

TEST(FleeExamples, every_path_up_to_the_awareness_level_is_a_choice) {
    auto s = square();
    const double close_enough = 1e-4;
    EXPECT_NEAR(chances(s)["b"], 0.5, close_enough);
    s.flee3.awareness_level = 2;
    auto seen = chances(s);
    EXPECT_NEAR(seen["b"], 0.3276, close_enough);
    EXPECT_NEAR(seen["b..d"], 0.1724, close_enough);
    EXPECT_NEAR(seen["c..d"], 0.1724, close_enough);
    s.flee3.awareness_level = 3;
    seen = chances(s);
    EXPECT_NEAR(seen["b..b"], 0.2655, close_enough);
    EXPECT_NEAR(seen["b..d"], 0.1397, close_enough);
    EXPECT_NEAR(seen["b..c"], 0.0948, close_enough);
}

TEST(FleeExamples, waypoints_cost_no_step_and_are_no_end) {
    auto s = toy_net({{"a"}, {"m", PlaceType::waypoint}, {"b"}, {"c"}},
                     {{"a", "m", 30}, {"m", "b", 60}, {"a", "c", 40}, {"b", "c", 90}});
    auto seen = chances(s);
    EXPECT_EQ(seen.count("m"), 0u);
    // 1 / (10 + 90) against 1 / (10 + 40)
    EXPECT_NEAR(seen["m..b"], 1.0 / 3, 1e-4);
    EXPECT_NEAR(seen["c..c"], 2.0 / 3, 1e-4);
}

/// Two neighbours, one of them with a score.
ScenarioSettings fork(PlaceType type, std::string country) {
    return toy_net({{"a"}, {"b"}, {"c", type, std::move(country)}}, {{"a", "b", 90}, {"a", "c", 90}});
}

double odds(ScenarioSettings s, std::vector<Count> present = {}) {
    auto seen = chances(s, std::move(present));
    return seen["c"] / seen["b"];
}

TEST(FleeExamples, scores_of_places) {
    auto s = fork(PlaceType::camp, "y");
    EXPECT_NEAR(odds(s), 1, 1e-3);
    s.flee3.camp_weight = 3;
    s.flee3.foreign_weight = 2;
    EXPECT_NEAR(odds(s), 6, 1e-3);
    s.flee3.weight_power = 2;
    s.flee3.weight_softening = 1;
    EXPECT_NEAR(odds(s), 49.0 / 4, 1e-2) << "((1 + 6) / (1 + 1))^2";

    s = fork(PlaceType::town, "x");
    s.conflicts.push_back({"c", s.period.from, s.period.to, 0.5, ""});
    EXPECT_NEAR(odds(s), 0.5623, 1e-3);
    s.conflicts.pop_back();
    s.flee3.use_pop_for_loc_weight = true;
    s.network.places[2].population = 5000;
    EXPECT_NEAR(odds(s), std::pow(5, 0.1), 1e-3);
}

TEST(FleeExamples, weak_routes_are_pruned) {
    auto s = toy_net({{"a"}, {"b"}, {"c"}}, {{"a", "b", 90}, {"a", "c", 200}});
    EXPECT_NEAR(chances(s)["c"], 100.0 / 310, 1e-4);
    s.flee3.pruning_threshold = 2;
    EXPECT_EQ(chances(s).count("c"), 0u) << "100 / 210 of the best, less than half";
    s.flee3.pruning_threshold = 2.2;
    EXPECT_NEAR(chances(s)["c"], 100.0 / 310, 1e-4);
}

TEST(FleeExamples, a_camp_attracts_less_from_the_buffer_on) {
    auto s = fork(PlaceType::camp, "x");
    s.network.places[2].capacity = 1000;
    EXPECT_NEAR(odds(s, {0, 0, 900}), 1, 1e-3);
    EXPECT_NEAR(odds(s, {0, 0, 950}), 0.5, 1e-3);
    EXPECT_NEAR(odds(s, {0, 0, 975}), 0.25, 1e-3);
    EXPECT_EQ(odds(s, {0, 0, 1000}), 0);
    s.flee3.capacity_scaling = 2;
    EXPECT_NEAR(odds(s, {0, 0, 1900}), 0.5, 1e-3);
}

/// Of the routes to each place only the best, by the score of its end twice; how full it is does not count.
TEST(FleeExamples, fixed_routes_weigh_scores_twice_and_lead_to_full_camps) {
    auto s = fork(PlaceType::camp, "x");
    s.network.places[2].capacity = 1000;
    s.flee3.camp_weight = 3;
    EXPECT_EQ(odds(s, {0, 0, 1000}), 0);
    s.flee3.fixed_routes = true;
    EXPECT_NEAR(odds(s, {0, 0, 1000}), 9, 1e-2);

    s = square();
    s.flee3.awareness_level = 3;
    s.flee3.fixed_routes = true;
    auto seen = chances(s);
    EXPECT_EQ(seen.count("b..c"), 0u) << "there is a shorter way";
    // 1/100, 1/100 and 1/190 once
    EXPECT_NEAR(seen["b"], 0.01 / (0.02 + 1.0 / 190), 1e-4);
    EXPECT_NEAR(seen["d"], 1.0 / 190 / (0.02 + 1.0 / 190), 1e-4);
}

TEST(FleeExamples, a_route_redirected_to_its_first_place_counts_twice) {
    auto s = fork(PlaceType::town, "x");
    s.network.routes[1].from = "c";
    s.network.routes[1].to = "a";
    s.network.routes[1].redirects_to = "a";
    EXPECT_NEAR(odds(s), 2, 1e-3) << "Flee: 2669 against 1331 of 4000";
}

/// A chain with nobody but those who set out from its first place on the first day.
ScenarioSettings chain(double first_km, double second_km, double people) {
    auto s = toy_net({{"a"}, {"b"}, {"c", PlaceType::camp}}, {{"a", "b", first_km}, {"b", "c", second_km}});
    s.registrations = {{"c", s.period.from, people}};
    s.flee3.spawn = SpawnBy::registrations;
    s.flee3.insert_day0 = false;
    s.flee3.conflict_weight = 0;  // nobody goes back
    s.flee3.default_movechance = 1;
    return s;
}

/// People at a place, by day.
std::vector<double> at(const ScenarioSettings& settings, int place,
                       PlaceField field = PlaceField::displaced) {
    const World world = built(settings);
    flee3::Flee3 engine(world, Draws(1, 0));
    StepRecord record;
    std::vector<double> days;
    for (int day = 0; day < world.steps; ++day) {
        engine.step(record);
        days.push_back(record.at(place, field));
    }
    return days;
}

/// On foot 35 + 35 + 35 km > 100 km on the third day, and a whole day's 360 km of the next link at once.
TEST(FleeExamples, the_first_link_is_walked_and_the_next_gets_a_whole_day) {
    auto s = chain(100, 500, 10);
    s.flee3.start_on_foot = true;
    const auto camp = at(s, 2), on_second = at(s, 2, PlaceField::on_the_road);
    EXPECT_EQ(at(s, 1, PlaceField::on_the_road)[1], 10);
    EXPECT_EQ(on_second[1], 0);
    EXPECT_EQ(on_second[2], 10);
    EXPECT_EQ(camp[2], 0);
    EXPECT_EQ(camp[3], 10);
}

TEST(FleeExamples, arrival_needs_more_than_the_way) {
    for (const auto& [km, nights] : {std::pair{199.0, 0}, {200.0, 1}, {399.0, 1}, {400.0, 2}}) {
        auto s = chain(km, 5000, 10);
        s.flee3.max_move_speed = 200;
        s.flee3.default_movechance = 0;
        const auto town = at(s, 1);
        EXPECT_EQ(town[std::size_t(nights)], 10) << km;
        if (nights > 0) {
            EXPECT_EQ(town[std::size_t(nights) - 1], 0) << km;
        }
    }
    auto s = chain(100, 399, 10);
    s.flee3.max_move_speed = 200;
    EXPECT_EQ(at(s, 2)[0], 0);
    EXPECT_EQ(at(s, 2)[1], 10) << "100 + 399 km in two days at 200 km a day";
}

TEST(FleeExamples, the_first_day_counts_the_total_and_the_camps) {
    auto s = chain(100, 100, 600);
    s.network.places.push_back(s.network.places[2]);
    s.network.places[3].place = s.network.places[3].name = "d";
    s.network.routes.push_back(s.network.routes[1]);
    s.network.routes[2].route = "b_d";
    s.network.routes[2].to = "d";
    s.registrations.push_back({"d", s.period.from, 300});
    s.registrations.push_back({std::string(everywhere), s.period.from, 1000});
    EXPECT_EQ(at(s, 0, PlaceField::first_departures)[0], 1900);
    s.flee3.quirks.day0_double_sum = Quirk::corrected;
    EXPECT_EQ(at(s, 0, PlaceField::first_departures)[0], 900);
}

TEST(FleeExamples, people_in_camps_on_the_first_day_also_lower_their_capacity) {
    auto s = chain(100, 100, 600);
    s.network.places[2].capacity = 2000;
    s.flee3.insert_day0 = true;
    for (const auto& [quirk, capacity] : {std::pair{Quirk::kept, 1400.0}, {Quirk::corrected, 2000.0}}) {
        s.flee3.quirks.capacity_double_count = quirk;
        const World world = built(s);
        const flee3::DailyNetwork network(world);
        flee3::People people(world);
        const flee3::Spawning spawning(network, people);
        EXPECT_EQ(spawning.at_start()[2], 600);
        EXPECT_EQ(people.capacity[2], capacity);
    }
}

TEST(FleeExamples, fractions_of_people_are_dropped_every_day_and_constant_numbers_are_not_scaled) {
    auto s = chain(100, 100, 0);
    s.flee3.spawn = SpawnBy::conflict_pop_ratio;
    s.flee3.displaced_per_conflict_day = 0.01;
    s.network.places[0].population = 99;
    EXPECT_EQ(at(s, 2).back(), 0);
    s.flee3.spawn = SpawnBy::conflict_constant;
    s.flee3.displaced_per_conflict_day = 500;
    s.flee3.hasten = 10;
    EXPECT_EQ(at(s, 0, PlaceField::first_departures)[0], 5000) << "500 simulated people, each for ten";
}

}  // namespace
}  // namespace nuzuh
