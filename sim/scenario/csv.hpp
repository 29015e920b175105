// CSV tables into located nodes.
#pragma once

#include <optional>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// A cell of a table, and where it stands.
struct Cell {
    std::string text;  ///< without blanks around it, unless it was quoted or read as Python reads it
    Spot spot;
    bool quoted = false;
};
using Row = std::vector<Cell>;

/// How the cells of a table are kept apart.
struct CsvForm {
    char separator = ',';
    int first_line = 1;  ///< of the table; a line `sep=;` may stand above
    /// Quotes as Python's csv module reads them: one that is not the first character of a cell is a letter like others,
    /// text behind a closing quote belongs to the cell, and the end of the file closes a quote. Blanks stay.
    bool quotes_as_python = false;
};

/// The form that the first lines of a table show: the separator that the header has most of, else commas.
CsvForm csv_form(const Sources& sources, int source);

/// The cells of every line that is not empty, whatever their number.
///
/// Source   RFC 4180; blanks before a quote are passed over
/// @return  nothing when quotes do not fit
std::optional<std::vector<Row>> csv_rows(const Sources& sources, int source, Notes& notes, CsvForm form = {});

/// Whether some number of a table, such as 36,05 or 0,125, shows that its decimals follow a comma.
bool has_decimal_commas(const std::vector<Row>& rows);

/// Reads a table: a list of maps, one a row, with the header's names as keys.
///
/// Cells stand between commas, semicolons or tabs, whichever the header has most of (a first line `sep=;` may say so).
/// Where semicolons or tabs do and a number such as 36,05 shows that its decimals follow a comma, numbers of the table
/// are read so. Empty cells and NA without quotes say nothing. Passed over are lines and columns without any content,
/// an HXL row (cells empty or beginning with '#') directly below the header, and row numbers as R and pandas write them
/// into a first column without a name.
///
/// Source   RFC 4180: quotes doubled inside quotes; and the HXL standard 1.1 for the tag row
/// @return  nothing when rows cannot be told apart or the header is wrong
std::optional<Node> parse_csv(const Sources& sources, int source, Notes& notes);

}  // namespace nuzuh::scenario
