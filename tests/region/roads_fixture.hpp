// What tests of roads share: files that are gone after the test, where real extracts are looked for, and distances over
// routes.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "sim/region/roads.hpp"

namespace nuzuh::test {

/// The folder of real extracts; nothing where it is missing. They are not part of this project.
inline std::optional<std::filesystem::path> region_samples() {
    const char* given = std::getenv("NUZUH_REGION_SAMPLES");
    if (!given || !std::filesystem::is_directory(std::filesystem::path(given) / "osm")) return {};
    return std::filesystem::canonical(given);
}
constexpr const char* no_region_samples =
    "no extracts: NUZUH_REGION_SAMPLES names the folder that holds `osm`, `roads`, `places` and `expected`";

/// A file of its own name that is gone after the test.
class RoadFile {
public:
    RoadFile(const std::string& name, const std::string& text)
        : folder_(std::filesystem::temp_directory_path() / fmt::format("nuzuh-roads-{}", ::getpid())),
          path_(folder_ / name) {
        std::filesystem::create_directories(folder_);
        std::ofstream(path_, std::ios::binary) << text;
    }
    RoadFile(const RoadFile&) = delete;
    RoadFile& operator=(const RoadFile&) = delete;
    ~RoadFile() {
        std::filesystem::remove(path_);
        std::error_code other_files_left;
        std::filesystem::remove(folder_, other_files_left);
    }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path folder_, path_;
};

inline std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Every finding as a line.
inline std::string said(const Findings& findings) {
    std::string all;
    for (const auto& finding : findings)
        all += fmt::format("{}: {} [{}]\n", finding.path, finding.message, finding.hint);
    return all;
}

inline region::RoadMap read_or_fail(const std::vector<std::filesystem::path>& files,
                                    const region::RoadSpec& spec = {}) {
    auto read = region::read_roads(files, spec);
    if (!read) {
        ADD_FAILURE() << said(read.findings());
        return {};
    }
    return std::move(*read);
}

inline constexpr double degree_km = 111.19508;  ///< a degree of latitude

/// Points and roads between them, on a meridian and parallels near the equator.
struct Country {
    region::RoadMap map;
    int point(double lat, double lon) {
        map.points.push_back({lat, lon});
        return int(map.points.size()) - 1;
    }
    void road(int a, int b, region::RoadKind kind = region::RoadKind::primary, int marks = 0) {
        const auto &p = map.points[std::size_t(a)], &q = map.points[std::size_t(b)];
        map.segments.push_back(
            {a, b, std::hypot(p.lat - q.lat, p.lon - q.lon) * degree_km, kind, std::uint8_t(marks)});
    }
};

/// Shortest distance [km] between places by identifier, over routes; infinite where there is none.
using Distances = std::map<std::string, std::map<std::string, double>>;
inline Distances distances(const std::vector<region::RouteLine>& routes) {
    Distances all;
    std::vector<std::string> ids;
    for (const auto& route : routes) {
        for (const auto& id : {route.from, route.to}) {
            if (all[id].empty()) ids.push_back(id);
            all[id][id] = 0;
        }
    }
    const auto at = [&](const std::string& a, const std::string& b) -> double& {
        return all[a].try_emplace(b, std::numeric_limits<double>::infinity()).first->second;
    };
    for (const auto& route : routes) {
        at(route.from, route.to) = std::min(at(route.from, route.to), route.km);
        at(route.to, route.from) = at(route.from, route.to);
    }
    for (const auto& k : ids) {
        for (const auto& i : ids) {
            for (const auto& j : ids) at(i, j) = std::min(at(i, j), at(i, k) + at(k, j));
        }
    }
    return all;
}

}  // namespace nuzuh::test
