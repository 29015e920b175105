// What was seen of a region: counts of displaced people as figures.
#pragma once

#include <filesystem>
#include <string>
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

/// Reads what was reported: stocks of displaced people by unit and round (DTM, HDX HAPI, see stocks.hpp), displacement events (IDMC
/// IDU, see displacement_events.hpp), stocks of refugees abroad (UNHCR, see refugees.hpp), and tables of figures as `reported` of a
/// scenario has them, gathered by hand.
///
/// Stocks stay stocks: neither is a fall a return, nor a rise a departure.
///
/// @return  everything that was left out as notes with its number
Result<RegionReports> read_reports(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Period& period, const Abroad& who);

/// Takes the rows of a table of figures: quantity, persons, to, and perhaps figure, from, place or area, bound, persons_high,
/// uncertainty, published, source.
void add_figures(const Sheet& sheet, const Gazetteer& gazetteer, const Period& period, const Abroad& who,
                 RegionReports& reports, Findings& wrong);

/// Name of the area of a unit: its code in small letters.
std::string area_of(const std::string& code);

}  // namespace nuzuh::region
