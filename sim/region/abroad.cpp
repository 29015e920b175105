#include "sim/region/abroad.hpp"

#include <algorithm>
#include <queue>
#include <tuple>

#include "sim/base/disjoint_sets.hpp"

namespace nuzuh::region {
namespace {

/// Lengths of routes from place to place.
using Roads = std::map<std::string, std::vector<std::pair<std::string, double>>>;

Roads roads_of(const Network& network) {
    Roads roads;
    for (const auto& route : network.routes) {
        roads[route.from].emplace_back(route.to, route.km);
        roads[route.to].emplace_back(route.from, route.km);
    }
    return roads;
}

/// The part of the network that a place lies in when no way through a post or across a border is taken.
std::map<std::string, int> parts_without(const Network& network, const std::set<std::string>& posts,
                                         const std::vector<bool>& crosses_border) {
    std::map<std::string, int> number;
    for (const auto& place : network.places) number.emplace(place.place, int(number.size()));
    DisjointSets parts(int(number.size()));
    for (std::size_t r = 0; r < network.routes.size(); ++r) {
        const auto& route = network.routes[r];
        if (!crosses_border[r] && !posts.contains(route.from) && !posts.contains(route.to))
            parts.join(number.at(route.from), number.at(route.to));
    }
    std::map<std::string, int> part;
    for (const auto& [id, i] : number) part[id] = parts.root(i);
    return part;
}

/// The nearest place outside that a road beyond leads to from a post; "" if none does.
std::string first_outside(const std::string& post, const Roads& roads, const std::set<std::string>& beyond,
                          const std::set<std::string>& outside) {
    std::map<std::string, double> km;
    std::priority_queue<std::pair<double, std::string>, std::vector<std::pair<double, std::string>>,
                        std::greater<>>
        next;
    next.emplace(0, post);
    while (!next.empty()) {
        const auto [way, at] = next.top();
        next.pop();
        if (!km.emplace(at, way).second) continue;
        if (outside.contains(at)) return at;
        const auto found = roads.find(at);
        if (found == roads.end()) continue;
        for (const auto& [to, length] : found->second) {
            if (beyond.contains(to)) next.emplace(way + length, to);
        }
    }
    return "";
}

}  // namespace

Beyond beyond_posts(const Network& network, const std::set<std::string>& posts,
                    const std::vector<bool>& crosses_border, std::set<std::string> outside) {
    Beyond beyond;
    const auto part = parts_without(network, posts, crosses_border);
    const auto roads = roads_of(network);
    std::map<int, double> people;
    for (const auto& place : network.places) {
        if (!posts.contains(place.place))
            people[part.at(place.place)] += outside.contains(place.place) ? 0 : place.population;
    }
    if (people.empty()) return beyond;
    const int home = std::max_element(people.begin(), people.end(), [](const auto& a, const auto& b) {
                         return a.second < b.second;
                     })->first;
    // Within are the parts that hold places of the country, where it is known which these are; else where most people live.
    std::set<int> within{home};
    for (const auto& place : network.places) {
        if (!outside.empty() && place.type != PlaceType::waypoint && !outside.contains(place.place) &&
            !posts.contains(place.place))
            within.insert(part.at(place.place));
    }
    const auto touches_within = [&](const std::string& post) {
        const auto found = roads.find(post);
        return found != roads.end() &&
               std::any_of(found->second.begin(), found->second.end(), [&](const auto& to) {
                   return !posts.contains(to.first) && within.contains(part.at(to.first));
               });
    };
    // What a road through posts or across a border joins to places within, and everything of such parts.
    std::set<std::string> reached, look;
    for (std::size_t r = 0; r < network.routes.size(); ++r) {
        const auto& route = network.routes[r];
        if (!crosses_border[r] || posts.contains(route.from) || posts.contains(route.to)) continue;
        const bool from = within.contains(part.at(route.from)), to = within.contains(part.at(route.to));
        if (from == to) continue;
        const auto& other = from ? route.to : route.from;
        if (reached.insert(other).second) look.insert(other);
    }
    for (const auto& post : posts) {
        if (touches_within(post)) look.insert(post);
    }
    while (!look.empty()) {
        const std::string at = *look.begin();
        look.erase(look.begin());
        const auto found = roads.find(at);
        if (found == roads.end()) continue;
        for (const auto& [to, km] : found->second) {
            const bool goes_on = posts.contains(to) ? !touches_within(to) : !within.contains(part.at(to));
            if (goes_on && reached.insert(to).second) look.insert(to);
        }
    }
    if (outside.empty()) {
        for (const auto& place : network.places) {
            if (reached.contains(place.place) && !posts.contains(place.place) &&
                place.type != PlaceType::waypoint)
                outside.insert(place.place);
        }
    }
    beyond.places = reached;
    beyond.places.insert(outside.begin(), outside.end());
    for (const auto& post : posts) {
        if (!touches_within(post)) continue;
        const auto first = first_outside(post, roads, beyond.places, outside);
        if (!first.empty()) beyond.leads_to[post] = first;
    }
    return beyond;
}

}  // namespace nuzuh::region
