// Tables of a region as they come: CSV in any form, GeoJSON features, sheets of XLSX.
#pragma once

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/region/finding_at.hpp"
#include "sim/region/geometry.hpp"

namespace nuzuh::region {

/// A row of a table, and where it stands.
struct SheetRow {
    int line = 0;  ///< of the file; of GeoJSON the number of the feature, from 1
    std::vector<std::string> cells;
    std::vector<Polygon> area = {};  ///< of a feature; none where it has no area
};

/// A table with named columns.
class Sheet {
public:
    std::string name;                  ///< of the file, and of the sheet where there are several
    std::vector<std::string> columns;  ///< as `column_key` makes them
    std::vector<SheetRow> rows;
    std::vector<std::string> tags = {};  ///< names of columns by their HXL hashtags; "" where they have none
    bool decimal_comma = false;          ///< whether its numbers have shown that decimals follow a comma
    mutable std::set<std::size_t> asked = {};  ///< columns that `column` has found

    /// The first of some columns that is there, by its name or else by its HXL hashtag; nothing if none is.
    ///
    /// @param keys  as `column_key` makes them
    std::optional<std::size_t> column(std::initializer_list<std::string_view> keys) const;
    std::optional<std::size_t> column(std::string_view key) const { return column({key}); }

    /// Names of the columns that nothing has asked for, with commas between; "" where all were.
    std::string not_asked_for() const;

    /// What a row says in a column; "" where there is none.
    const std::string& text(const SheetRow& row, std::optional<std::size_t> column) const;
    /// The same as a number: 12.5, 12,5, 1 234, 1,234.5, 1.234,5. A single comma before three digits is one between thousands, but where
    /// decimals follow a comma in the table: there a single point before three digits is.
    std::optional<double> number(const SheetRow& row, std::optional<std::size_t> column) const;
    /// A count of people: the same, but for points that stand between thousands.
    std::optional<double> count(const SheetRow& row, std::optional<std::size_t> column,
                                bool points_are_thousands) const;

    /// Whether points of a column stand between thousands: of counts, 276.042 is no fraction where every point stands so.
    bool points_are_thousands(std::optional<std::size_t> column) const;

    Finding error(const SheetRow& row, std::string message, std::string hint = "") const;
    Finding warning(const SheetRow& row, std::string message, std::string hint = "") const;
    Finding error(std::string message, std::string hint = "") const { return error({}, message, hint); }
};

/// A column's name as it is compared: its Latin letters and digits, small and without accents. `ADM2_PCODE` is adm2pcode.
std::string column_key(std::string_view name);

/// A table whose first row is its header, but for titles and headings of groups above it, which fill less than a third of the cells; HXL
/// hashtags below it are names of columns too.
Sheet with_header(std::string name, std::vector<SheetRow> rows);

/// How well a sheet suits what is looked for: the more the better.
using SheetScore = std::function<double(const Sheet&)>;

/// The number of keys that a sheet has as columns.
SheetScore has_columns(std::vector<std::string> keys);

/// Of some sheets with rows those that suit best, the one with the most rows first.
///
/// @return  an error where none has rows
Result<std::vector<Sheet>> best_of(std::vector<Sheet> sheets, const SheetScore& suits,
                                   const std::filesystem::path& file);

/// Reads a table: CSV in any form, XLSX, GeoJSON, and by GDAL GeoPackage and shapefiles. Of features, properties are columns, and
/// `lat` and `lon` are of the point, or of a point inside the area. Of a spreadsheet the sheet that suits best is taken, of layers
/// the one that does, of several the one with the most rows.
///
/// Notes below the table are left out, and said. UTF-16 is known by its mark; another text that is not UTF-8 is read as
/// Windows-1252, with a note.
///
/// @param suits  how well a sheet does
/// @return       every mistake at once
Result<Sheet> read_sheet(const std::filesystem::path& file, const SheetScore& suits = {});

/// The same, and every sheet that suits as well as the best: tables that run over several sheets.
Result<std::vector<Sheet>> read_sheets(const std::filesystem::path& file, const SheetScore& suits);

/// Rows of cells between tabs and without a header, as GeoNames writes them; quotes are plain characters.
Result<Sheet> read_tabs(const std::filesystem::path& file);

}  // namespace nuzuh::region
