// How many people live at the places of a region.
#pragma once

#include <map>

#include "sim/region/boundaries.hpp"

namespace nuzuh::region {

/// People of the places of a region, as files count them.
struct PeopleCount {
    std::vector<double> at;              ///< [place]
    double total = 0;                    ///< that the sources count, in these places and in those left out
    std::map<std::string, Location> of;  ///< rows of units by P-code, none of which may stand twice
    int last_year = 9999;                ///< of tables of several years
};

/// Gives places the people of tables and grids, in place of those that they have. Tables are of administrative units by P-code
/// (COD-PS, long with Population_group or wide with T_TL; HDX HAPI; of the rows only the totals); grids of people a cell, such as
/// WorldPop: GeoTIFF by GDAL, or a table of points with columns x, y, value. Of several files people are added up.
///
/// A row of units belongs to the places that lie in its deepest unit that has any: by P-code, else to places without codes of its
/// name, else by name within the unit above, else to those of the unit above. Its people are divided among them by what they have from
/// rows of their own, else by what their own table says, else equally; a camp gets none where there is a town. A cell of a grid belongs to the nearest of the places in its unit where there are
/// boundaries, else to the nearest of all; outside of the boundaries it is left out, and said. People are neither lost nor doubled.
///
/// @param last_year  of tables of several years, the latest up to which is taken: projections go on beyond a scenario
/// @return  notes on every row that did not go to a unit of its own code; an error for people who belong nowhere, and for a
///          P-code that stands twice
Findings add_population(const std::vector<std::filesystem::path>& files, const Boundaries& boundaries,
                        Gazetteer& gazetteer, int last_year = 9999);

}  // namespace nuzuh::region
