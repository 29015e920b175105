// The rows of event tables of ACLED, read but not yet placed.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "sim/region/event_dates.hpp"
#include "sim/region/event_types.hpp"
#include "sim/scenario/notes.hpp"

namespace nuzuh::region {

/// A row of an event table that lacks nothing.
struct EventRow {
    scenario::Spot date_spot, location_spot, type_spot;
    std::string date_text, location, event_type, sub_event_type;
    std::string province;  ///< admin1; "" where the table does not say
    DateReadings dates;
    double lat = 0, lon = 0;
    int geo_precision = 1;
    int time_precision = 1;
};

/// Reads the rows of a table of events. Events given twice count once; everything wrong with columns and cells becomes
/// a finding.
///
/// @param seen  identifiers of events that other tables gave before; those of this one are added
std::vector<EventRow> event_rows(const scenario::Node& table, std::set<std::string>& seen,
                                 scenario::Notes& notes);

/// Takes the tables of a file in as texts: CSV as it stands; of a workbook or JSON the sheets that have the columns of events,
/// written as CSV, a row at the line of its number (of JSON one further down, below the header).
///
/// @param found  what is wrong with a workbook or JSON
/// @return       indices of the texts
std::vector<int> read_event_texts(scenario::Sources& sources, scenario::Notes& notes,
                                  const std::filesystem::path& file, Findings& found);

}  // namespace nuzuh::region
