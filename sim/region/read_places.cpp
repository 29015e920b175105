#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "sim/region/place_list.hpp"
#include "sim/region/unpacked.hpp"

namespace nuzuh::region {
namespace {

namespace fs = std::filesystem;

/// Whether the first line may be one of a dump of GeoNames: a look that spares reading every other file twice.
bool begins_as_geonames(const fs::path& file) {
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);
    return std::count(line.begin(), line.end(), '\t') == 18;
}

/// Reads a dump of GeoNames, also one in a ZIP. Gives whether the file is one.
bool read_geonames(const fs::path& file, const std::set<std::string>& kinds, PlaceList& places) {
    const auto take = [&](const fs::path& dump, std::string name) {
        if (!begins_as_geonames(dump)) return false;
        auto rows = read_tabs(dump);
        if (!rows || !is_geonames(*rows)) return false;
        rows->name = std::move(name);
        add_geonames(*rows, kinds, places);
        return true;
    };
    if (take(file, file.string())) return true;
    if (names_in_zip(file, {".txt"}).empty()) return false;
    const Unpacked inside(file, {".txt"});
    return std::any_of(inside.files().begin(), inside.files().end(),
                       [&](const fs::path& one) { return take(one, inside.name_of(one)); });
}

/// Whether a table is of places, that may have the codes of their units; those of units say since when they are in force.
bool names_places(const Sheet& sheet) {
    return sheet.column({"name", "place"}) && !sheet.column({"validon", "validto", "validfrom"});
}

void read_places(const fs::path& file, const GazetteerOptions& options, PlaceList& places) {
    if (read_geonames(file, options.kinds, places)) return;
    const auto sheet = read_sheet(file, [&](const Sheet& one) { return suits_level(one, options.level); });
    places.say(sheet.findings());
    if (!sheet) return;
    const int level = names_places(*sheet) ? -1 : UnitColumns(*sheet).deepest();
    if (level < 0) return add_named_places(*sheet, options.kinds, places);
    if (options.level && level != *options.level)
        places.say(sheet->error(
            fmt::format("no units of level {}: this table is of level {}", *options.level, level)));
    add_units(*sheet, std::size_t(level), places);
}

}  // namespace

void add_osm_places(const GazetteerOptions& options, PlaceList& places) {
    std::map<std::string, int> left_out;
    for (const auto& node : options.osm) {
        if (node.name.empty() || !takes_kind(options.kinds, node.kind)) {
            ++left_out[node.name.empty() ? "without a name" : node.kind];
            continue;
        }
        PlaceSettings place;
        place.name = node.name;
        place.name_ar = node.name_ar;
        place.lat = node.lat;
        place.lon = node.lon;
        place.country = node.country;
        place.source = fmt::format("OpenStreetMap {}", node.id);
        place.population = people_in(node.population);
        const Location row{"OpenStreetMap " + node.id, 0, 0, 1};
        if (!node.id.starts_with("node"))
            places.note(row, fmt::format("'{}' is an area: its middle stands for it", node.name));
        if (place.population == 0)
            places.note(row, fmt::format("'{}' has no population that can be read ('{}'): 0", node.name,
                                         node.population));
        else if (node.population.find_first_not_of("0123456789") != std::string::npos)
            places.note(row, fmt::format("'{}': population '{}' is read as {:.0f}", node.name,
                                         node.population, place.population));
        places.add(std::move(place), {}, row);
    }
    places.note_left_out({"OpenStreetMap", {}, {}}, left_out, "");
}

Result<Gazetteer> read_gazetteer(const std::vector<fs::path>& files, const GazetteerOptions& options) {
    PlaceList places;
    for (const auto& file : files) read_places(file, options, places);
    if (!options.osm.empty()) add_osm_places(options, places);
    return places.done();
}

}  // namespace nuzuh::region
