// A small world in which every setting has something to act on.
#pragma once

#include "tests/support/worlds.hpp"

namespace nuzuh::test {

/// Five towns on roads of every class, a camp with little room, a quota at the border, a front, a siege that is
/// lifted, two groups of which one walks, and a bombardment that stops half-way.
inline ScenarioSettings rich_settings() {
    ScenarioSettings s;
    s.title = "rich";
    s.period = {day(0), day(39), 1};
    const auto town = [](std::string name, double lat, double lon, double population) {
        auto p = place(name, PlaceType::town, lat, lon, population);
        p.capacity = population / 4;
        return p;
    };
    s.network.places = {town("south", 35.40, 36.65, 30000),
                        town("middle", 35.60, 36.66, 40000),
                        town("east", 35.62, 36.80, 12000),
                        town("north", 35.95, 36.64, 60000),
                        town("west", 35.80, 36.32, 20000),
                        place("camp", PlaceType::camp, 36.20, 36.70, 0),
                        place("gate", PlaceType::crossing, 36.23, 36.69, 0),
                        place("abroad", PlaceType::abroad, 36.27, 36.57, 0)};
    s.network.places[5].capacity = 4000;
    s.network.places[6].leads_to = "abroad";
    s.network.places[4].admission = Admission::hard;
    s.network.places[4].capacity = 1500;
    s.network.routes = {route("south", "middle", 24), route("middle", "east", 15),
                        route("middle", "north", 46), route("north", "west", 39),
                        route("north", "camp", 33),   route("camp", "gate", 6),
                        route("east", "north", 60),   route("west", "gate", 20)};
    const RouteClass classes[] = {RouteClass::highway,   RouteClass::secondary, RouteClass::primary,
                                  RouteClass::mountain,  RouteClass::highway,   RouteClass::border,
                                  RouteClass::secondary, RouteClass::track};
    for (int r = 0; r < 8; ++r) s.network.routes[std::size_t(r)].road_class = classes[r];
    s.network.areas = {{"front_line", "south"}, {"front_line", "middle"}};
    GroupSettings with_cars;
    with_cars.name = "with cars";
    with_cars.share = 0.7;
    with_cars.classes = 2;
    GroupSettings walking;
    walking.name = "walking";
    walking.share = 0.3;
    walking.household_size = 4;
    walking.threshold = 60;
    walking.classes = 1;
    walking.threshold_spread = 0;
    walking.travel = TravelMode::foot;
    s.groups = {with_cars, walking};
    BombardmentSettings phase = strikes("", 0, 9, 12);
    phase.area = "front_line";
    s.bombardment = {phase, strikes("middle", 10, 14, 25), strikes("east", 3, 12, 5),
                     strikes("west", 15, 25, 1.1)};
    FrontSettings front;
    front.place = "south";
    front.assault_from = day(4);
    front.falls = day(9);
    s.fronts = {front};
    CrossingSettings gate;
    gate.place = "gate";
    gate.policy = CrossingPolicy::quota;
    gate.quota = 150;
    s.crossings = {gate};
    s.access = {siege("east", 0, 6, 0.2)};
    s.conflicts = {{"west", day(28), day(34), 0.8, ""}};
    s.orders = {{"", "north", day(12), day(20), {}, {}, ""}};
    s.ceasefires = {{"", "middle", day(18), {}, ""}};
    s.network.areas.push_back({"beyond", "abroad"});
    s.groups[1].drawn_to = "beyond";
    s.groups[1].draw = 3;
    s.behaviour.returning.quiet_days = 5;
    s.behaviour.returning.homes_lost_per_strike = 3;
    return s;
}

/// The same, with a figure that was planned for and one that was reported.
inline ScenarioSettings rich_settings_with_figures() {
    auto settings = rich_settings();
    PlanningFigure figure;
    figure.name = "arrivals";
    figure.quantity = Quantity::arrivals;
    figure.persons = 100;
    settings.planning.figures = {figure};
    ReportedFigure reported;
    reported.figure = "moved";
    reported.quantity = Quantity::movements;
    reported.from = settings.period.from;
    reported.to = settings.period.to;
    reported.persons = 1000;
    settings.reported = {reported};
    return settings;
}

}  // namespace nuzuh::test
