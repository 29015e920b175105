// Tables that people take further: CSV with a plain header and a row of HXL hashtags under it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/base/date.hpp"

namespace nuzuh {

/// What a column of an exported table holds.
struct Column {
    std::string name;
    std::string
        hxl;  ///< hashtag and attributes of the Humanitarian Exchange Language 1.1; "" in tables without
    std::string unit;  ///< "" where there is none
    std::string meaning;
};

/// A text that a spreadsheet does not take for a formula: one that begins with = + - @, a tab or a line end gets an
/// apostrophe in front (OWASP, CSV injection).
std::string without_formula(std::string_view text);

/// What the cells of a column hold, apart from empty ones.
enum class CellKind { text, number, date };

/// A table written row by row, cell by cell, RFC 4180 with line feeds.
class CsvTable {
public:
    /// @param columns  in order
    /// @param hxl      whether the second row holds hashtags
    explicit CsvTable(std::vector<Column> columns, bool hxl = true);

    void text(std::string_view text);
    /// Whole numbers as such, others to so many decimals; NaN: an empty cell.
    void number(double value, int decimals = 1);
    void date(Date date) { raw(iso(date)); }
    void nothing() { raw(""); }
    /// Cells already written as CSV, e.g. by another table's prefix().
    void raw(std::string_view cells, std::size_t count = 1);
    /// @throws  std::logic_error if the row has not a cell for each column
    void end_row();

    const std::vector<Column>& columns() const { return columns_; }
    const std::string& content() const { return content_; }
    /// [columns] numbers are what `number` wrote, days what stands below a hashtag of dates.
    const std::vector<CellKind>& kinds() const { return kinds_; }

private:
    std::vector<Column> columns_;
    std::vector<CellKind> kinds_;
    std::string content_;
    std::size_t cells_ = 0;
};

/// One text as a CSV cell: without formula, quoted where it has to be, and with U+FF03 for the number sign, behind which
/// some programs take the rest of a line for a comment.
std::string csv_cell(std::string_view text);

/// Reads a table that this program wrote, row by row.
class CsvRows {
public:
    explicit CsvRows(std::string_view content) : rest_(content) {}

    /// @return  whether there was another row; its cells without quotes
    bool next(std::vector<std::string>& cells);

private:
    std::string_view rest_;
};

}  // namespace nuzuh
