// Roads of a region from open data, and the routes between towns that they come to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"

namespace nuzuh::region {

/// What a piece of road is, as far as speed on it goes; `ferry` is water between two piers.
enum class RoadKind : std::uint8_t { highway, primary, secondary, track, ferry };
inline constexpr int road_kinds = 5;

/// What a planner should know of a piece of road: bits of RoadSegment::marks.
enum RoadMark : std::uint8_t {
    mark_bridge = 1,
    mark_ford = 2,
    mark_border = 4,
    mark_ferry = 8,
    mark_closed = 16
};

/// A point at which roads bend or meet.
struct RoadPoint {
    double lat = 0;  ///< [degrees north]
    double lon = 0;  ///< [degrees east]
};

/// A straight piece of road between two points, passable both ways.
struct RoadSegment {
    int a = 0, b = 0;  ///< in RoadMap::points
    double km = 0;     ///< on the great circle
    RoadKind kind = RoadKind::secondary;
    std::uint8_t marks = 0;
};

/// A node or an area that OpenStreetMap calls a place, as it stands there.
struct PlaceNode {
    std::string id;          ///< `node/1` or `way/107`
    std::string name;        ///< name:en, else name
    std::string name_ar;     ///< name:ar
    std::string kind;        ///< city, town, village, suburb, hamlet, ...
    std::string population;  ///< as text: `85,000`, `about 3000`, or nothing
    std::string country;     ///< is_in:country_code, or nothing
    double lat = 0;          ///< [degrees north]; of an area, the middle of its corners
    double lon = 0;          ///< [degrees east]
};

/// Where a road may leave the country.
struct BorderPost {
    RoadPoint at;
    std::string name;    ///< of the border control; "" where there is none
    std::string source;  ///< how it is known
    Location row;        ///< where it stands
};

/// All roads of an extract, split wherever they meet.
struct RoadMap {
    std::vector<RoadPoint> points;      ///< in the order of their identifiers
    std::vector<RoadSegment> segments;  ///< in the order of their ways
    std::vector<PlaceNode> places;      ///< in the order of their identifiers; none from GeoJSON
    std::vector<BorderPost> posts;      ///< border controls on roads, in the order of their identifiers
    int ways = 0;                       ///< roads and ferries that were taken
    int left_out = 0;                   ///< segments of which an end is not in the file
    std::size_t closed = 0;             ///< roads that are tagged as closed to cars: they are not here
    std::size_t deleted = 0;            ///< objects that JOSM marks as deleted: they are not here
};

/// What becomes of roads on their way to routes.
struct RoadSpec {
    bool tracks = false;      ///< take highway=track and service too
    bool forks = true;        ///< make a place where routes part; without, routes may share a road
    double off_road_km = 5;   ///< farthest that a town may lie from the road it is joined to; judgement
    double near_road_km = 2;  ///< from here on a town's way to its road is said; judgement
    double detour = 1.03;     ///< how much longer a way over kept routes stands for a pair's own; judgement
    double fork_km = 0.5;     ///< forks nearer than this may become one; judgement
};

/// What roads are contracted onto.
struct Town {
    std::string id, name;
    double lat = 0;  ///< [degrees north]
    double lon = 0;  ///< [degrees east]
};

/// A road between two towns or forks, as routes.csv has it.
struct RouteLine {
    std::string from, to;    ///< identifiers of towns or forks
    double km = 0;           ///< length by road
    std::string road_class;  ///< the one of the longest part: highway, primary, secondary or track
    std::string status;      ///< open, or closed where a barrier on it lets nobody through
    std::string notes;       ///< `bridge; ferry 8.9 km; ford; border`, or nothing
};

/// A place of no people and no room at which routes part.
struct Fork {
    std::string id;
    double lat = 0;  ///< [degrees north]
    double lon = 0;  ///< [degrees east]
};

/// Routes between towns that stand for all roads.
struct RoadNetwork {
    std::vector<Fork> forks;
    std::vector<RouteLine> routes;
    Findings notes;  ///< warnings: towns off the road, parts that nothing joins
};

/// Reads roads from OpenStreetMap (.osm.pbf, .osm, .osm.gz) or from lines in GeoJSON with the columns of the Humanitarian
/// OpenStreetMap Team's exports; several files of one form are laid together.
///
/// Roads are ways that cars use: highway from motorway to residential and living_street, and ferries; not what is being
/// built, closed to cars (access=no) or an area. A one-way road counts in both directions, since people flee against the
/// traffic. Where a point of a way is not in the file, the two segments at it are left out, and counted.
/// @return  every file that can't be read; a note on what was left out
/// Source   wiki.openstreetmap.org, Key:highway and Tag:route=ferry; export.hotosm.org
Result<RoadMap> read_roads(const std::vector<std::filesystem::path>& files, const RoadSpec& spec);

/// Contracts roads onto towns.
///
/// Towns are joined to the nearest point of a road. Of all pairs of towns, by length, those are kept that the roads kept
/// before do not join within `spec.detour` times the shortest way. With `spec.forks` the roads of kept pairs are laid
/// together, so that a road that several pairs use is one route.
/// @param towns  with identifiers of their own
/// @return  the same for the same input, on any number of threads
/// Source   greedy spanner: Althöfer, Das, Dobkin, Joseph & Soares, Discrete & Computational Geometry 9 (1993) 81-100
RoadNetwork contract_roads(const RoadMap& roads, const std::vector<Town>& towns, const RoadSpec& spec);

}  // namespace nuzuh::region
