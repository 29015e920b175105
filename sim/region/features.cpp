#include "sim/region/features.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/region/gdal.hpp"

namespace nuzuh::region {
namespace {

using Json = nlohmann::json;

Polygon polygon_of(const Json& rings) {
    Polygon polygon;
    for (const auto& ring : rings) {
        auto& corners = polygon.emplace_back();
        for (const auto& corner : ring)
            corners.push_back({corner.at(0).get<double>(), corner.at(1).get<double>()});
    }
    return polygon;
}

std::vector<Polygon> polygons_of(const Json& geometry) {
    std::vector<Polygon> area;
    const auto& type = geometry.at("type").get_ref<const std::string&>();
    if (type == "Polygon") area.push_back(polygon_of(geometry.at("coordinates")));
    if (type == "MultiPolygon") {
        for (const auto& part : geometry.at("coordinates")) area.push_back(polygon_of(part));
    }
    return area;
}

/// The point of a point, also where several points are one.
std::optional<std::array<double, 2>> point_of(const Json& geometry) {
    const auto& type = geometry.at("type").get_ref<const std::string&>();
    const auto& at = geometry.at("coordinates");
    if (type == "Point") return std::array{at.at(0).get<double>(), at.at(1).get<double>()};
    if (type == "MultiPoint" && at.size() == 1)
        return std::array{at[0].at(0).get<double>(), at[0].at(1).get<double>()};
    return {};
}

std::string text_of(const Json& value) {
    if (value.is_null()) return "";
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// A list of objects, as interfaces give it, is a table without geometry: features, data, result, Result, items, ...
const Json* features_of(const Json& file) {
    if (file.is_array()) return &file;
    if (!file.is_object()) return nullptr;
    if (const auto features = file.find("features"); features != file.end() && features->is_array())
        return &*features;
    for (const auto& [key, value] : file.items()) {
        if (value.is_array() && !value.empty() && value.front().is_object()) return &value;
    }
    return nullptr;
}

/// What the answer of an interface says that it does not hold: pages behind it, or features over the limit of a server.
void say_parts(const Json& file, const Sheet& sheet, Findings& notes) {
    if (!file.is_object()) return;
    for (const auto& [name, value] : file.items()) {
        const auto key = column_key(name);
        const bool pages = key == "totalpages" || key == "maxpages" || key == "lastpage";
        if (pages && value.is_number() && value.get<double>() > 1)
            notes.push_back(sheet.warning({}, fmt::format("one page of {:.0f}", value.get<double>()),
                                          "give the other pages too, as files of their own"));
        const bool over = key == "exceededtransferlimit" && value.is_boolean() && value.get<bool>();
        if (over)
            notes.push_back(sheet.error("the server has more than it gave (exceededTransferLimit)",
                                        "ask for less at a time, or get the file that it offers"));
        if (key == "properties") say_parts(value, sheet, notes);
    }
}

class FeatureReader {
public:
    /// @param number  of the last feature that was read
    FeatureReader(Sheet& sheet, Findings& wrong, int& number)
        : sheet_(sheet), wrong_(wrong), number_(number) {}

    void read(const Json& feature) {
        SheetRow row{++number_, {}};
        if (!feature.is_object()) {
            wrong_.push_back(sheet_.error(row, "a feature is no object"));
            return;
        }
        const bool has_geometry = feature.contains("geometry") || feature.contains("properties");
        const Json& properties =
            has_geometry && feature.contains("properties") ? feature["properties"] : feature;
        if (properties.is_object()) {
            for (const auto& [key, value] : properties.items()) set(row, column_key(key), text_of(value));
        }
        if (has_geometry) place(row, feature.value("geometry", Json()));
        sheet_.rows.push_back(std::move(row));
    }

private:
    void place(SheetRow& row, const Json& geometry) {
        if (!geometry.is_object()) return;
        try {
            row.area = polygons_of(geometry);
            const auto point = row.area.empty() ? point_of(geometry) : point_inside(row.area);
            if (!point) return;
            set(row, "lon", fmt::format("{}", (*point)[0]));
            set(row, "lat", fmt::format("{}", (*point)[1]));
            if (std::abs((*point)[1]) > 90 || std::abs((*point)[0]) > 180)
                wrong_.push_back(sheet_.error(row, "coordinates that are no degrees",
                                              "ogr2ogr -t_srs EPSG:4326 new.geojson FILE"));
        } catch (const Json::exception&) {
            wrong_.push_back(
                sheet_.error(row, "coordinates that are none", "RFC 7946: [longitude, latitude]"));
        }
    }

    void set(SheetRow& row, const std::string& key, std::string text) {
        auto found = sheet_.column(key);
        if (!found) {
            found = sheet_.columns.size();
            sheet_.columns.push_back(key);
        }
        row.cells.resize(std::max(row.cells.size(), *found + 1));
        row.cells[*found] = std::move(text);
    }

    Sheet& sheet_;
    Findings& wrong_;
    int& number_;
};

Result<std::vector<Sheet>> read_geojson(const std::filesystem::path& file) {
    Sheet sheet{file.string(), {}, {}};
    std::ifstream in(file);
    if (!in) return Findings{sheet.error("this file can't be opened")};
    const Json whole = Json::parse(in, nullptr, false);
    if (whole.is_discarded()) return Findings{sheet.error("this is no JSON")};
    if (whole.is_object() && whole.contains("crs") &&
        whole["crs"].dump().find("CRS84") == std::string::npos &&
        whole["crs"].dump().find("4326") == std::string::npos)
        return Findings{sheet.error("coordinates of another reference system than WGS 84",
                                    "ogr2ogr -t_srs EPSG:4326 new.geojson " + file.filename().string())};
    const Json* features = features_of(whole);
    if (!features) return Findings{sheet.error("no features, and no list of records")};
    Findings wrong;
    int number = 0;
    FeatureReader reader(sheet, wrong, number);
    for (const auto& feature : *features) reader.read(feature);
    if (sheet.rows.empty()) wrong.push_back(sheet.error("no features"));
    say_parts(whole, sheet, wrong);
    if (has_errors(wrong)) return wrong;
    return {std::vector{std::move(sheet)}, wrong};
}

Result<std::vector<Sheet>> read_by_gdal(const std::filesystem::path& file, const SheetScore& suits) {
    std::vector<std::pair<Sheet, int>> layers;  // and how many features each has
    Findings wrong;
    const auto found = read_layers(file, [&](const std::string& layer, std::string_view feature) {
        const std::string name = fmt::format("{} ({})", file.string(), layer);
        if (layers.empty() || layers.back().first.name != name) layers.push_back({Sheet{name, {}, {}}, 0});
        auto& [sheet, features] = layers.back();
        const Json read = Json::parse(feature, nullptr, false);
        FeatureReader(sheet, wrong, features).read(read);
    });
    if (has_errors(found)) return found;
    if (!wrong.empty()) return wrong;
    std::vector<Sheet> sheets;
    for (auto& [sheet, features] : layers) sheets.push_back(std::move(sheet));
    auto best = best_of(std::move(sheets), suits, file);
    if (!best) return best.findings();
    return {std::move(*best), found};
}

}  // namespace

Result<std::vector<Sheet>> read_features(const std::filesystem::path& file, const SheetScore& suits) {
    return is_vector_of_gdal(file) ? read_by_gdal(file, suits) : read_geojson(file);
}

}  // namespace nuzuh::region
