// Displacement events, as IDMC's updates (IDU) give them.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sim/region/reports.hpp"

namespace nuzuh::region {

/// Departures by conflict of several tables, each event once, at the place nearest to its point, which is a centroid.
///
/// A figure that IDMC recommends stands for its event; figures of triangulation, which speak of the same people, are left out beside
/// it, and of others the latest of each location stands. Midnights that a time zone moved to 11 or 12 hours of the day before are of the day after.
/// Events farther than 100 km from every place (judgement), or of which only the country is known, are set aside.
///
/// Source   helix-tools-api.idmcdb.org, Internal Displacement Updates
class DisplacementEvents {
public:
    DisplacementEvents(const Gazetteer& gazetteer, const Period& period)
        : gazetteer_(gazetteer), period_(period) {}

    void read(const Sheet& sheet, Findings& wrong);
    void put(RegionReports& reports) const;

private:
    std::set<int> superseded_in(const Sheet& sheet) const;

    const Gazetteer& gazetteer_;
    const Period& period_;
    std::set<std::string> seen_;  ///< identifiers
    std::vector<ReportedFigure> figures_;
    Findings notes_;
};

}  // namespace nuzuh::region
