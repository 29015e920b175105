// A region from open data to a scenario that runs.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/model/settings.hpp"
#include "sim/region/roads.hpp"

namespace nuzuh::region {

/// The files of a region, and how they are read.
struct RegionFiles {
    std::vector<std::filesystem::path>
        places;  ///< none: the towns of `roads`, where these are of OpenStreetMap
    std::vector<std::filesystem::path> population;  ///< none: as the places have it
    std::vector<std::filesystem::path> boundaries;  ///< none: places have the codes that they have
    std::vector<std::filesystem::path> roads;       ///< none: a region without routes, which is said
    std::vector<std::filesystem::path> bombardment;
    std::vector<std::filesystem::path> reported;
    std::optional<int> level;  ///< of administrative units; none: the deepest
    std::string country;       ///< whose people abroad are counted: its code of three letters; "": none are
    std::string title;
    std::optional<Date> from, to;  ///< none: from the first to the last day of bombardment
    std::set<std::string> kinds;   ///< of places, as `GazetteerOptions` has them
    double reach_km = 10;          ///< of an event from the place it counts for
    RoadSpec road_spec;
};

/// All files that are named.
std::vector<std::filesystem::path> files_of(const RegionFiles& files);

/// A region as settings, and every guess that was made.
struct Region {
    ScenarioSettings settings;
    Findings report;           ///< what was guessed, left out or put elsewhere, with file and row
    double people = 0;         ///< as the source counts them
    double people_placed = 0;  ///< as the places have them
};

/// Reads the files and puts them together. Forks of roads become waypoints: places of no people at which nobody stays.
///
/// @return  every mistake of every file at once
Result<Region> read_region(const RegionFiles& files);

}  // namespace nuzuh::region
