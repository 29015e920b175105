#include "sim/region/region_network.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "sim/region/reports.hpp"

namespace nuzuh::region {
namespace {

RouteClass class_of(const std::string& word) {
    for (const auto& [name, value] : {std::pair{"highway", RouteClass::highway},
                                      {"primary", RouteClass::primary},
                                      {"track", RouteClass::track}}) {
        if (word == name) return value;
    }
    return RouteClass::secondary;
}

}  // namespace

Network network_of(const Gazetteer& gazetteer) {
    Network network;
    std::set<std::pair<std::string, std::string>> members;
    for (const auto& [place, units, row] : gazetteer.places) {
        network.places.push_back(place);
        for (std::size_t level = 1; level < admin_levels; ++level) {
            if (!units.code[level].empty() && members.emplace(area_of(units.code[level]), place.place).second)
                network.areas.push_back({area_of(units.code[level]), place.place});
        }
    }
    return network;
}

PlaceSettings place_of_post(const std::string& id, const BorderPost& post) {
    PlaceSettings place;
    place.place = id;
    place.name = post.name.empty() ? "a border" : post.name;
    place.type = PlaceType::waypoint;
    place.lat = post.at.lat;
    place.lon = post.at.lon;
    place.source = post.source;
    return place;
}

std::vector<bool> add_routes(const RoadMap& roads, const RoadSpec& spec, Network& network, Findings& report) {
    std::vector<Town> towns;
    for (const auto& place : network.places) towns.push_back({place.place, place.name, place.lat, place.lon});
    const RoadNetwork contracted = contract_roads(roads, towns, spec);
    append(report, contracted.notes);
    for (const auto& fork : contracted.forks) {
        PlaceSettings place;
        place.place = place.name = fork.id;
        place.type = PlaceType::waypoint;
        place.lat = fork.lat;
        place.lon = fork.lon;
        place.source = "where roads part";
        network.places.push_back(std::move(place));
    }
    int number = 0;
    std::vector<bool> crosses_border;
    for (const auto& line : contracted.routes) {
        RouteSettings route;
        route.route = fmt::format("r{:03}", ++number);
        route.from = line.from;
        route.to = line.to;
        route.km = std::max(0.01, line.km);
        route.road_class = class_of(line.road_class);
        route.status = line.status == "closed" ? RouteStatus::closed : RouteStatus::open;
        route.source = "OpenStreetMap contributors, ODbL 1.0" + (line.notes.empty() ? "" : "; " + line.notes);
        network.routes.push_back(std::move(route));
        crosses_border.push_back(line.notes.find("border") != std::string::npos);
    }
    return crosses_border;
}

}  // namespace nuzuh::region
