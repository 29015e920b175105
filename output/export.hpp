// Results for other programs: tables for spreadsheets, maps for QGIS, quantiles for forecast hubs.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "output/csv.hpp"
#include "output/gazetteer.hpp"
#include "output/reader.hpp"

namespace nuzuh {

/// A sentence on results that tell of some places; "" where they tell of all.
std::string left_out_places_note(const Results& file);

/// A file of an export: its name in the folder, and its bytes.
struct ExportedFile {
    std::string name;
    std::string content;
    std::vector<CellKind> columns = {};  ///< of a table
};

/// Forms of export, see `exported`.
enum class ExportFormat { csv, geojson, quantiles };

/// The files of an export. Quantities, units and meanings are those of the results file.
///
///     csv        a table for each kind of row, each day's median, bands and mean; a list of all columns.
///                Of a study: one table, a row a run. `workbook` makes one file of them
///     geojson    places and routes, over the whole run and by week
///     quantiles  23 quantiles over members, as forecast hubs take them: totals by day, places by week
std::vector<ExportedFile> exported(const ResultsFile& file, ExportFormat format);

/// The same for people outside: only by week and sub-district, rounded, without small counts. See output/share.hpp.
std::vector<ExportedFile> exported_to_share(const ResultsFile& file, ExportFormat format);

/// A table under its name in an export.
struct NamedTable {
    std::string file;
    CsvTable table;
};

/// The files of tables, a list of their columns, and a page that says where they come from.
///
/// @param notes  lines that a reader has to know
std::vector<ExportedFile> with_columns_and_notes(const ResultsFile& file,
                                                 const std::vector<NamedTable>& tables,
                                                 const std::vector<std::string>& notes);

/// What an export leaves out, since the run kept no series of members; "": nothing.
std::string left_out_note(const ResultsFile& file, ExportFormat format);

/// Adds tables with a column a place to those of a run: displaced people, those without shelter, arrivals, and needs in litres,
/// tonnes, tents and latrines, by day with median and 90 % band. The list of columns leaves them out.
void add_wide_tables(std::vector<ExportedFile>& files, const ResultsFile& file);

/// Takes the row of hashtags out of every table, and the column of hashtags out of the list of columns.
void remove_hashtags(std::vector<ExportedFile>& files);

/// Puts another separator between cells. Behind a semicolon numbers have a decimal comma, as spreadsheets expect where
/// commas do not separate.
void set_separator(std::vector<ExportedFile>& files, char separator);

/// Writes all files into a folder, which is made if it is not there: all or none.
///
/// @throws  h5::Error if one of them exists and `force` is not given, or cannot be written
void write_export(const std::filesystem::path& folder, const std::vector<ExportedFile>& files, bool force);

}  // namespace nuzuh
