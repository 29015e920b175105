// What was seen of a region: events as bombardment, counts of displaced people as figures.
#pragma once

#include <filesystem>
#include <vector>

#include "sim/region/gazetteer.hpp"

namespace nuzuh::region {

/// Events as strikes.
struct RegionStrikes {
    std::vector<BombardmentSettings> bombardment;
    bool monthly = false;  ///< whether some are counts of months, whose days and kinds are not known
    Findings notes;
};

/// Reads events: exports of ACLED (see `import_acled`), or monthly counts by district as on HDX (HAPI conflict events). Of the latter
/// political violence is taken, and spread evenly over the days of its month and over the places of its unit by population:
/// neither which of the events are strikes nor on which day they fell is known. Civilian targeting is part of it and never
/// added.
///
/// @param network  places with identifiers
/// @param period   of the scenario: what lies outside is left out and counted
Result<RegionStrikes> read_strikes(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Network& network, const Period& period,
                                   double reach_km);

/// Counts of displaced people.
struct RegionReports {
    std::vector<ReportedFigure> figures;  ///< within the period
    std::vector<DisplacedSettings>
        displaced;  ///< there at the start: the last stock of a unit by the first day
    Findings notes;
};

/// Reads what was reported: stocks of displaced people by unit and round (DTM, HDX HAPI), displacement events (IDMC IDU).
///
/// Stocks stay stocks: neither is a fall a return, nor a rise a departure. Levels repeat each other: the deepest is taken. Only
/// displacement by conflict is, where reasons are given. Rounds are told apart by operation and date, not by their number.
/// Midnights that a time zone moved to 11 or 12 hours of the day before are of the day after.
///
/// @return  everything that was left out as notes with its number
Result<RegionReports> read_reports(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Period& period);

/// Name of the area of a unit: its code in small letters.
std::string area_of(const std::string& code);

}  // namespace nuzuh::region
