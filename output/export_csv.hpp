// Tables of a results file for spreadsheets.
#pragma once

#include <string>
#include <vector>

#include "output/export.hpp"

namespace nuzuh {

/// The tables of an export as CSV.
///
/// Cost     reads means and quantiles, not members: a tenth of the file.
std::vector<NamedTable> csv_tables(const ResultsFile& file);

/// Tables with a column a place.
std::vector<NamedTable> wide_tables(const ResultsFile& file);

}  // namespace nuzuh
