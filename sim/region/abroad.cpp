#include "sim/region/abroad.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "sim/base/disjoint_sets.hpp"
#include "sim/region/finding_at.hpp"

namespace nuzuh::region {
namespace {

std::map<std::string, int> numbers_of(const Network& network) {
    std::map<std::string, int> number;
    for (const auto& place : network.places) number.emplace(place.place, int(number.size()));
    return number;
}

std::string crossing_of(const std::string& place) { return place + "_border"; }

PlaceSettings crossing_to(const PlaceSettings& place) {
    PlaceSettings crossing;
    crossing.place = crossing_of(place.place);
    crossing.name = place.name + ", border";
    crossing.type = PlaceType::crossing;
    crossing.lat = place.lat;
    crossing.lon = place.lon;
    crossing.leads_to = place.place;
    crossing.source = "the first town beyond the border stands for the crossing";
    return crossing;
}

}  // namespace

std::set<std::string> beyond_border_routes(const Network& network, const std::vector<bool>& crosses_border) {
    const auto number = numbers_of(network);
    DisjointSets within(int(number.size())), all(int(number.size()));
    for (std::size_t r = 0; r < network.routes.size(); ++r) {
        const int from = number.at(network.routes[r].from), to = number.at(network.routes[r].to);
        all.join(from, to);
        if (!crosses_border[r]) within.join(from, to);
    }
    std::map<int, double> people;
    for (const auto& place : network.places) people[within.root(number.at(place.place))] += place.population;
    std::set<std::string> beyond;
    if (people.empty()) return beyond;
    const int home = std::max_element(people.begin(), people.end(), [](const auto& a, const auto& b) {
                         return a.second < b.second;
                     })->first;
    for (const auto& place : network.places) {
        const int i = number.at(place.place);
        if (within.root(i) != within.root(home) && all.root(i) == all.root(home) &&
            place.type != PlaceType::waypoint)
            beyond.insert(place.place);
    }
    return beyond;
}

void put_abroad(const std::set<std::string>& beyond, Network& network, Findings& report) {
    if (beyond.empty()) return;
    std::erase_if(network.routes.own(), [&](const RouteSettings& route) {
        return beyond.contains(route.from) && beyond.contains(route.to);
    });
    std::set<std::string> reached;
    for (auto& route : network.routes.own()) {
        for (auto* end : {&route.from, &route.to}) {
            if (!beyond.contains(*end)) continue;
            reached.insert(*end);
            *end = crossing_of(*end);
        }
    }
    double people = 0;
    std::vector<PlaceSettings> crossings;
    for (auto& place : network.places.own()) {
        if (!beyond.contains(place.place)) continue;
        people += place.population;
        place.population = 0;
        place.capacity.reset();
        if (!reached.contains(place.place)) continue;
        place.type = PlaceType::abroad;
        crossings.push_back(crossing_to(place));
    }
    const auto left_out = std::erase_if(network.places.own(), [&](const PlaceSettings& place) {
        return beyond.contains(place.place) && !reached.contains(place.place);
    });
    std::erase_if(network.areas.own(),
                  [&](const AreaMember& member) { return beyond.contains(member.place); });
    for (auto& crossing : crossings) network.places.push_back(std::move(crossing));
    report.push_back(finding_at(
        Severity::warning, {},
        fmt::format("{} places lie beyond the border, with {:.0f} people who are not counted: {} are abroad, "
                    "each behind a crossing "
                    "that is closed until `crossings` opens it, {} without a road from here are left out",
                    beyond.size(), people, reached.size(), left_out)));
}

}  // namespace nuzuh::region
