// Event tables of ACLED, the Armed Conflict Location and Event Data project, as bombardment.
#pragma once

#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh {

/// How an event table is read.
struct AcledOptions {
    double reach_km = 10;  ///< farthest an event may lie from the place it counts for; twice by name
    Period period{};       ///< of the scenario; strikes outside are counted and said
    std::vector<std::string>
        strike_types;  ///< sub-event types that are strikes too, whatever the codebook says
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
    std::vector<BombardmentSettings> bombardment;  ///< a row a place and day, in the order of both
    std::vector<AcledType> types;                  ///< that occur, in alphabetical order
    int strikes = 0;                               ///< events that became strikes on a place
    int by_name = 0;                               ///< of them, matched by the name of the place
    int before = 0, after = 0;                     ///< of them, outside the period
    int not_to_the_day =
        0;  ///< of them, dated to a week or month (time_precision 2, 3), and divided among its days
    int far_away = 0;        ///< strikes in the table too far from every place
    int vague = 0;           ///< strikes of which only the province is known (geo_precision 3)
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
/// date or those of its month: on which of them it fell is not known. An event that two tables hold counts once.
///
/// @param paths  the tables; dates as event_dates.hpp says. Where 03/01/2026 can mean two days, other dates of the table
///               or the period decide, or the table is refused
/// @return      everything that is wrong with the table at once; notes on what was left out
/// Source       ACLED Codebook (acleddata.com), event types since 2019, columns since March 2023 and of 2018
Result<AcledImport> import_acled(const std::vector<std::string>& paths, const Network& network,
                                 const AcledOptions& options);

/// The bombardment as a table that a scenario can name: `bombardment: [{table: FILE}]`.
std::string bombardment_csv(const std::vector<BombardmentSettings>& bombardment);

}  // namespace nuzuh
