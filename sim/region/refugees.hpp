// Stocks of refugees and asylum-seekers abroad.
#pragma once

#include "sim/region/reports.hpp"

namespace nuzuh::region {

/// Takes UNHCR's stocks of people from one country, refugees and asylum-seekers together, by country of asylum.
///
/// Countries count on days of their own: a total is that of each one's last count by then. The total by the first day of the period is
/// there at the start, divided equally among the places abroad; totals of later days are figures. Where there is no place abroad, no
/// country, or no count by the first day, so that those who had left before can't be told apart, everything is set aside. People who
/// are in their own country, and those of no known origin, are kept apart.
///
/// @param country  of origin: its code of three letters, or its name as UNHCR writes it; "" takes none
/// @param abroad   identifiers of places abroad
void add_refugees(const Sheet& sheet, const std::string& country, const std::vector<std::string>& abroad,
                  const Period& period, RegionReports& reports, Findings& wrong);

}  // namespace nuzuh::region
