// The rows of an event table of ACLED, read but not yet placed.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/scenario/event_dates.hpp"
#include "sim/scenario/event_types.hpp"
#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// A row of an event table that lacks nothing.
struct EventRow {
    Spot date_spot, location_spot, type_spot;
    std::string date_text, location, event_type, sub_event_type;
    DateReadings dates;
    double lat = 0, lon = 0;
    int geo_precision = 1;
    int time_precision = 1;
};

/// Reads the rows of a table of events. Events given twice count once; everything wrong with columns and cells becomes
/// a finding.
///
/// @param seen  identifiers of events that other tables gave before; those of this one are added
std::vector<EventRow> event_rows(const Node& table, std::set<std::string>& seen, Notes& notes);

}  // namespace nuzuh::scenario
