// Sheets of an XLSX workbook as tables.
#pragma once

#include "sim/region/sheet.hpp"

namespace nuzuh::region {

/// The sheets that suit best, the one with the most rows first. Cells that are shown as dates come as 2021-11-17.
///
/// @return  also where this program was built without zlib and expat: a finding that says so
/// Source   ECMA-376 part 1 (SpreadsheetML) and part 2 (packages); ZIP: APPNOTE 6.3
Result<std::vector<Sheet>> read_workbook(const std::filesystem::path& file, const SheetScore& suits);

}  // namespace nuzuh::region
