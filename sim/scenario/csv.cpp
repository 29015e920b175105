#include "sim/scenario/csv.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "sim/scenario/scan.hpp"

namespace nuzuh::scenario {
namespace {

bool says_nothing(const Cell& cell) { return cell.text.empty() || (cell.text == "NA" && !cell.quoted); }

bool is_hxl(const Row& row) {
    const auto tag_or_nothing = [](const Cell& c) { return says_nothing(c) || c.text.front() == '#'; };
    return std::all_of(row.begin(), row.end(), tag_or_nothing) &&
           !std::all_of(row.begin(), row.end(), says_nothing);
}

bool is_empty(const Row& row) {
    return std::all_of(row.begin(), row.end(),
                       [](const Cell& c) { return c.text.find_first_not_of(" \t\n") == c.text.npos; });
}

/// A table as it stands, before its header means anything.
struct Cells {
    Row names;
    std::vector<Row> rows;
    bool decimal_comma = false;

    void erase_column(std::size_t column) {
        names.erase(names.begin() + std::ptrdiff_t(column));
        for (Row& row : rows) {
            if (column < row.size()) row.erase(row.begin() + std::ptrdiff_t(column));
        }
    }
};

/// Whether a column numbers the rows.
bool counts_rows(const Cells& cells, std::size_t column) {
    std::set<std::string_view> seen;
    return std::all_of(cells.rows.begin(), cells.rows.end(), [&](const Row& row) {
        if (column >= row.size()) return true;
        const std::string& text = row[column].text;
        const bool digits = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
        return digits && seen.insert(text).second;
    });
}

/// Takes out columns without name and content, and row numbers in front.
///
/// Source   R's write.csv names their column "", pandas "" and, read back, "Unnamed: 0"; readr "...1", read.csv "X"
void drop_columns_of_nothing(Cells& cells) {
    for (std::size_t i = cells.names.size(); i-- > 0;) {
        if (!cells.names[i].text.empty()) continue;
        const bool empty = std::all_of(cells.rows.begin(), cells.rows.end(), [i](const Row& row) {
            return i >= row.size() || row[i].text.empty();
        });
        if (empty && cells.names.size() > 1) cells.erase_column(i);
    }
    constexpr std::array<std::string_view, 4> numbering{"", "Unnamed: 0", "...1", "X"};
    const std::string& first = cells.names.front().text;
    if (std::find(numbering.begin(), numbering.end(), first) != numbering.end() && cells.names.size() > 1 &&
        counts_rows(cells, 0))
        cells.erase_column(0);
}

/// A number with a comma in it that cannot be one between thousands: 36,05 or 0,125, not 1,000.
bool shows_decimal_comma(std::string_view text) {
    Scan scan(text);
    scan.one_of("+-");
    const auto whole = scan.run(Scan::digits);
    if (!whole || !scan.one_of(",")) return false;
    const auto decimals = scan.run(Scan::digits);
    return decimals && scan.at_end() && (decimals->size() != 3 || whole->size() > 3 || whole == "0");
}

/// Says what is wrong with the header. Gives whether rows can be read with it.
bool check_header(const Row& header, const Sources& sources, int source, Notes& notes) {
    if (header.size() == 1) {
        const Spot& spot = header[0].spot;
        const auto bar = sources.line(source, spot.line).find('|');
        if (bar != std::string_view::npos) {
            notes.error({source, spot.line, int(bar) + 1, 1}, "",
                        "cells are separated by '|', expected commas",
                        "save the table with commas (in a spreadsheet: CSV, separator ',')");
            return false;
        }
    }
    std::set<std::string> seen;
    bool good = true;
    for (const Cell& cell : header) {
        if (cell.text.empty()) {
            notes.error(cell.spot, "", "a column without a name",
                        "name it, or take it out (in R: write.csv(..., row.names = FALSE))");
            good = false;
        } else if (!seen.insert(cell.text).second) {
            notes.error(cell.spot, "", fmt::format("column {} is given twice", in_quotes(cell.text)));
            good = false;
        }
    }
    return good;
}

Node node_of(Row row, const std::shared_ptr<const TableHeader>& header, const Cells& cells) {
    Node out;
    out.kind = Kind::map;
    out.spot = row.front().spot;
    out.header = header;
    for (std::size_t i = 0; i < row.size(); ++i) {
        Entry entry{cells.names[i].text, cells.names[i].spot, {}};
        Node& value = entry.value;
        value.spot = row[i].spot;
        value.empty_cell = says_nothing(row[i]);
        value.not_available = value.empty_cell && !row[i].text.empty();
        value.decimal_comma = cells.decimal_comma;
        if (!value.empty_cell) {
            value.kind = Kind::scalar;
            value.text = std::move(row[i].text);
        }
        out.entries.push_back(std::move(entry));
    }
    return out;
}

/// Cells beyond the header that are empty say nothing; of others the row is reported. Gives whether it can be read.
bool fit_to_header(Row& row, const Row& header, Notes& notes) {
    while (row.size() > header.size() && row.back().text.empty()) row.pop_back();
    if (row.size() == header.size()) return true;
    const bool more = row.size() > header.size();
    notes.error(more ? row[header.size()].spot : row.back().spot, "",
                fmt::format("cells in this row: {}, in the header: {}", row.size(), header.size()),
                more ? "a text that holds a separator needs quotes" : "empty cells need their separator too");
    return false;
}

/// The header and the rows that hold something; nothing when quotes do not fit or there is no header.
std::optional<Cells> cells_of(const Sources& sources, int source, Notes& notes) {
    const CsvForm form = csv_form(sources, source);
    auto rows = csv_rows(sources, source, notes, form);
    if (!rows) return {};
    std::erase_if(*rows, is_empty);
    if (rows->empty()) {
        notes.error({source}, "", "the table is empty", "its first line names the columns");
        return {};
    }
    Cells cells{std::move(rows->front()), {}, false};
    std::move(rows->begin() + 1, rows->end(), std::back_inserter(cells.rows));
    drop_columns_of_nothing(cells);
    if (!cells.rows.empty() && is_hxl(cells.rows.front())) cells.rows.erase(cells.rows.begin());
    cells.decimal_comma = form.separator != ',' && has_decimal_commas(cells.rows);
    return cells;
}

}  // namespace

bool has_decimal_commas(const std::vector<Row>& rows) {
    return std::any_of(rows.begin(), rows.end(), [](const Row& row) {
        return std::any_of(row.begin(), row.end(),
                           [](const Cell& cell) { return shows_decimal_comma(cell.text); });
    });
}

std::optional<Node> parse_csv(const Sources& sources, int source, Notes& notes) {
    auto cells = cells_of(sources, source, notes);
    if (!cells || !check_header(cells->names, sources, source, notes)) return {};
    const Row& names = cells->names;

    const auto header = std::make_shared<TableHeader>();
    header->spot = names.front().spot;
    header->spot.length = int(sources.line(source, header->spot.line).size());
    header->quoted = std::all_of(names.begin(), names.end(), [](const Cell& cell) { return cell.quoted; });
    for (const Cell& cell : names) header->columns.push_back(cell.text);

    Node table;
    table.kind = Kind::list;
    table.spot = {source, names.front().spot.line, 1, 1};
    table.header = header;
    for (Row& row : cells->rows) {
        if (fit_to_header(row, names, notes)) table.items.push_back(node_of(std::move(row), header, *cells));
    }
    return table;
}

}  // namespace nuzuh::scenario
