#include "sim/region/forks.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <queue>
#include <tuple>
#include <utility>

namespace nuzuh::region {
namespace {

/// The few towns nearest to each vertex by road, nearest first.
std::vector<std::vector<int>> towns_near(const RoadGraph& graph, const Surroundings& links) {
    constexpr std::size_t few = 8;
    using Reached = std::tuple<double, int, int>;  // km, vertex, town
    std::vector<std::vector<int>> near(std::size_t(graph.vertices()), std::vector<int>{});
    std::priority_queue<Reached, std::vector<Reached>, std::greater<>> front;
    for (int t = 0; t < graph.towns; ++t) front.push({0, t, t});
    while (!front.empty()) {
        const auto [km, v, town] = front.top();
        front.pop();
        auto& here = near[std::size_t(v)];
        if (here.size() == few || std::find(here.begin(), here.end(), town) != here.end()) continue;
        here.push_back(town);
        for (const int s : links.around(v)) {
            const auto& stretch = graph.stretches[std::size_t(s)];
            front.push({km + stretch.km, other_end(stretch, v), town});
        }
    }
    return near;
}

/// Vertices taken for one, and how far each is from the middle they are taken for.
class Clusters {
public:
    Clusters(const RoadGraph& graph, const Surroundings& links)
        : graph_(&graph),
          links_(&links),
          cluster_(std::size_t(graph.vertices())),
          members_(cluster_.size(), std::vector<int>{}),
          offset_km_(cluster_.size(), 0) {
        std::iota(cluster_.begin(), cluster_.end(), 0);
        for (std::size_t v = 0; v < members_.size(); ++v) members_[v] = {int(v)};
    }

    int of(int vertex) const { return cluster_[std::size_t(vertex)]; }

    /// Length between the middles of the clusters at the ends of a stretch [km].
    double km(const Stretch& stretch) const {
        return stretch.km + offset_km_[std::size_t(stretch.a)] + offset_km_[std::size_t(stretch.b)];
    }

    /// Whether the clusters at the ends of a stretch are two, and not both of a town. A bridge, a ferry, a ford and a
    /// border stay, since what closes them closes routes.
    bool can_join(const Stretch& stretch) const {
        return stretch.marks == 0 && of(stretch.a) != of(stretch.b) &&
               std::max(of(stretch.a), of(stretch.b)) >= graph_->towns;
    }

    /// Makes one of the clusters at the ends of a stretch: halfway between them, or at the town.
    void join(const Stretch& stretch) {
        const double apart_km = km(stretch);
        const int first = std::min(of(stretch.a), of(stretch.b)),
                  second = std::max(of(stretch.a), of(stretch.b));
        const bool at_town = first < graph_->towns;
        shift(first, at_town ? 0 : apart_km / 2, first);
        shift(second, at_town ? apart_km : apart_km / 2, first);
        auto& all = members_[std::size_t(first)];
        auto& some = members_[std::size_t(second)];
        all.insert(all.end(), some.begin(), some.end());
        some.clear();
    }

    /// Distances from a town to others [km]; infinite where no road leads.
    std::vector<double> distances(int town, const std::vector<int>& others) const {
        std::vector<double> km_to(cluster_.size(), std::numeric_limits<double>::infinity());
        std::priority_queue<std::pair<double, int>, std::vector<std::pair<double, int>>, std::greater<>>
            front;
        km_to[std::size_t(town)] = 0;
        front.push({0, town});
        for (std::size_t left = others.size(); left > 0 && !front.empty();) {
            const auto [so_far, c] = front.top();
            front.pop();
            if (so_far > km_to[std::size_t(c)]) continue;
            if (std::binary_search(others.begin(), others.end(), c)) --left;
            for (const int v : members_[std::size_t(c)]) {
                for (const int s : links_->around(v)) {
                    const auto& stretch = graph_->stretches[std::size_t(s)];
                    const auto next = std::size_t(of(other_end(stretch, v)));
                    const double reached = so_far + km(stretch);
                    if (next == std::size_t(c) || reached >= km_to[next]) continue;
                    km_to[next] = reached;
                    front.push({reached, int(next)});
                }
            }
        }
        std::vector<double> km_of_others;
        for (const int other : others) km_of_others.push_back(km_to[std::size_t(other)]);
        return km_of_others;
    }

    const std::vector<int>& members(int vertex) const { return members_[std::size_t(of(vertex))]; }

private:
    void shift(int cluster, double km, int to) {
        for (const int v : members_[std::size_t(cluster)]) {
            offset_km_[std::size_t(v)] += km;
            cluster_[std::size_t(v)] = to;
        }
    }

    const RoadGraph* graph_;
    const Surroundings* links_;
    std::vector<int> cluster_;               ///< [vertex] first vertex of its cluster
    std::vector<std::vector<int>> members_;  ///< [first vertex]
    std::vector<double> offset_km_;          ///< [vertex] to the middle of its cluster
};

/// Whether ways between some towns are at most a hundredth longer now than before.
bool are_near_enough(const Clusters& before, const Clusters& now, const std::vector<int>& towns) {
    constexpr double most_growth = 1.01;
    return std::all_of(towns.begin(), towns.end(), [&](int town) {
        const auto then_km = before.distances(town, towns), now_km = now.distances(town, towns);
        return std::equal(now_km.begin(), now_km.end(), then_km.begin(),
                          [](double km, double then) { return km <= most_growth * then; });
    });
}

/// The towns near to any member of the cluster of a vertex.
std::vector<int> towns_around(const Clusters& clusters, int vertex,
                              const std::vector<std::vector<int>>& near) {
    std::vector<int> towns;
    for (const int v : clusters.members(vertex))
        towns.insert(towns.end(), near[std::size_t(v)].begin(), near[std::size_t(v)].end());
    std::sort(towns.begin(), towns.end());
    towns.erase(std::unique(towns.begin(), towns.end()), towns.end());
    return towns;
}

/// Joins the ends of short stretches, the shortest first, where that lengthens no way between towns nearby too much.
Clusters clusters_of(const RoadGraph& graph, const Surroundings& links, double fork_km) {
    const auto near = towns_near(graph, links);
    auto shortest_first = graph.stretches;
    std::stable_sort(shortest_first.begin(), shortest_first.end(),
                     [](const Stretch& x, const Stretch& y) { return x.km < y.km; });
    const Clusters before(graph, links);
    Clusters now = before;
    for (const auto& stretch : shortest_first) {
        if (stretch.km > fork_km) break;
        if (!now.can_join(stretch)) continue;
        Clusters tried = now;
        tried.join(stretch);
        if (are_near_enough(before, tried, towns_around(tried, stretch.a, near))) now = std::move(tried);
    }
    return now;
}

RoadGraph merged(const RoadGraph& graph, double fork_km) {
    const Surroundings links(graph);
    const auto clusters = clusters_of(graph, links, fork_km);
    RoadGraph smaller{graph.towns, graph.point, {}};
    for (auto stretch : graph.stretches) {
        const double km = clusters.km(stretch);  // what is added is of the kind of the longest part
        *std::max_element(stretch.km_of.begin(), stretch.km_of.end()) += float(km - stretch.km);
        stretch.km = km;
        stretch.a = clusters.of(stretch.a);
        stretch.b = clusters.of(stretch.b);
        smaller.stretches.push_back(stretch);
    }
    return reduced(std::move(smaller));
}

}  // namespace

RoadGraph laid_together(const RoadGraph& graph, const std::vector<TownPair>& pairs, double fork_km) {
    std::vector<char> used(graph.stretches.size(), false);
    for (const auto& pair : pairs) {
        for (const int s : pair.way) used[std::size_t(s)] = true;
    }
    RoadGraph roads{graph.towns, graph.point, {}};
    for (std::size_t s = 0; s < used.size(); ++s) {
        if (used[s]) roads.stretches.push_back(graph.stretches[s]);
    }
    return merged(reduced(std::move(roads)), fork_km);
}

}  // namespace nuzuh::region
