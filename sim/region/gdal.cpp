#include "sim/region/gdal.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/region/finding_at.hpp"
#include "sim/region/run_program.hpp"
#include "sim/region/unpacked.hpp"
#include "sim/scenario/source.hpp"
#include "sim/scenario/windows_1252.hpp"

namespace nuzuh::region {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using EachLine = std::function<void(std::string_view)>;

const std::vector<std::string> vectors{".shp", ".gpkg"}, grids{".tif", ".tiff"};

/// Tables of Esri's file geodatabases, which are folders, in a ZIP.
std::vector<std::string> databases_in(const fs::path& file) { return names_in_zip(file, {".gdbtable"}); }

/// Programs of GDAL at work on a file; what is wrong with it goes to `found`.
class Gdal {
public:
    Gdal(const fs::path& file, Findings& found) : file_(file), found_(found) {}

    void complain(std::string message, std::string hint = "") const {
        found_.push_back(
            finding_at(Severity::error, {file_.string(), 0, 0, 1}, std::move(message), std::move(hint)));
    }
    void warn(std::string message, std::string hint) const {
        found_.push_back(
            finding_at(Severity::warning, {file_.string(), 0, 0, 1}, std::move(message), std::move(hint)));
    }

    /// Runs one of the programs. Any error counts, also where the program goes on: a file that broke off does not stop it.
    bool run(const std::vector<std::string>& words, const EachLine& line,
             const std::string& input = "") const {
        const auto end = run_program(words, input, line);
        if (!end.found) {
            complain(fmt::format("{} is read by GDAL, and its program '{}' is not installed",
                                 ending_of(file_), words.front()),
                     "apt install gdal-bin (elsewhere: gdal.org/download.html); CSV, XLSX, GeoJSON and "
                     "OpenStreetMap "
                     "are read without it");
            return false;
        }
        const auto error = end.errors.find("ERROR ");
        if (end.status == 0 && error == std::string::npos) return true;
        std::string said = end.errors.substr(error == std::string::npos ? 0 : error);
        complain(fmt::format("{} says: {}", words.front(),
                             said.substr(0, std::min(said.find('\n'), std::size_t{300}))),
                 "a copy that broke off, or no file of that form");
        return false;
    }

    /// What GDAL opens: a file, or each file inside an archive that is of a known form.
    std::vector<std::string> sources() const {
        const std::string whole = fs::absolute(file_).string();
        if (ending_of(file_) != ".zip") return {whole};
        std::vector<std::string> inside;
        for (const auto& name : names_in_zip(file_, vectors))
            inside.push_back("/vsizip/" + whole + "/" + name);
        if (!databases_in(file_).empty() || inside.empty()) return {"/vsizip/" + whole};
        return inside;
    }

private:
    const fs::path& file_;
    Findings& found_;
};

struct LayerInfo {
    std::string name;
    bool has_reference_system = true;
};

std::vector<LayerInfo> layers_of(const Gdal& gdal, const std::string& source) {
    std::vector<LayerInfo> layers;
    constexpr std::string_view name = "Layer name: ", unknown = "(unknown)";
    gdal.run({"ogrinfo", "-ro", "-so", "-al", source}, [&](std::string_view line) {
        if (line.starts_with(name)) layers.push_back({std::string(line.substr(name.size()))});
        if (line == unknown && !layers.empty()) layers.back().has_reference_system = false;
    });
    return layers;
}

/// A grid as gdalinfo describes it.
struct GridInfo {
    std::size_t columns = 0, rows = 0;
    std::array<double, 6>
        at{};  ///< x = at[0] + column at[1] + row at[2], y = at[3] + column at[4] + row at[5]
    std::string reference_system;
    std::optional<double> no_data;

    bool is_in_degrees() const { return reference_system.starts_with("GEOG"); }
    std::array<double, 2> middle(std::size_t column, std::size_t row) const {
        const double c = double(column) + 0.5, r = double(row) + 0.5;
        return {at[0] + c * at[1] + r * at[2], at[3] + c * at[4] + r * at[5]};
    }
};

/// Cells that are read: 2 GiB of them.
constexpr std::size_t most_cells = std::size_t{1} << 28;

std::optional<GridInfo> grid_info(const Gdal& gdal, const std::string& source) {
    std::string text;
    if (!gdal.run({"gdalinfo", "-json", source},
                  [&](std::string_view line) { text.append(line).append("\n"); }))
        return {};
    try {
        const Json all = Json::parse(text);
        GridInfo grid;
        grid.columns = all.at("size").at(0).get<std::size_t>();
        grid.rows = all.at("size").at(1).get<std::size_t>();
        const auto& bands = all.at("bands");
        if (bands.size() != 1) {
            gdal.complain(fmt::format("a grid of {} bands: which of them counts people?", bands.size()),
                          "gdal_translate -b 1 FILE one.tif");
            return {};
        }
        if (bands[0].value("scale", 1.0) != 1 || bands[0].value("offset", 0.0) != 0) {
            gdal.complain("values that are stored by a scale and an offset",
                          "gdal_translate -unscale -ot Float64 FILE plain.tif");
            return {};
        }
        if (bands[0].contains("noDataValue") && bands[0]["noDataValue"].is_number())
            grid.no_data = bands[0]["noDataValue"].get<double>();
        grid.reference_system = all.value("coordinateSystem", Json::object()).value("wkt", "");
        if (!all.contains("geoTransform") || grid.reference_system.empty()) {
            gdal.complain("a grid that does not say where it lies",
                          "gdal_edit.py -a_srs EPSG:4326 -a_ullr W N E S FILE");
            return {};
        }
        for (std::size_t i = 0; i < grid.at.size(); ++i) grid.at[i] = all["geoTransform"].at(i).get<double>();
        if (grid.columns * grid.rows > most_cells) {
            gdal.complain(
                fmt::format("a grid of {} cells: at most {} are read", grid.columns * grid.rows, most_cells),
                "cut out the region: gdal_translate -projwin W N E S FILE region.tif");
            return {};
        }
        return grid;
    } catch (const Json::exception& wrong) {
        gdal.complain(fmt::format("gdalinfo describes it otherwise than is known: {}", wrong.what()));
        return {};
    }
}

struct Cell {
    std::array<double, 2> at;  ///< in the grid's reference system
    double value;
};

/// Turns middles of cells to degrees.
bool to_degrees(const Gdal& gdal, const GridInfo& grid, const std::vector<Cell>& cells,
                const CellVisit& visit) {
    std::string middles;
    for (const auto& cell : cells) middles += fmt::format("{} {}\n", cell.at[0], cell.at[1]);
    std::size_t done = 0;
    const auto turned = [&](std::string_view line) {
        double lon = 0, lat = 0;
        std::istringstream words{std::string(line)};
        if (words >> lon >> lat && done < cells.size()) visit(lat, lon, cells[done].value);
        ++done;
    };
    if (!gdal.run({"gdaltransform", "-s_srs", grid.reference_system, "-t_srs", "EPSG:4326"}, turned, middles))
        return false;
    if (done != cells.size())
        gdal.complain(fmt::format("{} of {} cells lie nowhere on the earth",
                                  cells.size() - std::min(done, cells.size()), cells.size()));
    return done == cells.size();
}

}  // namespace

bool is_vector_of_gdal(const fs::path& file) {
    const auto ending = ending_of(file);
    if (ending == ".gpkg" || ending == ".shp" || ending == ".gdb") return true;
    return !names_in_zip(file, {".shp", ".gpkg", ".gdbtable"}).empty();
}

bool is_grid_of_gdal(const fs::path& file) {
    const auto ending = ending_of(file);
    return ending == ".tif" || ending == ".tiff" || !names_in_zip(file, grids).empty();
}

Findings read_layers(const fs::path& file, const FeatureVisit& visit) {
    Findings found;
    const Gdal gdal(file, found);
    bool recoded = false;
    for (const auto& source : gdal.sources()) {
        for (const auto& layer : layers_of(gdal, source)) {
            if (!layer.has_reference_system)
                gdal.warn(
                    fmt::format("layer '{}' has no reference system: its coordinates are taken as degrees",
                                layer.name),
                    "a shapefile has it in .prj");
            gdal.run({"ogr2ogr", "-f", "GeoJSONSeq", "-nlt", "CONVERT_TO_LINEAR", "/vsistdout/", source,
                      layer.name},
                     [&](std::string_view feature) {
                         if (scenario::first_bad_utf8(feature) == std::string_view::npos)
                             return visit(layer.name, feature);
                         recoded = true;
                         visit(layer.name, scenario::from_windows_1252(feature));
                     });
        }
    }
    if (recoded)
        gdal.warn("texts that are not UTF-8 are read as Windows-1252",
                  "a shapefile says its letters in .cpg");
    return found;
}

Findings read_grid(const fs::path& file, const CellVisit& visit) {
    Findings found;
    const Gdal gdal(file, found);
    std::string source = fs::absolute(file).string();
    if (const auto inside = names_in_zip(file, grids); inside.size() == 1) {
        source = "/vsizip/" + source + "/" + inside.front();
    } else if (inside.size() > 1) {
        gdal.complain(fmt::format("holds {} grids: {}", inside.size(), fmt::join(inside, ", ")),
                      "unzip it, and give the one that counts people a cell");
        return found;
    }
    const auto grid = grid_info(gdal, source);
    if (!grid) return found;
    const WorkFolder folder;
    const std::string plain = (folder.path() / "cells").string();
    if (!gdal.run({"gdal_translate", "-q", "-of", "ENVI", "-ot", "Float64", source, plain},
                  [](std::string_view) {}))
        return found;
    std::ifstream in(plain, std::ios::binary);
    std::vector<double> values(grid->columns);
    std::vector<Cell> elsewhere;
    for (std::size_t row = 0; row < grid->rows; ++row) {
        if (!in.read(reinterpret_cast<char*>(values.data()),
                     std::streamsize(values.size() * sizeof(double)))) {
            gdal.complain(fmt::format("row {} of {} can't be read", row + 1, grid->rows),
                          "is there room in the folder of temporary files?");
            return found;
        }
        for (std::size_t column = 0; column < values.size(); ++column) {
            const double value = values[column];
            if (!(value > 0) || !std::isfinite(value) || (grid->no_data && value == *grid->no_data)) continue;
            const auto at = grid->middle(column, row);
            if (grid->is_in_degrees())
                visit(at[1], at[0], value);
            else
                elsewhere.push_back({at, value});
        }
    }
    if (!elsewhere.empty()) to_degrees(gdal, *grid, elsewhere, visit);
    return found;
}

}  // namespace nuzuh::region
