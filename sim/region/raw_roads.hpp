// Ways and points as files hold them, before they are joined.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/region/road_tags.hpp"

namespace nuzuh::region {

/// A way of a file; its points are `RawRoads::refs[first .. first + count)`.
struct RawWay {
    std::int64_t id = 0;
    std::size_t first = 0, count = 0;
    RoadTags tags;
};

/// An area that is called a place, whose middle is not known yet.
struct RawArea {
    PlaceNode place;
    std::vector<std::int64_t> refs;
};

/// A point that ways name; marks are those of a node.
struct RawPoint {
    std::int64_t key = 0;
    RoadPoint at;
    std::uint8_t marks = 0;
    bool known = false;  ///< whether the file holds it
};

/// A border control.
struct RawPost {
    std::int64_t key = 0;
    std::string name;
};

/// What files say of roads, by the keys of points.
struct RawRoads {
    std::vector<RawWay> ways;
    std::vector<RawWay> borders;
    std::vector<RawArea> areas;
    std::vector<std::int64_t> refs;
    std::vector<RawPoint> points;   ///< by key, once each: those that ways, borders or areas name
    std::vector<PlaceNode> places;  ///< nodes
    std::vector<RawPost> posts;
    std::size_t closed = 0;   ///< roads that are tagged as closed to cars: they are not here
    std::size_t deleted = 0;  ///< objects that JOSM marks as deleted: they are not here
};

/// Lists each point that a way, border or area names, once, by key, not yet known.
void list_points(RawRoads& raw);

/// The point with a key; null where no way names it.
RawPoint* find_point(RawRoads& raw, std::int64_t key);

/// Joins ways at the points they share. A way that stands in two files counts once; segments without a known end are
/// left out and counted; segments that cross a border between countries are marked.
RoadMap join_ways(RawRoads raw);

}  // namespace nuzuh::region
