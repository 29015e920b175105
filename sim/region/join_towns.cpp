#include "sim/region/join_towns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <numeric>
#include <unordered_map>

#include "sim/base/disjoint_sets.hpp"
#include "sim/region/cells.hpp"

namespace nuzuh::region {
namespace {

constexpr double km_per_degree = 6371.0088 * std::numbers::pi / 180;

/// The nearest point of a segment to a town, on the plane that touches the earth there.
NearestRoad on_segment(const RoadMap& roads, int number, const Town& town) {
    const auto& segment = roads.segments[std::size_t(number)];
    const double shrink = std::cos(town.lat * std::numbers::pi / 180);
    const auto x = [&](int p) {
        return std::remainder(roads.points[std::size_t(p)].lon - town.lon, 360.0) * shrink * km_per_degree;
    };
    const auto y = [&](int p) { return (roads.points[std::size_t(p)].lat - town.lat) * km_per_degree; };
    const double ax = x(segment.a), ay = y(segment.a), dx = x(segment.b) - ax, dy = y(segment.b) - ay;
    const double square = dx * dx + dy * dy;
    const double along = square > 0 ? std::clamp(-(ax * dx + ay * dy) / square, 0.0, 1.0) : 0;
    return {number, along, std::hypot(ax + along * dx, ay + along * dy)};
}

/// Towns in each cell within reach of them.
std::unordered_map<std::int64_t, std::vector<int>> towns_in_cells(const std::vector<Town>& towns,
                                                                  double reach_km) {
    std::unordered_map<std::int64_t, std::vector<int>> cells;
    for (std::size_t t = 0; t < towns.size(); ++t) {
        const double shrink = std::max(0.01, std::cos(towns[t].lat * std::numbers::pi / 180));
        const RoadPoint at{towns[t].lat, towns[t].lon};
        const RoadPoint reach{reach_km / km_per_degree, reach_km / km_per_degree / shrink};
        any_cell(at, at, reach, [&](std::int64_t cell) {
            cells[cell].push_back(int(t));
            return false;
        });
    }
    return cells;
}

/// The nearest road of a small part and of a larger one.
struct NearestOfEach {
    NearestRoad small, large;
};

void take_nearer(NearestRoad& best, const NearestRoad& found) {
    if (best.segment < 0 || found.km < best.km) best = found;
}

NearestRoad choose(const NearestOfEach& nearest, double reach_km) {
    constexpr double farther_km = 1;
    const auto& [small, large] = nearest;
    const bool has_small = small.segment >= 0 && small.km <= reach_km;
    const bool has_large = large.segment >= 0 && large.km <= reach_km;
    if (has_large && (!has_small || large.km <= small.km + farther_km)) return large;
    return has_small ? small : NearestRoad{};
}

/// Where towns come between the ends of segments, and which points they take the place of.
struct Seats {
    std::map<int, std::vector<int>> on_segment;  ///< towns of a segment
    std::unordered_map<int, int> at_point;       ///< town of a point
};

Seats seats_of(const RoadMap& roads, const std::vector<NearestRoad>& nearest) {
    constexpr double same_km = 0.001;
    Seats seats;
    for (std::size_t t = 0; t < nearest.size(); ++t) {
        const auto& [number, along, off] = nearest[t];
        if (number < 0) continue;
        const auto& segment = roads.segments[std::size_t(number)];
        const int end = along < 0.5 ? segment.a : segment.b;
        const bool at_end = std::min(along, 1 - along) * segment.km < same_km;
        if (at_end && seats.at_point.emplace(end, int(t)).second) continue;
        seats.on_segment[number].push_back(int(t));
    }
    for (auto& [number, towns] : seats.on_segment) {
        std::stable_sort(towns.begin(), towns.end(), [&](int a, int b) {
            return nearest[std::size_t(a)].along < nearest[std::size_t(b)].along;
        });
    }
    return seats;
}

/// A share of a segment as a stretch.
Stretch stretch_of(const RoadSegment& segment, int a, int b, double share) {
    Stretch stretch{a, b, segment.km * share, {}, segment.marks};
    stretch.km_of[std::size_t(segment.kind)] = float(stretch.km);
    return stretch;
}

/// Adds a segment, from town to town where it has towns.
void add_segment(RoadGraph& graph, const RoadSegment& segment, int a, int b, const std::vector<int>& towns,
                 const std::vector<NearestRoad>& nearest) {
    double from = 0;
    for (const int t : towns) {
        graph.stretches.push_back(stretch_of(segment, a, t, nearest[std::size_t(t)].along - from));
        from = nearest[std::size_t(t)].along;
        a = t;
    }
    graph.stretches.push_back(stretch_of(segment, a, b, 1 - from));
}

std::vector<char> parts_with_towns(const RoadMap& roads, const RoadParts& parts,
                                   const std::vector<NearestRoad>& nearest) {
    std::vector<char> has(parts.km.size(), false);
    for (const auto& road : nearest) {
        if (road.segment < 0) continue;
        has[std::size_t(parts.of[std::size_t(roads.segments[std::size_t(road.segment)].a)])] = true;
    }
    return has;
}

}  // namespace

RoadParts parts_of(const RoadMap& roads) {
    RoadParts parts{std::vector<int>(roads.points.size()), {}};
    DisjointSets joined(int(parts.of.size()));
    for (const auto& segment : roads.segments) {
        const int a = joined.root(segment.a), b = joined.root(segment.b);
        joined.join(std::max(a, b), std::min(a, b));
    }
    // A root comes before the points of its part, so its number is known when they ask for it.
    for (std::size_t p = 0; p < parts.of.size(); ++p) {
        const int root = joined.root(int(p));
        const bool is_root = root == int(p);
        parts.of[p] = is_root ? int(parts.km.size()) : parts.of[std::size_t(root)];
        if (is_root) parts.km.push_back(0);
    }
    for (const auto& segment : roads.segments)
        parts.km[std::size_t(parts.of[std::size_t(segment.a)])] += segment.km;
    return parts;
}

std::vector<NearestRoad> nearest_roads(const RoadMap& roads, const RoadParts& parts,
                                       const std::vector<Town>& towns, double reach_km) {
    constexpr double large_km = 10;
    const auto cells = towns_in_cells(towns, reach_km);
    std::vector<NearestOfEach> best(towns.size());
    for (std::size_t s = 0; s < roads.segments.size(); ++s) {
        const auto& segment = roads.segments[s];
        const bool large = parts.km[std::size_t(parts.of[std::size_t(segment.a)])] >= large_km;
        any_cell(roads.points[std::size_t(segment.a)], roads.points[std::size_t(segment.b)], {},
                 [&](std::int64_t cell) {
                     const auto here = cells.find(cell);
                     if (here == cells.end()) return false;
                     for (const int t : here->second) {
                         auto& nearest = best[std::size_t(t)];
                         take_nearer(large ? nearest.large : nearest.small,
                                     on_segment(roads, int(s), towns[std::size_t(t)]));
                     }
                     return false;
                 });
    }
    std::vector<NearestRoad> chosen;
    chosen.reserve(towns.size());
    for (const auto& nearest : best) chosen.push_back(choose(nearest, reach_km));
    return chosen;
}

double km_to_nearest_road(const RoadMap& roads, const Town& town) {
    double km = std::numeric_limits<double>::infinity();
    for (std::size_t s = 0; s < roads.segments.size(); ++s)
        km = std::min(km, on_segment(roads, int(s), town).km);
    return km;
}

RoadGraph graph_with_towns(const RoadMap& roads, const RoadParts& parts,
                           const std::vector<NearestRoad>& nearest) {
    const auto seats = seats_of(roads, nearest);
    const auto wanted = parts_with_towns(roads, parts, nearest);
    RoadGraph graph{int(nearest.size()), std::vector<int>(roads.points.size()), {}};
    std::iota(graph.point.begin(), graph.point.end(), 0);
    graph.stretches.reserve(roads.segments.size() + nearest.size());
    const auto vertex = [&](int point) {
        const auto town = seats.at_point.find(point);
        return town != seats.at_point.end() ? town->second : graph.towns + point;
    };
    static const std::vector<int> none;
    for (std::size_t s = 0; s < roads.segments.size(); ++s) {
        const auto& segment = roads.segments[s];
        if (!wanted[std::size_t(parts.of[std::size_t(segment.a)])]) continue;
        const auto towns = seats.on_segment.find(int(s));
        add_segment(graph, segment, vertex(segment.a), vertex(segment.b),
                    towns == seats.on_segment.end() ? none : towns->second, nearest);
    }
    return graph;
}

}  // namespace nuzuh::region
