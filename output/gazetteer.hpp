// The places, routes and days of a results file, under the names that exports use.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "output/results.hpp"
#include "sim/base/date.hpp"

namespace nuzuh {

/// A place as the results file describes it.
struct PlaceEntry {
    std::string id, name, name_ar, type;
    std::string pcode;                               ///< finest level known; may be ""
    std::string adm3;                                ///< name of the sub-district; may be ""
    std::string adm3_pcode, adm1_pcode, adm2_pcode;  ///< may be ""
    double lat = 0, lon = 0;
    double population = 0;
    double capacity = 0;  ///< NaN: no limit
};

/// A home as the results file describes it.
struct HomeEntry {
    std::string id, name, name_ar, adm3_pcode;
    double lat = 0, lon = 0;
};

/// A route as the results file describes it.
struct RouteEntry {
    std::string id;
    std::size_t from = 0, to = 0;  ///< places
    double km = 0;
};

/// A week from Monday to Sunday (ISO 8601), as far as the run covers it.
struct Week {
    std::string label;                ///< 2019-W18
    Date from{}, to{};                ///< first and last day within the run
    std::size_t first = 0, last = 0;  ///< records that end in it
};

/// The places, routes, days and weeks of a results file.
///
/// Shape    T records.
struct Gazetteer {
    Date start{};
    std::vector<PlaceEntry> places;
    std::vector<HomeEntry> homes;  ///< along the axis of origins
    std::vector<RouteEntry> routes;
    std::vector<Date> days;   ///< [T] last day of each record
    std::vector<Week> weeks;  ///< those in which a record ends
    std::size_t members = 0;
};

/// The day on which a run starts. @throws ResultsError if the file does not say it
Date first_day(const Results& file);

/// Codes of governorates and districts that the scenario does not give are cut from those of sub-districts.
Gazetteer read_gazetteer(const Results& file);

/// A sentence on places in a sub-district whose codes above it are not known and left empty; "" if there are none.
std::string unknown_codes_note(const Gazetteer& g);

/// Label of the ISO week of a day: "2019-W18".
std::string iso_week(Date date);

}  // namespace nuzuh
