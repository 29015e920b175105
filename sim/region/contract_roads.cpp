#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sim/region/finding_at.hpp"
#include "sim/region/forks.hpp"
#include "sim/region/join_towns.hpp"
#include "sim/region/pairs.hpp"

namespace nuzuh::region {
namespace {

Finding town_warning(const Town& town, std::string message, std::string hint) {
    Finding finding = finding_at(Severity::warning, {}, std::move(message), std::move(hint));
    finding.path = town.id;
    return finding;
}

const std::string& name_of(const Town& town) { return town.name.empty() ? town.id : town.name; }

/// Warnings of towns that lie off the road, joined or not.
void note_off_road(const RoadMap& roads, const std::vector<Town>& towns,
                   const std::vector<NearestRoad>& nearest, const RoadSpec& spec, Findings& notes) {
    constexpr double elsewhere_km = 100;  // no road of a region is so far from every place; judgement
    double least_km = towns.empty() ? 0 : std::numeric_limits<double>::infinity();
    for (std::size_t t = 0; t < towns.size(); ++t) {
        const auto& town = towns[t];
        const double off_km = nearest[t].segment < 0 ? km_to_nearest_road(roads, town) : nearest[t].km;
        least_km = std::min(least_km, off_km);
        if (nearest[t].segment < 0) {
            notes.push_back(
                town_warning(town,
                             fmt::format("{} lies {:.1f} km from the nearest road and is joined to none",
                                         name_of(town), off_km),
                             "it has no routes: add one by hand, or take more kinds of roads"));
        } else if (nearest[t].km > spec.near_road_km) {
            notes.push_back(town_warning(
                town,
                fmt::format("{} lies {:.1f} km off the road it is joined to", name_of(town), nearest[t].km),
                "its routes begin at the road: look whether a track leads there"));
        }
    }
    if (least_km > elsewhere_km)
        notes.push_back(
            finding_at(Severity::error, {},
                       fmt::format("every place lies farther than {:.0f} km from every road", least_km),
                       "roads of the region of the places; in GeoJSON the longitude stands first"));
}

/// Towns by what routes join, the most towns first, then by their first town.
std::vector<std::vector<int>> joined_towns(const RoadGraph& graph, const std::vector<NearestRoad>& nearest) {
    std::vector<int> part(std::size_t(graph.vertices()));
    std::iota(part.begin(), part.end(), 0);
    const auto root = [&](int v) {
        while (part[std::size_t(v)] != v) v = part[std::size_t(v)] = part[std::size_t(part[std::size_t(v)])];
        return v;
    };
    for (const auto& s : graph.stretches) part[std::size_t(root(s.a))] = root(s.b);
    std::map<int, std::vector<int>> by_root;
    for (int t = 0; t < graph.towns; ++t) {
        if (nearest[std::size_t(t)].segment >= 0) by_root[root(t)].push_back(t);
    }
    std::vector<std::vector<int>> parts;
    for (auto& [_, some] : by_root) parts.push_back(std::move(some));
    std::sort(parts.begin(), parts.end(), [](const auto& x, const auto& y) {
        return std::pair(y.size(), x.front()) < std::pair(x.size(), y.front());
    });
    return parts;
}

std::string names_of(const std::vector<int>& part, const std::vector<Town>& towns) {
    constexpr std::size_t most = 8;
    std::string names;
    for (std::size_t i = 0; i < std::min(part.size(), most); ++i)
        names += (i > 0 ? ", " : "") + name_of(towns[std::size_t(part[i])]);
    return part.size() > most ? fmt::format("{} and {} more", names, part.size() - most) : names;
}

/// Warnings of towns that no road joins to most others.
void note_parts(const RoadGraph& graph, const std::vector<Town>& towns,
                const std::vector<NearestRoad>& nearest, Findings& notes) {
    const auto parts = joined_towns(graph, nearest);
    for (std::size_t p = 1; p < parts.size(); ++p) {
        const auto& first = towns[std::size_t(parts[p].front())];
        notes.push_back(town_warning(
            first,
            fmt::format("no road joins {} to {}", names_of(parts[p], towns), names_of(parts[0], towns)),
            "the extract may end before the road does, or a ferry or track be left out; nothing is joined "
            "over a gap"));
    }
}

std::string class_of(const Stretch& stretch) {
    const auto longest = std::max_element(stretch.km_of.begin(), stretch.km_of.end()) - stretch.km_of.begin();
    switch (RoadKind(longest)) {
        case RoadKind::highway:
            return "highway";
        case RoadKind::primary:
            return "primary";
        case RoadKind::secondary:
            return "secondary";
        case RoadKind::track:
        case RoadKind::ferry:  // as slow as a track; judgement
            break;
    }
    return "track";
}

std::string notes_of(const Stretch& stretch) {
    std::string notes;
    const auto add = [&](RoadMark mark, const std::string& note) {
        if (stretch.marks & mark) notes += (notes.empty() ? "" : "; ") + note;
    };
    add(mark_bridge, "bridge");
    add(mark_ferry, fmt::format("ferry {:.1f} km", stretch.km_of[std::size_t(RoadKind::ferry)]));
    add(mark_ford, "ford");
    add(mark_border, "border");
    return notes;
}

/// Routes of a graph, by their ends; forks in the order of their vertices.
void add_routes(const RoadMap& roads, const RoadGraph& graph, const std::vector<Town>& towns,
                RoadNetwork& network) {
    for (std::size_t f = 0; f < graph.point.size(); ++f) {
        const auto& at = roads.points[std::size_t(graph.point[f])];
        network.forks.push_back({fmt::format("fork_{}", f + 1), at.lat, at.lon});
    }
    const auto id = [&](int v) {
        return v < graph.towns ? towns[std::size_t(v)].id : network.forks[std::size_t(v - graph.towns)].id;
    };
    for (const auto& s : graph.stretches) {
        const double km = std::max(0.01, std::round(s.km * 100) / 100);  // the shortest that routes.csv takes
        network.routes.push_back(
            {id(s.a), id(s.b), km, class_of(s), s.marks & mark_closed ? "closed" : "open", notes_of(s)});
    }
}

/// Kept pairs as routes of their own.
RoadGraph side_by_side(const RoadGraph& graph, const std::vector<TownPair>& pairs) {
    RoadGraph routes{graph.towns, {}, {}};
    for (const auto& pair : pairs) {
        Stretch route;
        for (const int s : pair.way) route = joined(route, graph.stretches[std::size_t(s)], 0, 0);
        route.a = pair.a;
        route.b = pair.b;
        route.km = pair.km;
        routes.stretches.push_back(route);
    }
    std::sort(routes.stretches.begin(), routes.stretches.end(),
              [](const Stretch& x, const Stretch& y) { return std::pair(x.a, x.b) < std::pair(y.a, y.b); });
    return routes;
}

}  // namespace

RoadNetwork contract_roads(const RoadMap& roads, const std::vector<Town>& towns, const RoadSpec& spec) {
    RoadNetwork network;
    const auto parts = parts_of(roads);
    const auto nearest = nearest_roads(roads, parts, towns, spec.off_road_km);
    note_off_road(roads, towns, nearest, spec, network.notes);
    const auto graph = reduced(graph_with_towns(roads, parts, nearest));
    const auto pairs = pairs_to_keep(graph, spec.detour);
    const auto routes = spec.forks ? laid_together(graph, pairs, spec.fork_km) : side_by_side(graph, pairs);
    note_parts(routes, towns, nearest, network.notes);
    add_routes(roads, routes, towns, network);
    return network;
}

}  // namespace nuzuh::region
