// The two forms in which roads come.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/region/raw_roads.hpp"

namespace nuzuh::region {

/// Something that is wrong with a file as a whole.
Finding file_error(const std::filesystem::path& file, std::string message, std::string hint);

/// Adds what an OpenStreetMap file of either form says of roads, places and borders to `raw`, and every finding to
/// `wrong`. Points of ways are looked up in all files, since what one lacks another may hold.
void read_osm(const std::vector<std::filesystem::path>& files, const RoadSpec& spec, RawRoads& raw,
              Findings& wrong);

/// Adds the roads of GeoJSON lines: points with the same coordinates to seven decimals are one.
void read_road_lines(const std::vector<std::filesystem::path>& files, const RoadSpec& spec, RawRoads& raw,
                     Findings& wrong);

}  // namespace nuzuh::region
