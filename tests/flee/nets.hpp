// Toy networks of Flee's conformance cases and examples.
#pragma once

#include <string>
#include <vector>

#include "tests/support/worlds.hpp"

namespace nuzuh::test {

struct ToyPlace {
    std::string id;
    PlaceType type = PlaceType::town;
    std::string country = "x";
};
struct ToyLink {
    std::string from, to;
    double km;
};

/// Single people by the rules of Flee 3, for twelve days, with conflict at the first place; towns have 1000
/// people, camps no limit.
inline ScenarioSettings toy_net(const std::vector<ToyPlace>& places, const std::vector<ToyLink>& links) {
    ScenarioSettings s;
    s.title = "toy";
    s.period = {parse_date("2020-01-01").value(), parse_date("2020-01-12").value(), 1};
    s.unit = MovingUnit::person;
    GroupSettings everyone;
    everyone.name = "everyone";
    everyone.classes = 1;
    everyone.threshold_spread = 0;
    everyone.immobile_share = 0;
    s.groups = {everyone};
    for (const auto& toy : places) {
        PlaceSettings place;
        place.place = place.name = toy.id;
        place.type = toy.type;
        place.country = toy.country;
        place.population = toy.type == PlaceType::town ? 1000 : 0;
        s.network.places.push_back(place);
    }
    for (const auto& toy : links) {
        RouteSettings route;
        route.route = toy.from + "_" + toy.to;
        route.from = toy.from;
        route.to = toy.to;
        route.km = toy.km;
        s.network.routes.push_back(route);
    }
    s.conflicts = {{places.front().id, s.period.from, s.period.to, 1, ""}};
    s.flee3.spawn = SpawnBy::conflict_constant;
    s.behaviour.rules = Rules::flee3;
    s.engine.kind = EngineKind::agents;
    return s;
}

}  // namespace nuzuh::test
