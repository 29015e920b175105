// Event tables of ACLED, the Armed Conflict Location and Event Data project, as bombardment.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/region/strike_days.hpp"

namespace nuzuh::region {

/// How an event table is read.
struct AcledOptions {
    double reach_km = 10;  ///< farthest an event may lie from the place it counts for; twice by name
    Period period{};       ///< of the scenario; strikes outside are counted and said
    std::vector<std::string>
        strike_types{};  ///< sub-event types that are strikes too, whatever the codebook says
    std::map<std::string, std::string>
        provinces{};  ///< areas of the network by names of provinces, folded; others are areas of that name
};

/// What events of one sub-event type are taken for, and how many there were.
struct AcledType {
    std::string sub_event_type;
    bool strikes = false;
    bool known = true;  ///< in the codebook, or named by the options
    int events = 0;
};

/// What an event table says about the bombardment of the places of a network.
struct AcledImport {
    std::vector<BombardmentSettings> bombardment;  ///< runs of days of a place, in the order of both
    StrikeDays strikes_by_day;                     ///< the same, event by event
    std::vector<AcledType> types;                  ///< that occur, in alphabetical order
    int strikes = 0;                               ///< events that became strikes on places
    int by_name = 0;                               ///< of them, matched by the name of the place
    int before = 0, after = 0;                     ///< of them, outside the period
    int not_to_the_day =
        0;  ///< of them, dated to a week or month (time_precision 2, 3), and divided among its days
    int far_away = 0;  ///< strikes in the table too far from every place
    int near = 0;      ///< of `strikes`, near a place (geo_precision 2), and divided among the towns in reach
    int provincial =
        0;          ///< of `strikes`, somewhere in a province (geo_precision 3), and divided among its towns
    int vague = 0;  ///< strikes in a province of which no town is known
    std::string dates_read;  ///< how dates that can mean two days were read; "" where there is none
};

/// Reads exports of ACLED events: tables with the columns event_date, event_type, sub_event_type, location,
/// latitude, longitude and geo_precision; year, time_precision and the identifiers event_id_cnty or data_id are used
/// where they are there, others ignored. Names of columns may be in capitals. A text that is not UTF-8 is read as
/// Windows-1252.
///
/// An event of the sub-event types Air/drone strike, Shelling/artillery/missile attack and Chemical weapon is one
/// strike. Mines, grenades, suicide bombs, battles and violence on the ground are not: nobody flees them as they
/// flee bombs from afar. An event counts for the place of the same name within twice the reach, else for the nearest in reach;
/// names are compared by their letters alone (folded.hpp), and those of name_ar and spellings are names too.
///
/// The strike of an event that is dated to a week or a month (time_precision 2, 3) is divided equally among the seven days around its
/// date or those of its month: on which of them it fell is not known. Likewise in space, by population: one near a place
/// (geo_precision 2) among the towns in reach of its point, one of which only the province is known (3; its point is a capital or a
/// landmark) among the towns of the province that admin1 names (see `EventPlaces::in_province`), all of them areas or
/// adm1_pcode of the network. An event that two tables hold counts once.
///
/// @param paths  the tables, as CSV, XLSX or JSON; dates as event_dates.hpp says. Where 03/01/2026 can mean two days, other dates of the table
///               or the period decide, or the table is refused
/// @return      everything that is wrong with the table at once; notes on what was left out
/// Source       ACLED Codebook (acleddata.com), event types since 2019, columns since March 2023 and of 2018
Result<AcledImport> import_acled(const std::vector<std::string>& paths, const Network& network,
                                 const AcledOptions& options);

}  // namespace nuzuh::region
