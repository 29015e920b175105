// Event tables of ACLED, the Armed Conflict Location and Event Data project, as bombardment.
#pragma once

#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh {

/// Whether events of one sub-event type are taken as strikes, and how many there were.
struct AcledType {
    std::string sub_event_type;
    bool strikes = false;
    int events = 0;
};

/// What an event table says about the bombardment of the places of a network.
struct AcledImport {
    std::vector<BombardmentSettings> bombardment;  ///< a row a place and day, in the order of both
    std::vector<AcledType> types;                  ///< that occur, in alphabetical order
    int strikes = 0;                               ///< events that became strikes on a place
    int by_name = 0;                               ///< of them, matched by the name of the place
    int far_away = 0;                              ///< strikes in the table too far from every place
    int vague = 0;  ///< strikes of which only the province is known (geo_precision 3)
};

/// Reads an export of ACLED events: a CSV table with the columns event_id_cnty, event_date, event_type,
/// sub_event_type, location, latitude, longitude and geo_precision; others are ignored.
///
/// An event of the sub-event types Air/drone strike, Shelling/artillery/missile attack and Chemical weapon is one
/// strike. Mines, grenades, suicide bombs, battles and violence on the ground are not: nobody flees them as they
/// flee bombs from afar. An event counts for the place of the same name within reach, else for the nearest in reach.
///
/// @param path       the table; dates as 2019-08-17 or 17 August 2019
/// @param reach_km   farthest an event may lie from the place it counts for
/// @return           everything that is wrong with the table at once; notes on what was left out
/// Source            ACLED Codebook (acleddata.com), event types since 2019, columns since March 2023
Result<AcledImport> import_acled(const std::string& path, const Network& network, double reach_km);

/// The bombardment as a table that a scenario can name: `bombardment: [{table: FILE}]`.
std::string bombardment_csv(const std::vector<BombardmentSettings>& bombardment);

}  // namespace nuzuh
