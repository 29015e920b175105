// What was seen of a region: counts of displaced people as figures.
#pragma once

#include <filesystem>
#include <vector>

#include "sim/region/gazetteer.hpp"

namespace nuzuh::region {

/// Counts of displaced people.
struct RegionReports {
    std::vector<ReportedFigure> figures;  ///< within the period
    std::vector<DisplacedSettings>
        displaced;  ///< there at the start: the last stock of a unit by the first day
    Findings notes;
};

/// Whose stocks abroad are taken, and where they are.
struct Abroad {
    std::string country;              ///< of origin: its code of three letters or its name; "": none
    std::vector<std::string> abroad;  ///< identifiers of places abroad
};

/// Reads what was reported: stocks of displaced people by unit and round (DTM, HDX HAPI), displacement events (IDMC IDU),
/// stocks of refugees abroad (UNHCR, see refugees.hpp).
///
/// Stocks stay stocks: neither is a fall a return, nor a rise a departure. Levels repeat each other: the deepest is taken. Only
/// displacement by conflict is, where reasons are given. Rounds are told apart by operation and date, not by their number.
/// Midnights that a time zone moved to 11 or 12 hours of the day before are of the day after.
///
/// @return  everything that was left out as notes with its number
Result<RegionReports> read_reports(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Period& period, const Abroad& who);

/// Name of the area of a unit: its code in small letters.
std::string area_of(const std::string& code);

}  // namespace nuzuh::region
