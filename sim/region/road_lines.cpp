#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/region/finding_at.hpp"
#include "sim/region/gdal.hpp"
#include "sim/region/road_files.hpp"
#include "sim/region/unpacked.hpp"

namespace nuzuh::region {
namespace {

using Json = nlohmann::json;

/// A point as its coordinates in units of 1e-7 degrees, latitude in the upper half.
std::int64_t key_of(RoadPoint at) {
    const auto units = [](double degrees) { return std::int64_t(std::llround(degrees * 1e7)); };
    return units(at.lat) * (std::int64_t(1) << 32) + units(at.lon);
}

/// A file that is being read: what it says goes to `raw`, what is wrong with it to `wrong`.
struct LineFile {
    const std::filesystem::path& file;
    bool tracks;
    RawRoads& raw;
    std::vector<RoadPoint>& at;  ///< of each of raw.refs
    Findings& wrong;
    std::size_t feature = 0;    ///< number of the one being read, from 1
    std::size_t with_kind = 0;  ///< features that have a column of kinds of roads
    std::string columns = {};   ///< of the first feature

    void complain(const std::string& message, const std::string& hint) const {
        const std::string where = feature > 0 ? fmt::format("feature {}: ", feature) : "";
        wrong.push_back(file_error(file, where + message, hint));
    }
};

const Json* member(const Json& object, const char* name) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(name);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

bool read_position(const Json& position, RoadPoint& at) {
    if (!position.is_array() || position.size() < 2 || !position[0].is_number() || !position[1].is_number())
        return false;
    at = {position[1].get<double>(), position[0].get<double>()};
    if (at.lon == 180)
        at.lon = -180;  // where lines are cut at the antimeridian (RFC 7946, 3.1.9), both ends are one point
    return std::abs(at.lat) <= 90 && std::abs(at.lon) <= 180;
}

void read_line(LineFile& in, const Json& line, RoadTags tags) {
    if (!line.is_array())
        return in.complain("coordinates are no list", "a LineString is a list of [longitude, latitude]");
    const RawWay way{std::int64_t(in.raw.ways.size()), in.raw.refs.size(), line.size(), tags};
    for (const auto& position : line) {
        RoadPoint at;
        if (!read_position(position, at)) {
            in.raw.refs.resize(way.first);
            in.at.resize(way.first);
            return in.complain(
                fmt::format("no position: {}",
                            position.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 60)),
                "longitude from -180 to 180, then latitude from -90 to 90");
        }
        in.raw.refs.push_back(key_of(at));
        in.at.push_back(at);
    }
    if (way.count > 1) in.raw.ways.push_back(way);
}

/// A key's value among other tags as GDAL writes them: "access"=>"no","bridge"=>"yes".
std::string_view among_others(std::string_view others, std::string_view key) {
    const auto wanted = fmt::format("\"{}\"=>\"", key);
    const auto at = others.find(wanted);
    if (at == others.npos) return "";
    const auto value = others.substr(at + wanted.size());
    return value.substr(0, value.find('"'));
}

std::string_view text_of(const Json* properties, const char* key) {
    const auto* value = properties ? member(*properties, key) : nullptr;
    if (value && value->is_boolean()) return value->get<bool>() ? "yes" : "no";
    return value && value->is_string() ? std::string_view(value->get_ref<const std::string&>()) : "";
}

/// A property under the name that OpenStreetMap has for it, or that an export gives it: Geofabrik's and Overture's kinds of roads are fclass and
/// class, and GDAL keeps what has no column in other_tags.
std::string_view property_of(const Json* properties, const char* key) {
    const auto own = text_of(properties, key);
    if (!own.empty()) return own;
    if (std::string_view(key) == "highway") {
        for (const char* other : {"HIGHWAY", "fclass", "FCLASS", "class"}) {
            const auto kind = text_of(properties, other);
            if (!kind.empty()) return kind;
        }
    }
    return among_others(text_of(properties, "other_tags"), key);
}

void read_feature(LineFile& in, const Json& feature) {
    const auto* properties = member(feature, "properties");
    const TagOf tag = [properties](const char* key) { return property_of(properties, key); };
    in.with_kind += !tag("highway").empty() || !tag("route").empty();
    if (in.columns.empty() && properties && properties->is_object()) {
        for (const auto& [name, value] : properties->items())
            in.columns += (in.columns.empty() ? "" : ", ") + name;
    }
    in.raw.closed += is_closed_road(tag, in.tracks);
    const auto road = road_of_tags(tag, in.tracks);
    if (!road) return;
    const auto* geometry = member(feature, "geometry");
    const auto* type = geometry ? member(*geometry, "type") : nullptr;
    const auto* coordinates = geometry ? member(*geometry, "coordinates") : nullptr;
    if (!type || !coordinates)
        return in.complain("a road without a geometry", "a LineString or MultiLineString");
    if (*type == "LineString") return read_line(in, *coordinates, *road);
    if (*type != "MultiLineString" || !coordinates->is_array())
        return in.complain(
            fmt::format("a road as {}", type->dump(-1, ' ', true, Json::error_handler_t::replace)),
            "a LineString or MultiLineString: export lines");
    for (const auto& line : *coordinates) read_line(in, line, *road);
}

/// Lines of which none says what kind of road it is.
void say_kindless(LineFile& in) {
    if (in.feature == 0 || in.with_kind > 0) return;
    const auto features = std::exchange(in.feature, 0);
    in.complain(
        fmt::format(
            "none of {} lines says what kind of road it is: there is no column 'highway' or 'fclass', of {}",
            features, in.columns.empty() ? "none" : in.columns),
        "call the column of kinds 'highway', with trunk, primary, secondary, tertiary or track in it");
}

void read_layers_of_lines(LineFile in) {
    const auto found = read_layers(in.file, [&](const std::string&, std::string_view feature) {
        ++in.feature;
        read_feature(in, Json::parse(feature, nullptr, false));
    });
    in.wrong.insert(in.wrong.end(), found.begin(), found.end());
    if (!has_errors(found)) say_kindless(in);
}

void read_line_file(LineFile in) {
    if (is_vector_of_gdal(in.file)) return read_layers_of_lines(in);
    if (ending_of(in.file) == ".zip") {
        const Unpacked inside(in.file, {".geojson", ".json"});
        if (inside.files().empty() && inside.findings().empty())
            in.complain("holds no lines", "a shapefile, GeoPackage or GeoJSON");
        append(in.wrong, inside.findings());
        for (const auto& file : inside.files()) {
            Findings wrong;
            read_line_file({file, in.tracks, in.raw, in.at, wrong});
            append(in.wrong, inside.rename(std::move(wrong)));
        }
        return;
    }
    std::ifstream stream(in.file, std::ios::binary);
    if (!stream) return in.complain("can't be read", "");
    Json all;
    try {
        all = Json::parse(stream);
    } catch (const Json::exception& broken) {
        return in.complain(fmt::format("is no JSON: {}", broken.what()), "a GeoJSON file of roads as lines");
    }
    const auto* features = member(all, "features");
    if (!features || !features->is_array())
        return in.complain("has no list 'features'", "a GeoJSON FeatureCollection of roads as lines");
    for (const auto& feature : *features) {
        ++in.feature;
        read_feature(in, feature);
    }
    say_kindless(in);
    if (all.value("exceededTransferLimit", false))
        in.complain("the server has more than it gave (exceededTransferLimit)", "ask for less at a time");
}

}  // namespace

void read_road_lines(const std::vector<std::filesystem::path>& files, const RoadSpec& spec, RawRoads& raw,
                     Findings& wrong) {
    std::vector<RoadPoint> at;
    for (const auto& file : files) read_line_file({file, spec.tracks, raw, at, wrong});
    list_points(raw);
    for (std::size_t i = 0; i < at.size(); ++i) {
        auto* point = find_point(raw, raw.refs[i]);
        point->at = at[i];
        point->known = true;
    }
}

}  // namespace nuzuh::region
