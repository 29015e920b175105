// Small worlds for tests, built in code.
#pragma once

#include <stdexcept>
#include <string>

#include "sim/check/make_world.hpp"

namespace nuzuh::test {

inline Date day(int n) { return *parse_date("2019-08-01") + n; }

inline PlaceSettings place(std::string name, PlaceType type, double lat, double lon, double population) {
    PlaceSettings p;
    p.place = name;
    p.name = name;
    p.type = type;
    p.lat = lat;
    p.lon = lon;
    p.population = population;
    return p;
}

inline RouteSettings route(std::string from, std::string to, double km) {
    RouteSettings r;
    r.route = from + "_" + to;
    r.from = std::move(from);
    r.to = std::move(to);
    r.km = km;
    r.road_class = RouteClass::primary;
    return r;
}

inline BombardmentSettings strikes(std::string where, int from, int to, double per_day) {
    BombardmentSettings b;
    b.place = std::move(where);
    b.from = day(from);
    b.to = day(to);
    b.strikes_per_day = per_day;
    return b;
}

/// Part of those who would leave a place can, from one day to another.
inline AccessSettings siege(std::string place, int from, int to, double access) {
    AccessSettings result;
    result.place = std::move(place);
    result.from = day(from);
    result.to = day(to);
    result.access = access;
    return result;
}

/// A town under bombardment, a quieter town and a camp on one road, ten days, one group of one class.
inline ScenarioSettings three_places(double population = 5500) {
    ScenarioSettings s;
    s.title = "three places";
    s.period = {day(0), day(9), 1};
    s.network.places = {place("town", PlaceType::town, 35.60, 36.65, population),
                        place("city", PlaceType::town, 35.90, 36.65, population / 5),
                        place("camp", PlaceType::camp, 36.20, 36.65, 0)};
    s.network.routes = {route("town", "city", 35), route("city", "camp", 35)};
    GroupSettings group;
    group.name = "residents";
    group.classes = 1;
    group.threshold_spread = 0;
    group.immobile_share = 0;
    s.groups = {group};
    s.bombardment = {strikes("town", 0, 9, 20)};
    return s;
}

/// The same with a crossing behind the camp that leads abroad.
inline ScenarioSettings with_border(double population = 5500) {
    ScenarioSettings s = three_places(population);
    auto crossing = place("gate", PlaceType::crossing, 36.23, 36.69, 0);
    crossing.leads_to = "abroad";
    s.network.places.push_back(crossing);
    s.network.places.push_back(place("abroad", PlaceType::abroad, 36.27, 36.57, 0));
    s.network.routes.push_back(route("camp", "gate", 5));
    return s;
}

inline World built(ScenarioSettings settings) {
    auto world = make_world(std::move(settings));
    if (!world)
        throw std::runtime_error(world.findings().front().path + ": " + world.findings().front().message);
    return std::move(*world);
}

}  // namespace nuzuh::test
