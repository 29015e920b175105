// The graph of roads that routes are found on.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/region/roads.hpp"

namespace nuzuh::region {

/// A stretch of road between two vertices, passable both ways.
struct Stretch {
    int a = 0, b = 0;
    double km = 0;
    std::array<float, road_kinds> km_of{};  ///< of each RoadKind
    std::uint8_t marks = 0;
};

/// Stretch of two that follow each other, from `a` to `b`.
Stretch joined(const Stretch& first, const Stretch& second, int a, int b);

/// Roads as a graph. Vertices 0 to towns - 1 are towns, the others points of roads.
struct RoadGraph {
    int towns = 0;
    std::vector<int> point;  ///< [vertex - towns] in RoadMap::points
    std::vector<Stretch> stretches;

    int vertices() const { return towns + int(point.size()); }
};

/// Whether a barrier on a stretch lets nobody through.
inline bool is_closed(const Stretch& stretch) { return stretch.marks & mark_closed; }

/// The stretches at each vertex: `around(v)` gives their numbers, in order.
class Surroundings {
public:
    explicit Surroundings(const RoadGraph& graph, bool open_only = false);

    struct Range {
        const int* first;
        const int* last;
        const int* begin() const { return first; }
        const int* end() const { return last; }
        int size() const { return int(last - first); }
    };
    Range around(int vertex) const {
        return {stretches_.data() + start_[std::size_t(vertex)],
                stretches_.data() + start_[std::size_t(vertex) + 1]};
    }

private:
    std::vector<int> start_;
    std::vector<int> stretches_;
};

/// The other end of a stretch.
inline int other_end(const Stretch& stretch, int vertex) {
    return stretch.a == vertex ? stretch.b : stretch.a;
}

/// The same graph without what no shortest way between towns needs, over open roads or over all: dead ends, loops, the
/// longer of two stretches between the same ends, and points that only join two stretches.
RoadGraph reduced(RoadGraph graph);

}  // namespace nuzuh::region
