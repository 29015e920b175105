#include "sim/region/features.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nuzuh::region {
namespace {

using Json = nlohmann::json;
using Ring = std::vector<std::array<double, 2>>;  // longitude, latitude
using Polygon = std::vector<Ring>;

double area_of(const Ring& ring) {
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

std::optional<std::array<double, 2>> point_inside(const Polygon& polygon) {
    if (polygon.empty() || polygon.front().size() < 4) return {};
    double south = 90, north = -90;
    for (const auto& corner : polygon.front()) {
        south = std::min(south, corner[1]);
        north = std::max(north, corner[1]);
    }
    const double lat = (south + north) / 2;
    const auto at = crossings(polygon, lat);
    double widest = -1, lon = 0;
    for (std::size_t i = 0; i + 1 < at.size(); i += 2) {
        if (at[i + 1] - at[i] <= widest) continue;
        widest = at[i + 1] - at[i];
        lon = (at[i] + at[i + 1]) / 2;
    }
    if (widest < 0) return {};
    return std::array{lon, lat};
}

std::optional<std::array<double, 2>> middle_of(const Json& geometry) {
    if (!geometry.is_object()) return {};
    const auto& type = geometry.at("type").get_ref<const std::string&>();
    const auto& at = geometry.at("coordinates");
    if (type == "Point") return std::array{at.at(0).get<double>(), at.at(1).get<double>()};
    const auto polygon_of = [](const Json& rings) {
        Polygon polygon;
        for (const auto& ring : rings) {
            auto& corners = polygon.emplace_back();
            for (const auto& corner : ring)
                corners.push_back({corner.at(0).get<double>(), corner.at(1).get<double>()});
        }
        return polygon;
    };
    if (type == "Polygon") return point_inside(polygon_of(at));
    if (type != "MultiPolygon") return {};
    Polygon largest;
    for (const auto& part : at) {
        Polygon polygon = polygon_of(part);
        if (!polygon.empty() && (largest.empty() || area_of(polygon.front()) > area_of(largest.front())))
            largest = std::move(polygon);
    }
    return point_inside(largest);
}

std::string text_of(const Json& value) {
    if (value.is_null()) return "";
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// A list of objects, as interfaces give it, is a table without geometry.
const Json* features_of(const Json& file) {
    if (file.is_array()) return &file;
    if (!file.is_object()) return nullptr;
    for (const char* key : {"features", "data", "result", "results"}) {
        if (file.contains(key) && file[key].is_array()) return &file[key];
    }
    return nullptr;
}

class FeatureReader {
public:
    FeatureReader(Sheet& sheet, Findings& wrong) : sheet_(sheet), wrong_(wrong) {}

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
        try {
            if (const auto point =
                    has_geometry ? middle_of(feature.value("geometry", Json())) : std::nullopt) {
                set(row, "lon", fmt::format("{}", (*point)[0]));
                set(row, "lat", fmt::format("{}", (*point)[1]));
            }
        } catch (const Json::exception&) {
            wrong_.push_back(
                sheet_.error(row, "coordinates that are none", "RFC 7946: [longitude, latitude]"));
        }
        sheet_.rows.push_back(std::move(row));
    }

private:
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
    int number_ = 0;
};

}  // namespace

Result<Sheet> read_features(const std::filesystem::path& file) {
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
    FeatureReader reader(sheet, wrong);
    for (const auto& feature : *features) reader.read(feature);
    if (sheet.rows.empty()) wrong.push_back(sheet.error("no features"));
    if (!wrong.empty()) return wrong;
    return sheet;
}

}  // namespace nuzuh::region
