// The rows of a table of people by unit that count everybody once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/region/gazetteer.hpp"

namespace nuzuh::region {

/// A row's people, and where they belong.
struct CountedRow {
    SheetRow row;
    AdminUnits units;
    double people = 0;
};

/// The rows that count everybody once: the totals of sexes and ages, of the deepest level, of the latest year up to `last_year` that each unit has.
///
/// A row of a unit whose parts have rows of their own is their total, as is a row without a code that counts as many as all others; both
/// are left out, and a mistake where they count others than their parts. Cells without a figure are no people, and said. Units of
/// which there are rows of sexes or ages only are a mistake.
///
/// @param found  gets what is to be said
std::vector<CountedRow> rows_of_people(const Sheet& sheet, int last_year, Findings& found);

}  // namespace nuzuh::region
