// The forms in which events and strikes come, beside exports of ACLED.
#pragma once

#include <map>
#include <set>
#include <string>

#include "sim/region/strikes.hpp"

namespace nuzuh::region {

/// Places of the gazetteer as places of the network.
class TownNumbers {
public:
    TownNumbers(const Gazetteer& gazetteer, const Network& network);

    /// Places in a unit, by population.
    PlaceShares in_unit(const std::string& code) const;

private:
    const Gazetteer& gazetteer_;
    std::map<std::string, int> number_;
};

/// Whether days lie before or after a period.
inline bool is_outside(const Period& period, Date first, Date last) {
    return last < period.from || first > period.to;
}

/// Names of provinces, folded, and the areas of the network that they are.
std::map<std::string, std::string> provinces_of(const Gazetteer& gazetteer);

/// Rates of strikes as a planner writes them.
void add_rates(const Sheet& sheet, const Network& network, RegionStrikes& strikes);

/// Monthly counts of events by unit: of HDX HAPI, or a sheet of ACLED's monthly workbook on HDX.
void add_months(const Sheet& sheet, const TownNumbers& towns, const Period& period, StrikeDays& by_day,
                Findings& notes);

/// Weekly counts by province and kind of event, as ACLED gives them without an account of an institution. Those of strikes are
/// spread over the seven days from the one that is named, a Saturday, and over the towns of the province by population.
///
/// Source   acleddata.com, aggregated data
void add_weeks(const Sheet& sheet, const Gazetteer& gazetteer, const Network& network, const Period& period,
               double reach_km, StrikeDays& by_day, Findings& notes);

/// Events of UCDP: deadly violence, of which it is not known whether it was a strike.
///
/// @param seen  identifiers of events of other files
void add_ucdp(const Sheet& sheet, const Gazetteer& gazetteer, const Network& network,
              const TownNumbers& towns, const Period& period, double reach_km, std::set<std::string>& seen,
              StrikeDays& by_day, Findings& notes);

}  // namespace nuzuh::region
