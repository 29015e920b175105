// Settings that contradict themselves are refused where they stand, in words that say what would be right. Lists that were read from
// files cannot hold some of these; those that programs make can.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/worlds.hpp"

namespace nuzuh {
namespace {

using test::day;

/// What is found at a path; all that is found, if that is nothing.
std::string found_at(const ScenarioSettings& settings, const std::string& path) {
    std::string at, all;
    const auto world = make_world(settings);
    for (const Finding& finding : world.findings()) {
        all += finding.path + ": " + finding.message + "\n";
        if (finding.path == path) at += finding.message + "\n";
    }
    return at.empty() ? "nothing there, but\n" + all : at;
}

struct Slip {
    const char* path;
    const char* said;
    void (*make)(ScenarioSettings&);
};

ConflictSettings conflict(const char* place, int from, int to) {
    ConflictSettings result;
    result.place = place;
    result.from = day(from);
    result.to = day(to);
    return result;
}

ReportedFigure reported(Quantity quantity, int from, int to) {
    ReportedFigure figure;
    figure.figure = "f";
    figure.quantity = quantity;
    figure.from = day(from);
    figure.to = day(to);
    figure.persons = 100;
    return figure;
}

DisplacedSettings displaced(const char* place) {
    DisplacedSettings row;
    row.place = place;
    row.persons = 10;
    return row;
}

void by_flee(ScenarioSettings& s) {
    s.behaviour.rules = Rules::flee3;
    s.engine.kind = EngineKind::agents;
}

void expect_each_is_told(const std::vector<Slip>& slips) {
    for (const Slip& slip : slips) {
        auto settings = test::with_border();
        slip.make(settings);
        const auto found = found_at(settings, slip.path);
        EXPECT_NE(found.find(slip.said), std::string::npos) << slip.path << ": " << slip.said << "\n"
                                                            << found;
    }
}

TEST(Refusals, of_the_right_settings_are_none) {
    EXPECT_TRUE(make_world(test::with_border())) << "what is told besides is a warning";
}

TEST(Refusals, of_networks) {
    expect_each_is_told({
        {"network.places[1].place", "a second place is called 'town'",
         [](auto& s) { s.network.places[1].place = "town"; }},
        {"network.places", "there are no places", [](auto& s) { s.network.places = {}; }},
        {"network.places[3].capacity", "only towns and camps have a capacity",
         [](auto& s) { s.network.places[3].capacity = 5; }},
        {"network.places[2].leads_to", "only a crossing leads to a place abroad",
         [](auto& s) { s.network.places[2].leads_to = "abroad"; }},
        {"network.routes[1].route", "a second route is called 'town_city'",
         [](auto& s) { s.network.routes[1].route = "town_city"; }},
        {"network.routes[65534]", "more than 65534 routes meet at 'town'",
         [](auto& s) {
             const RouteSettings first = s.network.routes[0];
             s.network.routes.clear();
             for (int r = 0; r < 65535; ++r) {
                 s.network.routes.push_back(first);
                 s.network.routes.back().route += std::to_string(r);
             }
         }},
        {"network.areas[1].place", "'town' is in area 'north' already",
         [](auto& s) {
             s.network.areas = {{"north", "town"}, {"north", "town"}};
         }},
    });
}

TEST(Refusals, of_groups) {
    expect_each_is_told({
        {"groups[1].name", "a second group is called 'residents'",
         [](auto& s) {
             s.groups.push_back(s.groups[0]);
             s.groups[0].share = s.groups[1].share = 0.5;
         }},
        {"groups[0].threshold_spread", "with one class, a spread of thresholds has no effect",
         [](auto& s) { s.groups[0].threshold_spread = 0.5; }},
        {"groups[0].draw", "a draw has no effect without 'drawn_to'", [](auto& s) { s.groups[0].draw = 2; }},
        {"groups", "there are no groups", [](auto& s) { s.groups = {}; }},
    });
}

TEST(Refusals, of_days_and_records) {
    expect_each_is_told({
        {"output.every", "records are made every whole number of days",
         [](auto& s) { s.output.every_days = 1.5; }},
        {"output.every", "longer than the period", [](auto& s) { s.output.every_days = 11; }},
        {"output.places[0]", "there is no place 'twon'", [](auto& s) { s.output.places = {"twon"}; }},
        {"output.places[1]", "'town' is named twice",
         [](auto& s) {
             s.output.places = {"town", "town"};
         }},
        {"output.places", "names every place",
         [](auto& s) {
             for (const auto& place : s.network.places) s.output.places.push_back(place.place);
         }},
        {"fronts[0].assault_to", "no 'assault_from' says when it began",
         [](auto& s) {
             FrontSettings front;
             front.place = "town";
             front.assault_to = day(4);
             s.fronts = {front};
         }},
        {"departures[0].date", "lies outside the period 2019-08-01 to 2019-08-10",
         [](auto& s) {
             s.departures = {{"town", day(10), 5}};
         }},
        {"conflict_decay[1].after_days", "not after the entry before it",
         [](auto& s) {
             s.conflicts = {conflict("town", 0, 9)};
             s.conflict_decay = {{5, 0.5}, {5, 0.2}};
         }},
        {"conflict_decay", "has no effect without 'conflicts'",
         [](auto& s) {
             s.conflict_decay = {{5, 0.5}};
         }},
    });
}

TEST(Refusals, of_people_counted) {
    expect_each_is_told({
        {"registration_corrections[0].place", "nobody is registered at 'camp'",
         [](auto& s) {
             s.registration_corrections = {{"camp", day(3)}};
         }},
        {"registration_corrections[0].date", "camp has no row of registrations on 2019-08-04",
         [](auto& s) {
             s.registrations = {{"camp", day(0), 5}, {"camp", day(5), 9}};
             s.registration_corrections = {{"camp", day(3)}};
         }},
        {"registration_corrections[0].date", "on 2019-08-01 with one before it",
         [](auto& s) {
             s.registrations = {{"camp", day(0), 5}, {"camp", day(5), 9}};
             s.registration_corrections = {{"camp", day(0)}};
         }},
        {"registration_corrections[0].date",
         "the count of camp before 2019-08-06 is below 1 and cannot be scaled",
         [](auto& s) {
             s.registrations = {{"camp", day(0), 0}, {"camp", day(5), 9}};
             s.registration_corrections = {{"camp", day(5)}};
         }},
        {"registration_corrections[0].date",
         "2019-07-31 lies before the period: the correction has no effect",
         [](auto& s) {
             s.registrations = {{"camp", day(0), 5}, {"camp", day(5), 9}};
             s.registration_corrections = {{"camp", day(-1)}};
         }},
        {"displaced[0].place", "'gate' is a crossing: people pass it and do not stay",
         [](auto& s) { s.displaced = {displaced("gate")}; }},
        {"displaced[0].since", "2019-08-02 lies after the first day",
         [](auto& s) {
             s.displaced = {displaced("camp")};
             s.displaced[0].since = day(1);
         }},
        {"reported[0].published", "published on 2019-08-04, before its last day 2019-08-06",
         [](auto& s) {
             s.reported = {reported(Quantity::movements, 0, 5)};
             s.reported[0].published = day(3);
         }},
        {"reported[0].persons_high", "has no effect unless bound is 'between'",
         [](auto& s) {
             s.reported = {reported(Quantity::movements, 0, 5)};
             s.reported[0].persons_high = 200;
         }},
    });
}

TEST(Refusals, of_rules) {
    expect_each_is_told({
        {"behaviour.leave.departures", "departures by registrations need 'registrations' and 'conflicts'",
         [](auto& s) { s.behaviour.leave.departures = DeparturesBy::registrations; }},
        {"flee3.spawn", "nobody would leave: registrations never grow",
         [](auto& s) {
             s.behaviour.leave.departures = DeparturesBy::registrations;
             s.flee3.spawn = SpawnBy::conflict_constant;
             s.conflicts = {conflict("town", 0, 9)};
             s.registrations = {{"camp", day(0), 9}, {"camp", day(5), 9}};
         }},
        {"engine.kind", "rules: flee3 moves single people",
         [](auto& s) { s.behaviour.rules = Rules::flee3; }},
        {"period.step", "rules: flee3 moves people a day at a time",
         [](auto& s) {
             by_flee(s);
             s.period.step_days = 0.5;
         }},
        {"conflicts", "rules: flee3 needs to know where there is conflict", by_flee},
        {"registrations", "with flee3.spawn: registrations there must be some", by_flee},
        {"network.places[3].type", "rules: flee3 knows no crossings and no regions abroad", by_flee},
        {"bombardment", "'bombardment' has no effect with rules: flee3", by_flee},
        {"displaced", "takes no other displaced people",
         [](auto& s) {
             by_flee(s);
             s.displaced = {displaced("camp")};
         }},
        {"output.causes", "rules: flee3 know no causes",
         [](auto& s) {
             by_flee(s);
             s.output.causes = true;
         }},
        {"engine.members", "in expected mode every member is the same",
         [](auto& s) {
             s.engine.mode = DrawMode::expected;
             s.engine.members = 2;
             s.parameters.drawn = false;
             s.uncertainty = {0, 0, 0, 0};
         }},
    });
}

}  // namespace
}  // namespace nuzuh
