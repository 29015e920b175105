#include "sim/region/pairs.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <optional>
#include <queue>
#include <tuple>
#include <utility>

#include "sim/base/threads.hpp"

namespace nuzuh::region {
namespace {

constexpr double unreached = std::numeric_limits<double>::infinity();

using Front =
    std::priority_queue<std::pair<double, int>, std::vector<std::pair<double, int>>, std::greater<>>;

/// The town nearest to each vertex by road.
struct NearestTown {
    std::vector<int> town;   ///< [vertex]
    std::vector<double> km;  ///< [vertex]
};

NearestTown nearest_towns(const RoadGraph& graph, const Surroundings& links) {
    NearestTown nearest{std::vector<int>(std::size_t(graph.vertices()), -1),
                        std::vector<double>(std::size_t(graph.vertices()), unreached)};
    Front front;
    for (int t = 0; t < graph.towns; ++t) {
        nearest.town[std::size_t(t)] = t;
        nearest.km[std::size_t(t)] = 0;
        front.push({0, t});
    }
    while (!front.empty()) {
        const auto [km, v] = front.top();
        front.pop();
        if (km > nearest.km[std::size_t(v)]) continue;
        for (const int s : links.around(v)) {
            const auto& stretch = graph.stretches[std::size_t(s)];
            const auto next = std::size_t(other_end(stretch, v));
            if (km + stretch.km >= nearest.km[next]) continue;
            nearest.km[next] = km + stretch.km;
            nearest.town[next] = nearest.town[std::size_t(v)];
            front.push({nearest.km[next], int(next)});
        }
    }
    return nearest;
}

/// Routes that are kept, as a graph of towns.
class KeptRoutes {
public:
    explicit KeptRoutes(int towns) : links_(std::size_t(towns)) {}

    void add(const TownPair& pair) {
        links_[std::size_t(pair.a)].push_back({pair.b, pair.km});
        links_[std::size_t(pair.b)].push_back({pair.a, pair.km});
    }

    /// Distance from a town to every other over kept routes, where it is at most `reach`; stops at `target`.
    std::vector<double> from(int start, double reach, int target = -1) const {
        std::vector<double> km(links_.size(), unreached);
        Front front;
        km[std::size_t(start)] = 0;
        front.push({0, start});
        while (!front.empty()) {
            const auto [so_far, t] = front.top();
            front.pop();
            if (t == target) break;
            if (so_far > km[std::size_t(t)]) continue;
            for (const auto& [next, length] : links_[std::size_t(t)]) {
                const double reached = so_far + length;
                if (reached > reach || reached >= km[std::size_t(next)]) continue;
                km[std::size_t(next)] = reached;
                front.push({reached, next});
            }
        }
        return km;
    }

private:
    struct Link {
        int to;
        double km;
    };
    std::vector<std::vector<Link>> links_;
};

/// Lengths are sums in different orders; this far apart they are the same.
constexpr double same_km = 1e-6;

/// What searches read and nobody changes meanwhile.
struct Ground {
    const RoadGraph& graph;
    Surroundings links;
    NearestTown nearest;
    double detour;
};

/// A search from a town; what it has reached is kept between uses, and cleared by what was touched.
class Search {
public:
    explicit Search(const Ground& ground)
        : ground_(ground), km_(std::size_t(ground.graph.vertices()), unreached), by_(km_.size(), -1) {}

    /// Adds the towns that lie farther than `beyond` from town `a` and at most `reach`; false when nothing lies farther.
    bool round(int a, double beyond, double reach, const std::vector<double>& kept,
               std::vector<TownPair>& found) {
        clear();
        reach_vertex(a, 0, -1);
        while (!front_.empty() && front_.top().first <= reach) {
            const auto [km, v] = front_.top();
            front_.pop();
            if (km > km_[std::size_t(v)]) continue;
            if (v < ground_.graph.towns && v != a && km > beyond &&
                kept[std::size_t(v)] > ground_.detour * km + same_km)
                found.push_back({std::min(a, v), std::max(a, v), km, way_to(a, v)});
            if (v == a || !is_behind_a_town(a, v, km, kept)) expand(v, km);
        }
        return !front_.empty();
    }

private:
    bool is_behind_a_town(int a, int v, double km, const std::vector<double>& kept) const {
        const int w = ground_.nearest.town[std::size_t(v)];
        return w != a && kept[std::size_t(w)] + ground_.detour * ground_.nearest.km[std::size_t(v)] <=
                             ground_.detour * km + same_km;
    }

    void expand(int v, double km) {
        for (const int s : ground_.links.around(v)) {
            const auto& stretch = ground_.graph.stretches[std::size_t(s)];
            reach_vertex(other_end(stretch, v), km + stretch.km, s);
        }
    }

    void reach_vertex(int v, double km, int by) {
        if (km >= km_[std::size_t(v)]) return;
        if (km_[std::size_t(v)] == unreached) touched_.push_back(v);
        km_[std::size_t(v)] = km;
        by_[std::size_t(v)] = by;
        front_.push({km, v});
    }

    std::vector<int> way_to(int a, int v) const {
        std::vector<int> way;
        while (v != a) {
            way.push_back(by_[std::size_t(v)]);
            v = other_end(ground_.graph.stretches[std::size_t(way.back())], v);
        }
        return way;
    }

    void clear() {
        for (const int v : touched_) km_[std::size_t(v)] = unreached;
        touched_.clear();
        front_ = {};
    }

    const Ground& ground_;
    std::vector<double> km_;
    std::vector<int> by_;
    std::vector<int> touched_;
    Front front_;
};

/// Pairs found in one round from every town that is not done; the order does not depend on threads.
std::vector<TownPair> pairs_of_round(const Ground& ground, double beyond, double reach,
                                     const KeptRoutes& routes, std::vector<char>& done) {
    const int towns = ground.graph.towns;
    std::vector<std::vector<TownPair>> found(std::size_t(towns), std::vector<TownPair>{});
    CarriedFailure failure;
#pragma omp parallel
    {
        std::optional<Search> search;
#pragma omp for schedule(dynamic)
        for (int t = 0; t < towns; ++t) {
            if (done[std::size_t(t)]) continue;
            failure.watch([&] {
                if (!search) search.emplace(ground);
                const auto kept = routes.from(t, reach * ground.detour);
                done[std::size_t(t)] = !search->round(t, beyond, reach, kept, found[std::size_t(t)]);
            });
        }
    }
    failure.rethrow();
    std::vector<TownPair> all;
    for (auto& some : found) std::move(some.begin(), some.end(), std::back_inserter(all));
    std::stable_sort(all.begin(), all.end(), [](const TownPair& x, const TownPair& y) {
        return std::tie(x.km, x.a, x.b) < std::tie(y.km, y.a, y.b);
    });
    return all;
}

/// Adds pairs that are not joined well enough yet, over some roads.
void keep_pairs(const Ground& ground, KeptRoutes& routes, std::vector<TownPair>& kept) {
    std::vector<char> done(std::size_t(ground.graph.towns), false);
    double beyond = -1;
    for (double reach = 4; std::find(done.begin(), done.end(), false) != done.end();
         beyond = reach, reach *= 2) {
        for (auto& pair : pairs_of_round(ground, beyond, reach, routes, done)) {
            const double enough = ground.detour * pair.km + same_km;
            if (routes.from(pair.a, enough, pair.b)[std::size_t(pair.b)] <= enough) continue;
            routes.add(pair);
            kept.push_back(std::move(pair));
        }
    }
}

}  // namespace

std::vector<TownPair> pairs_to_keep(const RoadGraph& graph, double detour) {
    KeptRoutes routes(graph.towns);
    std::vector<TownPair> kept;
    const bool any_closed = std::any_of(graph.stretches.begin(), graph.stretches.end(), is_closed);
    for (const bool open_only : {true, false}) {
        if (!open_only && !any_closed) break;
        Surroundings links(graph, open_only);
        auto nearest = nearest_towns(graph, links);
        keep_pairs({graph, std::move(links), std::move(nearest), detour}, routes, kept);
    }
    return kept;
}

}  // namespace nuzuh::region
