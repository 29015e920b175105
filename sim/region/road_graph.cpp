#include "sim/region/road_graph.hpp"

#include <algorithm>
#include <tuple>

namespace nuzuh::region {
namespace {

/// What is left of a graph while dead ends are taken away.
struct Alive {
    const RoadGraph& graph;
    Surroundings links;
    std::vector<char> stretch;  ///< [stretch] still there
    std::vector<int> degree;    ///< [vertex] stretches still there
};

Alive all_alive(const RoadGraph& graph) {
    Alive alive{graph, Surroundings(graph), std::vector<char>(graph.stretches.size(), true),
                std::vector<int>(std::size_t(graph.vertices()), 0)};
    for (int v = 0; v < graph.vertices(); ++v) alive.degree[std::size_t(v)] = alive.links.around(v).size();
    return alive;
}

/// The first stretch at a vertex that is still there, other than `but`; -1 where there is none.
int next_stretch(const Alive& alive, int vertex, int but) {
    for (const int s : alive.links.around(vertex)) {
        if (s != but && alive.stretch[std::size_t(s)]) return s;
    }
    return -1;
}

/// Takes away the roads from a dead end to the first junction or town.
void strip_dead_end(Alive& alive, int vertex) {
    while (vertex >= alive.graph.towns && alive.degree[std::size_t(vertex)] == 1) {
        const int s = next_stretch(alive, vertex, -1);
        alive.stretch[std::size_t(s)] = false;
        alive.degree[std::size_t(vertex)] = 0;
        vertex = other_end(alive.graph.stretches[std::size_t(s)], vertex);
        --alive.degree[std::size_t(vertex)];
    }
}

bool is_hub(const Alive& alive, int vertex) {
    return vertex < alive.graph.towns || alive.degree[std::size_t(vertex)] > 2;
}

/// The road from a hub along a stretch to the next hub; its stretches are no longer there.
Stretch road_to_hub(Alive& alive, int hub, int s) {
    Stretch road;
    int at = hub;
    for (bool first = true; first || !is_hub(alive, at); first = false) {
        const auto& part = alive.graph.stretches[std::size_t(s)];
        alive.stretch[std::size_t(s)] = false;
        at = other_end(part, at);
        road = first ? part : joined(road, part, hub, at);
        if (!is_hub(alive, at)) s = next_stretch(alive, at, s);
    }
    road.a = hub;
    road.b = at;
    return road;
}

/// Without loops, and of stretches between the same ends the shortest that is open, and one closed if it is shorter still.
void keep_shortest(std::vector<Stretch>& stretches) {
    for (auto& s : stretches) {
        if (s.a > s.b) std::swap(s.a, s.b);
    }
    std::stable_sort(stretches.begin(), stretches.end(), [](const Stretch& x, const Stretch& y) {
        return std::tuple(x.a, x.b, x.km, is_closed(x)) < std::tuple(y.a, y.b, y.km, is_closed(y));
    });
    std::vector<Stretch> kept;
    for (const auto& s : stretches) {
        const bool is_first = kept.empty() || kept.back().a != s.a || kept.back().b != s.b;
        if (s.a != s.b && (is_first || (is_closed(kept.back()) && !is_closed(s)))) kept.push_back(s);
    }
    stretches = std::move(kept);
}

/// Numbers vertices anew: towns, then those that a stretch ends at.
void renumber(RoadGraph& graph) {
    std::vector<int> number(std::size_t(graph.vertices()), -1);
    for (int t = 0; t < graph.towns; ++t) number[std::size_t(t)] = t;
    for (const auto& s : graph.stretches) number[std::size_t(s.a)] = number[std::size_t(s.b)] = 0;
    std::vector<int> kept;
    for (int v = 0; v < graph.vertices(); ++v) {
        if (v < graph.towns) {
            number[std::size_t(v)] = v;
        } else if (number[std::size_t(v)] == 0) {
            number[std::size_t(v)] = graph.towns + int(kept.size());
            kept.push_back(graph.point[std::size_t(v - graph.towns)]);
        }
    }
    graph.point = std::move(kept);
    for (auto& s : graph.stretches) {
        s.a = number[std::size_t(s.a)];
        s.b = number[std::size_t(s.b)];
    }
}

RoadGraph reduced_once(const RoadGraph& graph) {
    auto alive = all_alive(graph);
    for (int v = graph.towns; v < graph.vertices(); ++v) strip_dead_end(alive, v);
    RoadGraph smaller{graph.towns, graph.point, {}};
    for (int v = 0; v < graph.vertices(); ++v) {
        if (!is_hub(alive, v)) continue;
        for (const int s : alive.links.around(v)) {
            if (alive.stretch[std::size_t(s)]) smaller.stretches.push_back(road_to_hub(alive, v, s));
        }
    }
    keep_shortest(smaller.stretches);
    renumber(smaller);
    return smaller;
}

}  // namespace

Stretch joined(const Stretch& first, const Stretch& second, int a, int b) {
    Stretch both{a, b, first.km + second.km, first.km_of, std::uint8_t(first.marks | second.marks)};
    for (std::size_t k = 0; k < both.km_of.size(); ++k) both.km_of[k] += second.km_of[k];
    return both;
}

Surroundings::Surroundings(const RoadGraph& graph, bool open_only)
    : start_(std::size_t(graph.vertices()) + 1, 0) {
    const auto is_out = [&](const Stretch& s) { return open_only && is_closed(s); };
    for (const auto& s : graph.stretches) {
        if (is_out(s)) continue;
        ++start_[std::size_t(s.a) + 1];
        ++start_[std::size_t(s.b) + 1];
    }
    for (std::size_t v = 1; v < start_.size(); ++v) start_[v] += start_[v - 1];
    stretches_.resize(std::size_t(start_.back()));
    auto next = start_;
    for (std::size_t s = 0; s < graph.stretches.size(); ++s) {
        if (is_out(graph.stretches[s])) continue;
        stretches_[std::size_t(next[std::size_t(graph.stretches[s].a)]++)] = int(s);
        stretches_[std::size_t(next[std::size_t(graph.stretches[s].b)]++)] = int(s);
    }
}

RoadGraph reduced(RoadGraph graph) {
    for (;;) {
        const auto before = graph.stretches.size();
        graph = reduced_once(graph);
        if (graph.stretches.size() == before) return graph;
    }
}

}  // namespace nuzuh::region
