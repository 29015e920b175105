#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/region/finding_at.hpp"
#include "sim/region/gdal.hpp"
#include "sim/region/road_files.hpp"

namespace nuzuh::region {
namespace {

enum class RoadForm { osm, lines, other };

RoadForm form_of(const std::filesystem::path& file) {
    const auto name = in_small_letters(file.filename().string());
    for (const char* end : {".osm.pbf", ".pbf", ".osm", ".osm.gz"}) {
        if (name.ends_with(end)) return RoadForm::osm;
    }
    const bool lines = name.ends_with(".geojson") || name.ends_with(".json") || name.ends_with(".zip") ||
                       is_vector_of_gdal(file);
    return lines ? RoadForm::lines : RoadForm::other;
}

/// Files that are not there or of no known form, and forms that do not go together.
void check_files(const std::vector<std::filesystem::path>& files, Findings& wrong) {
    const auto complain = [&](const std::filesystem::path& file, const char* message, const char* hint) {
        wrong.push_back(file_error(file, message, hint));
    };
    if (files.empty()) complain("", "no file of roads", "name an extract, such as country-latest.osm.pbf");
    for (const auto& file : files) {
        std::error_code ignored;
        if (form_of(file) == RoadForm::other)
            complain(file, "roads of an unknown form",
                     "OpenStreetMap (.osm.pbf, .osm, .osm.gz) or lines (.geojson, .gpkg, .shp, .zip)");
        else if (!std::filesystem::is_regular_file(file, ignored))
            complain(file, "there is no such file", "");
        else if (form_of(file) != form_of(files.front()) && form_of(files.front()) != RoadForm::other)
            complain(file, "OpenStreetMap files and lines do not join: lines have no node identifiers",
                     "give roads in one form");
    }
}

void note_left_out(const std::vector<std::filesystem::path>& files, const RoadMap& map, Findings& notes) {
    if (map.deleted > 0) {
        notes.push_back(file_error(
            files.front(),
            fmt::format("{} ways and nodes left out that JOSM marks as deleted (action='delete')",
                        map.deleted),
            "that is what the file says; where they are there, undelete them in JOSM and save again"));
        notes.back().severity = Severity::warning;
    }
    if (map.closed > 0) {
        notes.push_back(
            file_error(files.front(),
                       fmt::format("{} roads left out that are closed to cars (access=no, vehicle=no, "
                                   "motor_vehicle=no)",
                                   map.closed),
                       "where people take them all the same, name them as a table of links"));
        notes.back().severity = Severity::warning;
    }
    if (map.left_out == 0) return;
    notes.push_back(file_error(
        files.front(),
        fmt::format("{} of {} segments of road left out: the file does not hold the point at their end",
                    map.left_out, map.left_out + int(map.segments.size())),
        "roads are not joined over the gap; take an extract cut along whole ways where it matters"));
    notes.back().severity = Severity::warning;
}

}  // namespace

Finding file_error(const std::filesystem::path& file, std::string message, std::string hint) {
    return finding_at(Severity::error, {file.string()}, std::move(message), std::move(hint));
}

Result<RoadMap> read_roads(const std::vector<std::filesystem::path>& files, const RoadSpec& spec) {
    Findings findings;
    check_files(files, findings);
    if (has_errors(findings)) return findings;
    RawRoads raw;
    (form_of(files.front()) == RoadForm::osm ? read_osm : read_road_lines)(files, spec, raw, findings);
    if (has_errors(findings)) return findings;
    auto map = join_ways(std::move(raw));
    if (map.segments.empty()) {
        findings.push_back(file_error(
            files.front(), "holds no road that cars use",
            "ways or lines with highway=motorway to residential; --tracks takes tracks and service roads"));
        return findings;
    }
    note_left_out(files, map, findings);
    return {std::move(map), std::move(findings)};
}

}  // namespace nuzuh::region
