#include "sim/region/border_grid.hpp"

#include <algorithm>

#include "sim/region/cells.hpp"

namespace nuzuh::region {
namespace {

/// Twice the area of a triangle, positive where c lies to the left of a to b.
double side_of(RoadPoint a, RoadPoint b, RoadPoint c) {
    return (b.lon - a.lon) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lon - a.lon);
}

/// Whether c and d lie on different sides of a to b, or one on it; not where all four lie in a line.
bool parted_by(RoadPoint a, RoadPoint b, RoadPoint c, RoadPoint d) {
    const double first = side_of(a, b, c), second = side_of(a, b, d);
    return (first <= 0 && second >= 0 && first < second) || (first >= 0 && second <= 0 && first > second);
}

}  // namespace

void BorderGrid::add(RoadPoint a, RoadPoint b) {
    const int number = int(segments_.size());
    segments_.push_back({a, b});
    any_cell(a, b, {}, [&](std::int64_t cell) {
        cells_[cell].push_back(number);
        return false;
    });
}

bool BorderGrid::crosses(RoadPoint a, RoadPoint b) const {
    if (segments_.empty()) return false;
    return any_cell(a, b, {}, [&](std::int64_t cell) {
        const auto here = cells_.find(cell);
        if (here == cells_.end()) return false;
        return std::any_of(here->second.begin(), here->second.end(), [&](int i) {
            const auto& [c, d] = segments_[std::size_t(i)];
            return parted_by(a, b, c, d) && parted_by(c, d, a, b);
        });
    });
}

}  // namespace nuzuh::region
