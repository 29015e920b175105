#include <exception>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "sim/region/road_files.hpp"

#ifdef NUZUH_OSMIUM
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/visitor.hpp>
#endif

namespace nuzuh::region {

#ifdef NUZUH_OSMIUM

namespace {

TagOf tags_of(const osmium::OSMObject& object) {
    return [&object](const char* key) { return std::string_view(object.tags().get_value_by_key(key, "")); };
}

PlaceNode place_of(const TagOf& tag, std::string id) {
    PlaceNode place;
    place.id = std::move(id);
    place.name = tag("name:en").empty() ? tag("name") : tag("name:en");
    place.name_ar = tag("name:ar");
    place.kind = tag("place");
    place.population = tag("population");
    place.country = tag("is_in:country_code");
    return place;
}

RawWay raw_way(const osmium::Way& way, RawRoads& raw, RoadTags tags = {}) {
    const RawWay added{way.id(), raw.refs.size(), way.nodes().size(), tags};
    for (const auto& node : way.nodes()) raw.refs.push_back(node.ref());
    return added;
}

/// First pass: ways that are roads, borders or places, by the identifiers of their nodes.
struct WayReader : osmium::handler::Handler {
    RawRoads& raw;
    bool tracks;
    WayReader(RawRoads& r, bool t) : raw(r), tracks(t) {}

    void way(const osmium::Way& way) const {
        const auto tag = tags_of(way);
        if (!tag("place").empty()) {
            RawArea area{place_of(tag, fmt::format("way/{}", way.id())), {}};
            for (const auto& node : way.nodes()) area.refs.push_back(node.ref());
            raw.areas.push_back(std::move(area));
        }
        if (is_border(tag)) raw.borders.push_back(raw_way(way, raw));
        if (way.nodes().size() < 2) return;
        if (const auto road = road_of_tags(tag, tracks)) raw.ways.push_back(raw_way(way, raw, *road));
    }
};

/// Second pass: where the nodes of those ways are, and nodes that are places.
struct NodeReader : osmium::handler::Handler {
    RawRoads& raw;
    explicit NodeReader(RawRoads& r) : raw(r) {}

    void node(const osmium::Node& node) const {
        if (!node.location().valid()) return;
        const RoadPoint at{node.location().lat(), node.location().lon()};
        if (auto* point = find_point(raw, node.id())) {
            point->at = at;
            point->known = true;
            if (!node.tags().empty()) point->marks = marks_of_node(tags_of(node));
            if (point->marks & mark_border) {
                const auto tag = tags_of(node);
                raw.posts.push_back(
                    {node.id(), std::string(tag("name:en").empty() ? tag("name") : tag("name:en"))});
            }
        }
        if (node.tags().empty() || !node.tags().has_key("place")) return;
        raw.places.push_back(place_of(tags_of(node), fmt::format("node/{}", node.id())));
        raw.places.back().lat = at.lat;
        raw.places.back().lon = at.lon;
    }
};

template <class Pass>
bool read_pass(const std::filesystem::path& file, osmium::osm_entity_bits::type what, Pass pass,
               Findings& wrong) {
    try {
        osmium::io::Reader reader(osmium::io::File(file.string()), what);
        osmium::apply(reader, pass);
        reader.close();
        return true;
    } catch (const std::exception& broken) {
        wrong.push_back(file_error(file,
                                   fmt::format("can't be read as OpenStreetMap data: {}", broken.what()),
                                   "a copy that broke off while loading looks like this: get the extract "
                                   "again, and compare its MD5"));
        return false;
    }
}

}  // namespace

void read_osm(const std::vector<std::filesystem::path>& files, const RoadSpec& spec, RawRoads& raw,
              Findings& wrong) {
    bool whole = true;
    for (const auto& file : files)
        whole = read_pass(file, osmium::osm_entity_bits::way, WayReader(raw, spec.tracks), wrong) && whole;
    if (!whole) return;
    list_points(raw);
    for (const auto& file : files) read_pass(file, osmium::osm_entity_bits::node, NodeReader(raw), wrong);
}

#else

void read_osm(const std::vector<std::filesystem::path>& files, const RoadSpec&, RawRoads&, Findings& wrong) {
    wrong.push_back(file_error(
        files.front(), "this program was built without the reader of OpenStreetMap files",
        "install libosmium2-dev (Debian, Ubuntu) and build again, or give the roads as GeoJSON lines"));
}

#endif

}  // namespace nuzuh::region
