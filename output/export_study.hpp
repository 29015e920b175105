// A study as one table.
#pragma once

#include <vector>

#include "output/export.hpp"

namespace nuzuh {

/// A row for each run: its settings, whether it was done, and what was collected of every run. Stocks at the end of the
/// run and flows summed over it; of totals also the most on any day; a column for each place, route or danger band.
std::vector<ExportedFile> study_tables(const ResultsFile& file);

}  // namespace nuzuh
