#include "sim/region/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nuzuh::region {
namespace {

double size_of(const Ring& ring) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i)
        sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    return std::abs(sum) / 2;
}

/// Where the parallel crosses the rings, from west to east.
std::vector<double> crossings(const Polygon& polygon, double lat) {
    std::vector<double> at;
    for (const Ring& ring : polygon) {
        for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
            const auto &a = ring[i], &b = ring[i + 1];
            if ((a[1] <= lat) == (b[1] <= lat)) continue;
            at.push_back(a[0] + (lat - a[1]) / (b[1] - a[1]) * (b[0] - a[0]));
        }
    }
    std::sort(at.begin(), at.end());
    return at;
}

/// Strips that an area's edges are sorted into: about ten edges each.
std::size_t strips_for(std::size_t edges) {
    return std::clamp(edges / 10, std::size_t{1}, std::size_t{4096});
}

}  // namespace

std::optional<std::array<double, 2>> point_inside(const std::vector<Polygon>& polygons) {
    const Polygon* largest = nullptr;
    for (const auto& polygon : polygons) {
        if (polygon.empty() || polygon.front().size() < 4) continue;
        if (!largest || size_of(polygon.front()) > size_of(largest->front())) largest = &polygon;
    }
    if (!largest) return {};
    double south = largest->front().front()[1], north = south;
    for (const auto& corner : largest->front()) {
        south = std::min(south, corner[1]);
        north = std::max(north, corner[1]);
    }
    const double lat = (south + north) / 2;
    const auto at = crossings(*largest, lat);
    double widest = -1, lon = 0;
    for (std::size_t i = 0; i + 1 < at.size(); i += 2) {
        if (at[i + 1] - at[i] <= widest) continue;
        widest = at[i + 1] - at[i];
        lon = (at[i] + at[i + 1]) / 2;
    }
    if (widest < 0) return {};
    return std::array{lon, lat};
}

Areas::Areas(const std::vector<std::vector<Polygon>>& polygons) {
    for (const auto& of_area : polygons) {
        Area area{{180, 90}, {-180, -90}, {}};
        std::vector<Edge> edges;
        for (const auto& polygon : of_area) {
            for (const auto& ring : polygon) {
                for (std::size_t i = 0; i < ring.size(); ++i) {
                    for (const std::size_t axis : {0u, 1u}) {
                        area.low[axis] = std::min(area.low[axis], ring[i][axis]);
                        area.high[axis] = std::max(area.high[axis], ring[i][axis]);
                    }
                    if (i + 1 == ring.size()) continue;
                    const auto& a = ring[i][1] < ring[i + 1][1] ? ring[i] : ring[i + 1];
                    const auto& b = ring[i][1] < ring[i + 1][1] ? ring[i + 1] : ring[i];
                    edges.push_back({a[1], b[1], a[0], b[0]});
                }
            }
        }
        area.strips.resize(strips_for(edges.size()));
        for (const auto& edge : edges) {
            for (auto s = area.strip_of(edge.south); s <= area.strip_of(edge.north); ++s)
                area.strips[s].push_back(edge);
        }
        areas_.push_back(std::move(area));
    }
}

std::size_t Areas::Area::strip_of(double lat) const {
    const double part = (lat - low[1]) / std::max(high[1] - low[1], 1e-12);
    return std::min(std::size_t(std::max(part, 0.0) * double(strips.size())), strips.size() - 1);
}

bool Areas::Area::holds(double lat, double lon) const {
    if (lon < low[0] || lon > high[0] || lat < low[1] || lat > high[1]) return false;
    bool inside = false;
    for (const auto& edge : strips[strip_of(lat)]) {
        if (edge.south > lat || lat >= edge.north) continue;
        const double part = (lat - edge.south) / (edge.north - edge.south);
        if (lon < edge.lon_south + part * (edge.lon_north - edge.lon_south)) inside = !inside;
    }
    return inside;
}

std::optional<std::size_t> Areas::find(double lat, double lon, std::size_t likely) const {
    if (likely < areas_.size() && areas_[likely].holds(lat, lon)) return likely;
    for (std::size_t a = 0; a < areas_.size(); ++a) {
        if (areas_[a].holds(lat, lon)) return a;
    }
    return {};
}

std::optional<std::size_t> Areas::nearest(double lat, double lon, double within_km) const {
    constexpr double degree_km = 111.195;
    const double squeeze = std::cos(lat * std::numbers::pi / 180);  // of a degree of longitude
    const double reach = within_km / degree_km;
    double least = reach * reach;
    std::optional<std::size_t> nearest;
    for (std::size_t a = 0; a < areas_.size(); ++a) {
        const auto& area = areas_[a];
        if (lat < area.low[1] - reach || lat > area.high[1] + reach) continue;
        for (const auto& strip : area.strips) {
            for (const auto& edge : strip) {
                // Degrees of latitude from the point, which lies at 0.
                const double x = (edge.lon_south - lon) * squeeze, y = edge.south - lat,
                             across = (edge.lon_north - edge.lon_south) * squeeze,
                             up = edge.north - edge.south;
                const double length = across * across + up * up;
                const double part = length > 0 ? std::clamp(-(x * across + y * up) / length, 0.0, 1.0) : 0;
                const double off = std::pow(x + part * across, 2) + std::pow(y + part * up, 2);
                if (off <= least) least = off, nearest = a;
            }
        }
    }
    return nearest;
}

}  // namespace nuzuh::region
