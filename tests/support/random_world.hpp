// Worlds drawn at random, for laws that must hold in all of them.
#pragma once

#include "sim/base/random.hpp"
#include "tests/support/worlds.hpp"

namespace nuzuh::test {

/// Two to eight places on a connected network, with capacities, a quota, returns, groups, fronts, sieges, noise and
/// step lengths as chance has it; a few hundred households.
inline ScenarioSettings random_settings(std::uint64_t number) {
    Stream chance = Draws(number, 0).at(Purpose::bootstrap, 0);
    const auto between = [&](double low, double high) { return low + (high - low) * chance.uniform(); };
    const auto perhaps = [&](double p) { return chance.uniform() < p; };
    ScenarioSettings s;
    s.title = "random world " + std::to_string(number);
    s.period = {day(0), day(int(between(8, 25))), perhaps(0.7) ? 1 : 0.5};
    const int towns = int(between(2, 7));
    for (int i = 0; i < towns; ++i) {
        auto p = place("p" + std::to_string(i), perhaps(0.75) ? PlaceType::town : PlaceType::camp,
                       between(35.3, 36.3), between(36.3, 37.0), between(200, 2000));
        if (perhaps(0.6)) p.capacity = between(0, 600);
        if (p.capacity && perhaps(0.4)) p.admission = Admission::hard;
        s.network.places.push_back(p);
        if (i > 0) {
            s.network.routes.push_back(
                route(p.place, "p" + std::to_string(int(between(0, i))), between(5, 250)));
        }
    }
    s.network.places.push_back(place("gate", PlaceType::crossing, 36.3, 36.7, 0));
    s.network.places.back().leads_to = "abroad";
    s.network.places.push_back(place("abroad", PlaceType::abroad, 36.4, 36.7, 0));
    s.network.routes.push_back(route("p0", "gate", between(5, 60)));
    CrossingSettings gate;
    gate.place = "gate";
    gate.policy = perhaps(0.7) ? CrossingPolicy::quota : CrossingPolicy::open;
    gate.quota = gate.policy == CrossingPolicy::quota ? between(3, 60) : 0;
    s.crossings = {gate};
    GroupSettings group;
    group.name = "one";
    group.threshold = between(5, 60);
    group.classes = perhaps(0.5) ? 2 : 3;
    s.groups = {group};
    if (perhaps(0.5)) {
        s.groups[0].share = 0.6;
        group.name = "two";
        group.share = 0.4;
        group.household_size = 4;
        group.travel = TravelMode::foot;
        s.groups.push_back(group);
    }
    for (int i = 0; i < towns; ++i) {
        const int from = int(between(-2, 6));
        s.bombardment.push_back(
            strikes("p" + std::to_string(i), from, from + int(between(1, 8)), between(0, 25)));
    }
    if (perhaps(0.5)) {
        FrontSettings front;
        front.place = "p1";
        front.assault_from = day(2);
        front.falls = day(int(between(3, 8)));
        s.fronts = {front};
    }
    if (perhaps(0.3)) s.access = {{"", "p0", day(0), day(int(between(1, 8))), between(0, 1), ""}};
    if (perhaps(0.3))
        s.displaced = {{"p1", "p0", between(20, 200), {}, 0, ""}, {"p0", "", between(20, 60), {}, 0, ""}};
    s.behaviour.returning = {between(0, 0.2),
                             between(0, 6),
                             between(0.5, 5),
                             between(0, 0.4),
                             perhaps(0.5) ? between(0, 2) : 0,
                             perhaps(0.5) ? between(0, 3) : 0};
    if (perhaps(0.3)) s.ceasefires = {{"", "p0", day(int(between(2, 8))), {}, ""}};
    if (perhaps(0.3))
        s.orders = {{"", "p1", day(int(between(-2, 8))), day(int(between(8, 12))), between(0, 1),
                     between(0.2, 4), ""}};
    if (perhaps(0.3)) {
        s.network.areas.push_back({"drawing", perhaps(0.5) ? "abroad" : "p0"});
        s.groups.back().drawn_to = "drawing";
        s.groups.back().draw = between(0, 8);
    }
    s.behaviour.leave.daily_noise = perhaps(0.5) ? between(0.1, 0.8) : 0;
    s.behaviour.leave.run_noise = perhaps(0.5) ? between(0.1, 0.8) : 0;
    s.behaviour.choose.network_pull = between(0, 1);
    return s;
}

}  // namespace nuzuh::test
