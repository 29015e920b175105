// Tables as a workbook for spreadsheets. The only home of libxlsxwriter, without which the program is built all the same.
#pragma once

#include <string>
#include <vector>

#include "output/export.hpp"

namespace nuzuh {

/// Whether this program was built with libxlsxwriter.
bool writes_workbooks();

/// The files of an export as one workbook (Office Open XML): a sheet a table, numbers as numbers, days as days, missing values
/// as blank cells. A table of more rows than a sheet holds goes on in further sheets; the page of notes is the first. The
/// same tables give the same bytes.
///
/// @param name   of the file that comes out
/// @param files  tables and notes, see `exported`
/// @throws  std::logic_error if `writes_workbooks` is false; h5::Error or NoWorkFolder if it cannot be written
ExportedFile workbook(const std::string& name, const std::vector<ExportedFile>& files);

}  // namespace nuzuh
