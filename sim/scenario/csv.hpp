// CSV tables into located nodes.
#pragma once

#include <optional>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

struct Cell {
    std::string text;  ///< without blanks around it, unless it was quoted
    Spot spot;
    bool quoted = false;
};
using Row = std::vector<Cell>;

/// The cells of every line that is not empty, whatever their number.
///
/// Source   RFC 4180
/// @return  nothing when quotes do not fit
std::optional<std::vector<Row>> csv_rows(const Sources& sources, int source, Notes& notes);

/// Reads a table: a list of maps, one a row, with the header's names as keys. Empty cells say nothing; empty
/// lines are skipped, and so is an HXL row (cells empty or beginning with '#') directly below the header.
///
/// Source   RFC 4180: commas, quotes doubled inside quotes; and the HXL standard 1.1 for the tag row
/// @return  nothing when rows cannot be told apart or the header is wrong
std::optional<Node> parse_csv(const Sources& sources, int source, Notes& notes);

}  // namespace nuzuh::scenario
