// The parts of a Flee case, each read into the tree of a scenario.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/flee/sheet.hpp"

namespace nuzuh::scenario::flee {

/// A place of a case of Flee, as the parts of a case need it.
struct Place {
    std::string name;
    std::string id;
    std::string country;
    bool camp = false;
    double intensity_at_once =
        0;  ///< of a conflict zone without date: in conflict until conflicts.csv ends it
    Spot spot;
};

/// A route of a case of Flee.
struct Route {
    std::string id;
    std::string name1, name2;
};

/// locations.csv: towns, camps, hubs and waypoints.
std::vector<Place> read_places(Reading& reading, Node& network);

/// routes.csv: links with their length and what they redirect to.
std::vector<Route> read_routes(Reading& reading, Node& network);

/// conflicts.csv as it stands; takes the days that it has no rows for off those that are read.
std::optional<Sheet> read_conflict_sheet(Reading& reading);

/// Conflicts by place and day.
void read_conflicts(Reading& reading, const Sheet& sheet, const std::vector<Place>& places, Node& scenario);

/// closures.csv: closed routes by link, place and border, and camps that are not camps for some days.
void read_closures(Reading& reading, const std::vector<Place>& places, const std::vector<Route>& routes,
                   Node& network, Node& scenario);

/// data_layout.csv, the files that it names and registration_corrections.csv.
void read_series(Reading& reading, const std::vector<Place>& places, Node& scenario);

/// simsetting.yml: conflict decay and the section `flee3`.
void read_simsetting(Reading& reading, const std::filesystem::path& file, Node& scenario);

}  // namespace nuzuh::scenario::flee
