// Exports of what may be shared; see share.hpp for what protects them.
#pragma once

#include <vector>

#include "output/export.hpp"

namespace nuzuh {

/// Tables by week: sub-districts, and totals over them.
std::vector<NamedTable> shared_tables(const ResultsFile& file);

/// What a reader of anything shared has to know.
std::vector<std::string> sharing_notes();

}  // namespace nuzuh
