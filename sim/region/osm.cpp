#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "sim/region/road_files.hpp"

#ifdef NUZUH_OSMIUM
#include <osmium/io/compression.hpp>
#include <osmium/io/detail/read_write.hpp>
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

/// Objects that the editor JOSM has deleted in what it loaded: it saves them with action="delete", which the library
/// does not read.
struct DeletedObjects {
    std::unordered_set<std::int64_t> nodes, ways;
};

std::string_view attribute(std::string_view tag, std::string_view name) {
    for (std::size_t at = 0; (at = tag.find(name, at)) != tag.npos; at += name.size()) {
        const std::string_view after = tag.substr(at + name.size());
        if (at == 0 || tag[at - 1] != ' ' || after.size() < 2 || after[0] != '=') continue;
        return after.substr(2, after.find(after[1], 2) - 2);
    }
    return {};
}

/// Of a file in XML; other forms have no such mark.
///
/// @throws  std::exception where the file cannot be read
DeletedObjects deleted_in(const std::filesystem::path& path) {
    const osmium::io::File file(path.string());
    DeletedObjects deleted;
    if (file.format() != osmium::io::file_format::xml) return deleted;
    const auto text = osmium::io::CompressionFactory::instance().create_decompressor(
        file.compression(), osmium::io::detail::open_for_reading(path.string()));
    std::string ahead;  // what is read and not looked at
    for (std::string more = text->read(); !more.empty(); more = text->read()) {
        ahead += more;
        std::size_t at = 0;
        for (std::size_t open, close;
             (open = ahead.find('<', at)) != ahead.npos && (close = ahead.find('>', open)) != ahead.npos;
             at = close + 1) {
            const auto tag = std::string_view(ahead).substr(open + 1, close - open - 1);
            if (attribute(tag, "action") != "delete") continue;
            const auto id = std::atoll(std::string(attribute(tag, "id")).c_str());
            if (tag.starts_with("way ")) deleted.ways.insert(id);
            if (tag.starts_with("node ")) deleted.nodes.insert(id);
        }
        ahead.erase(0, at);
    }
    text->close();
    return deleted;
}

/// First pass: ways that are roads, borders or places, by the identifiers of their nodes.
struct WayReader : osmium::handler::Handler {
    RawRoads& raw;
    const DeletedObjects& deleted;
    bool tracks;
    WayReader(RawRoads& r, const DeletedObjects& d, bool t) : raw(r), deleted(d), tracks(t) {}

    void way(const osmium::Way& way) const {
        if (deleted.ways.contains(way.id())) return;
        const auto tag = tags_of(way);
        if (!tag("place").empty()) {
            RawArea area{place_of(tag, fmt::format("way/{}", way.id())), {}};
            for (const auto& node : way.nodes()) area.refs.push_back(node.ref());
            raw.areas.push_back(std::move(area));
        }
        if (is_border(tag)) raw.borders.push_back(raw_way(way, raw));
        if (way.nodes().size() < 2) return;
        if (const auto road = road_of_tags(tag, tracks)) raw.ways.push_back(raw_way(way, raw, *road));
        raw.closed += is_closed_road(tag, tracks);
    }
};

/// Second pass: where the nodes of those ways are, and nodes that are places.
struct NodeReader : osmium::handler::Handler {
    RawRoads& raw;
    const DeletedObjects& deleted;
    NodeReader(RawRoads& r, const DeletedObjects& d) : raw(r), deleted(d) {}

    void node(const osmium::Node& node) const {
        if (!node.location().valid() || deleted.nodes.contains(node.id())) return;
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

template <class Read>
bool could(Read read, const std::filesystem::path& file, Findings& wrong) {
    try {
        read();
        return true;
    } catch (const std::exception& broken) {
        wrong.push_back(file_error(file,
                                   fmt::format("can't be read as OpenStreetMap data: {}", broken.what()),
                                   "a copy that broke off while loading looks like this: get the extract "
                                   "again, and compare its MD5"));
        return false;
    }
}

template <class Pass>
void read_pass(const std::filesystem::path& file, osmium::osm_entity_bits::type what, Pass pass) {
    osmium::io::Reader reader(osmium::io::File(file.string()), what);
    osmium::apply(reader, pass);
    reader.close();
}

}  // namespace

void read_osm(const std::vector<std::filesystem::path>& files, const RoadSpec& spec, RawRoads& raw,
              Findings& wrong) {
    std::vector<DeletedObjects> deleted(files.size());
    bool whole = true;
    for (std::size_t f = 0; f < files.size(); ++f) {
        const auto read = [&] {
            deleted[f] = deleted_in(files[f]);
            read_pass(files[f], osmium::osm_entity_bits::way, WayReader(raw, deleted[f], spec.tracks));
        };
        whole = could(read, files[f], wrong) && whole;
        raw.deleted += deleted[f].ways.size() + deleted[f].nodes.size();
    }
    if (!whole) return;
    list_points(raw);
    for (std::size_t f = 0; f < files.size(); ++f) {
        const auto read = [&] {
            read_pass(files[f], osmium::osm_entity_bits::node, NodeReader(raw, deleted[f]));
        };
        could(read, files[f], wrong);
    }
}

#else

void read_osm(const std::vector<std::filesystem::path>& files, const RoadSpec&, RawRoads&, Findings& wrong) {
    wrong.push_back(file_error(
        files.front(), "this program was built without the reader of OpenStreetMap files",
        "install libosmium2-dev (Debian, Ubuntu) and build again, or give the roads as GeoJSON lines"));
}

#endif

}  // namespace nuzuh::region
