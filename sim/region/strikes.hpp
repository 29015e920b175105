// Events of a region as bombardment.
#pragma once

#include <filesystem>
#include <vector>

#include "sim/region/gazetteer.hpp"
#include "sim/region/strike_days.hpp"

namespace nuzuh::region {

/// Events as strikes.
struct RegionStrikes {
    StrikeDays by_day;                       ///< of events and counts
    std::vector<BombardmentSettings> rates;  ///< or rates by area or place, as a table gives them
    std::vector<AreaMember> areas;           ///< that the table of rates names with their places
    Findings notes;
};

/// Reads a table of rates (columns from, to, strikes_per_day, and place or area; places, with | between, says of which places an area
/// is), or events: exports of ACLED (see `import_acled`; an event of several files counts once), events of UCDP GED, or monthly counts
/// by district as on HDX (HAPI conflict events, and the monthly workbook).
///
/// Of monthly counts political violence is taken, and spread evenly over the days of its month and over the places of its unit by
/// population: neither which of the events are strikes nor on which day they fell is known. Civilian targeting is part of it and
/// never added. An event of UCDP is spread over the days from date_start to date_end, and, where only its district or province is
/// known (where_prec 3, 4), over the places there by population. What several events say of a day adds up; that events of one kind
/// of source may be those of another is said.
///
/// Source   ACLED Codebook; UCDP GED Codebook (where_prec, date_prec); hdx-hapi.readthedocs.io
/// @param network  places with identifiers
/// @param period   of the scenario: what lies outside is left out and counted
Result<RegionStrikes> read_strikes(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Network& network, const Period& period,
                                   double reach_km);

}  // namespace nuzuh::region
