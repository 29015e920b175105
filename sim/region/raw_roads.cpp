#include "sim/region/raw_roads.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "sim/model/network.hpp"
#include "sim/region/border_grid.hpp"

namespace nuzuh::region {
namespace {

/// Ways by identifier, once each.
void sort_ways(std::vector<RawWay>& ways) {
    std::stable_sort(ways.begin(), ways.end(), [](const RawWay& a, const RawWay& b) { return a.id < b.id; });
    const auto same = [](const RawWay& a, const RawWay& b) { return a.id == b.id; };
    ways.erase(std::unique(ways.begin(), ways.end(), same), ways.end());
}

/// Number of each raw point among the points of the map: -1 where no road has it or the file does not.
std::vector<int> number_points(RawRoads& raw, RoadMap& map) {
    std::vector<char> used(raw.points.size(), false);
    for (const auto& way : raw.ways) {
        for (std::size_t i = 0; i < way.count; ++i)
            used[std::size_t(find_point(raw, raw.refs[way.first + i]) - raw.points.data())] = true;
    }
    std::vector<int> number(raw.points.size(), -1);
    for (std::size_t i = 0; i < raw.points.size(); ++i) {
        if (!used[i] || !raw.points[i].known) continue;
        number[i] = int(map.points.size());
        map.points.push_back(raw.points[i].at);
    }
    return number;
}

BorderGrid grid_of_borders(RawRoads& raw) {
    BorderGrid grid;
    for (const auto& border : raw.borders) {
        for (std::size_t i = 1; i < border.count; ++i) {
            const auto* a = find_point(raw, raw.refs[border.first + i - 1]);
            const auto* b = find_point(raw, raw.refs[border.first + i]);
            if (a->known && b->known) grid.add(a->at, b->at);
        }
    }
    return grid;
}

/// Adds the segments of one way.
void add_segments(RawRoads& raw, const RawWay& way, const std::vector<int>& number, const BorderGrid& borders,
                  RoadMap& map) {
    const auto* before = find_point(raw, raw.refs[way.first]);
    for (std::size_t i = 1; i < way.count; ++i) {
        const auto* here = find_point(raw, raw.refs[way.first + i]);
        const auto [a, b] = std::pair(before, here);
        before = here;
        if (a == b) continue;
        if (!a->known || !b->known) {
            ++map.left_out;
            continue;
        }
        auto marks = std::uint8_t(way.tags.marks | a->marks | b->marks);
        if (borders.crosses(a->at, b->at)) marks |= mark_border;
        map.segments.push_back(
            {number[std::size_t(a - raw.points.data())], number[std::size_t(b - raw.points.data())],
             great_circle_km(a->at.lat, a->at.lon, b->at.lat, b->at.lon), way.tags.kind, marks});
    }
}

/// The middle of the corners of an area that are known; a ring's last corner is its first.
bool place_area(RawRoads& raw, RawArea& area) {
    if (area.refs.size() > 1 && area.refs.front() == area.refs.back()) area.refs.pop_back();
    double lat = 0, lon = 0;
    int known = 0;
    for (const auto ref : area.refs) {
        const auto* point = find_point(raw, ref);
        if (!point->known) continue;
        lat += point->at.lat;
        lon += point->at.lon;
        ++known;
    }
    if (known == 0) return false;
    area.place.lat = lat / known;
    area.place.lon = lon / known;
    return true;
}

/// Places by identifier, once each, nodes before areas.
void collect_places(RawRoads& raw, RoadMap& map) {
    std::unordered_set<std::string> seen;
    const auto add = [&](PlaceNode& place) {
        if (seen.insert(place.id).second) map.places.push_back(std::move(place));
    };
    for (auto& place : raw.places) add(place);
    for (auto& area : raw.areas) {
        if (place_area(raw, area)) add(area.place);
    }
}

/// Border controls on roads, once each.
void collect_posts(RawRoads& raw, const std::vector<int>& number, RoadMap& map) {
    std::sort(raw.posts.begin(), raw.posts.end(),
              [](const RawPost& a, const RawPost& b) { return a.key < b.key; });
    std::int64_t before = -1;
    for (const auto& post : raw.posts) {
        const auto* point = find_point(raw, post.key);
        if (post.key == before || number[std::size_t(point - raw.points.data())] < 0) continue;
        before = post.key;
        const auto id = "OpenStreetMap node/" + std::to_string(post.key);
        map.posts.push_back({point->at, post.name, "border control, " + id, {id, 0, 0, 1}});
    }
}

}  // namespace

void list_points(RawRoads& raw) {
    std::vector<std::int64_t> keys = raw.refs;
    for (const auto& area : raw.areas) keys.insert(keys.end(), area.refs.begin(), area.refs.end());
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    raw.points.clear();
    raw.points.reserve(keys.size());
    for (const auto key : keys) raw.points.push_back({key, {}, 0, false});
}

RawPoint* find_point(RawRoads& raw, std::int64_t key) {
    const auto found = std::lower_bound(raw.points.begin(), raw.points.end(), key,
                                        [](const RawPoint& point, std::int64_t k) { return point.key < k; });
    return found != raw.points.end() && found->key == key ? &*found : nullptr;
}

RoadMap join_ways(RawRoads raw) {
    RoadMap map;
    sort_ways(raw.ways);
    const auto number = number_points(raw, map);
    const auto borders = grid_of_borders(raw);
    for (const auto& way : raw.ways) add_segments(raw, way, number, borders, map);
    map.ways = int(raw.ways.size());
    map.closed = raw.closed;
    map.deleted = raw.deleted;
    collect_places(raw, map);
    collect_posts(raw, number, map);
    return map;
}

}  // namespace nuzuh::region
