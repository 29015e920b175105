#include "sim/scenario/csv.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace nuzuh::scenario {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

/// Walks over the text cell by cell.
class Scanner {
public:
    Scanner(const Sources& sources, int source, Notes& notes)
        : text_(sources[source].text), source_(source), notes_(notes) {}

    bool at_end() const { return at_ >= text_.size(); }

    /// The next row, without cells for an empty line; nothing when quotes do not fit.
    std::optional<Row> row() {
        Row cells;
        while (true) {
            auto cell = text_.substr(at_).starts_with('"') ? quoted_cell() : plain_cell();
            if (!cell) return {};
            cells.push_back(std::move(*cell));
            if (at_end() || text_[at_] == '\n') break;
            ++at_;
        }
        if (!at_end()) new_line();
        if (cells.size() == 1 && cells[0].text.empty() && !cells[0].quoted) cells.clear();
        return cells;
    }

private:
    Spot here() const { return {source_, line_, int(at_ - line_begin_) + 1, 1}; }

    void new_line() {
        ++at_;
        ++line_;
        line_begin_ = at_;
    }

    Cell plain_cell() {
        Cell cell{"", here(), false};
        const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
        const auto raw = text_.substr(at_, end - at_);
        const auto text = trimmed(raw);
        cell.text = text;
        if (!text.empty()) cell.spot.column += int(text.data() - raw.data());
        cell.spot.length = int(std::max<std::size_t>(1, text.size()));
        at_ = end;
        return cell;
    }

    std::optional<Cell> quoted_cell() {
        Cell cell{"", here(), true};
        ++at_;
        while (true) {
            if (at_end()) {
                notes_.error(cell.spot, "", "a quote that is opened and never closed",
                             "quotes inside a quoted cell are doubled: \"a \"\"b\"\" c\"");
                return {};
            }
            const char c = text_[at_];
            if (c == '"' && text_.substr(at_ + 1).starts_with('"')) {
                cell.text += '"';
                at_ += 2;
            } else if (c == '"') {
                ++at_;
                break;
            } else if (c == '\n') {
                cell.text += c;
                new_line();
            } else {
                cell.text += c;
                ++at_;
            }
        }
        if (cell.spot.line == line_) cell.spot.length = here().column - cell.spot.column;
        while (!at_end() && is_space(text_[at_])) ++at_;
        if (!at_end() && text_[at_] != ',' && text_[at_] != '\n') {
            notes_.error(here(), "", "text after the closing quote of a cell",
                         "quotes inside a quoted cell are doubled: \"a \"\"b\"\" c\"");
            return {};
        }
        return cell;
    }

    std::string_view text_;
    int source_;
    Notes& notes_;
    std::size_t at_ = 0;
    std::size_t line_begin_ = 0;
    int line_ = 1;
};

bool is_hxl(const Row& row) {
    const auto tag_or_empty = [](const Cell& c) { return c.text.empty() || c.text.front() == '#'; };
    return std::all_of(row.begin(), row.end(), tag_or_empty) &&
           std::any_of(row.begin(), row.end(), [](const Cell& c) { return !c.text.empty(); });
}

/// Says what is wrong with the header. Gives whether rows can be read with it.
bool check_header(const Row& header, const Sources& sources, int source, Notes& notes) {
    if (header.size() == 1) {
        const auto line = sources.line(source, header[0].spot.line);
        for (const char other : {';', '\t', '|'}) {
            if (line.find(other) == line.npos) continue;
            notes.error({source, header[0].spot.line, int(line.find(other)) + 1, 1}, "",
                        fmt::format("cells are separated by {}, expected commas",
                                    other == '\t' ? "tabs" : fmt::format("'{}'", other)),
                        "save the table with commas (in a spreadsheet: CSV, separator ',')");
            return false;
        }
    }
    std::set<std::string> seen;
    bool good = true;
    for (const Cell& cell : header) {
        if (cell.text.empty()) {
            notes.error(cell.spot, "", "a column without a name", "name it, or take it out with its ','");
            good = false;
        } else if (!seen.insert(cell.text).second) {
            notes.error(cell.spot, "", fmt::format("column {} is given twice", in_quotes(cell.text)));
            good = false;
        }
    }
    return good;
}

Node node_of(Row row, const std::shared_ptr<const TableHeader>& header, const Row& names) {
    Node out;
    out.kind = Kind::map;
    out.spot = row.front().spot;
    out.header = header;
    for (std::size_t i = 0; i < row.size(); ++i) {
        Entry entry{names[i].text, names[i].spot, {}};
        entry.value.spot = row[i].spot;
        entry.value.empty_cell = row[i].text.empty();
        if (!entry.value.empty_cell) entry.value.kind = Kind::scalar;
        entry.value.text = std::move(row[i].text);
        out.entries.push_back(std::move(entry));
    }
    return out;
}

void note_cells(const Row& row, const Row& header, Notes& notes) {
    const bool more = row.size() > header.size();
    notes.error(more ? row[header.size()].spot : row.back().spot, "",
                fmt::format("cells in this row: {}, in the header: {}", row.size(), header.size()),
                more ? "a text that holds a ',' needs quotes" : "empty cells need their ',' too");
}

}  // namespace

std::optional<std::vector<Row>> csv_rows(const Sources& sources, int source, Notes& notes) {
    Scanner scanner(sources, source, notes);
    std::vector<Row> rows;
    while (!scanner.at_end()) {
        auto row = scanner.row();
        if (!row) return {};
        if (!row->empty()) rows.push_back(std::move(*row));
    }
    return rows;
}

std::optional<Node> parse_csv(const Sources& sources, int source, Notes& notes) {
    Scanner scanner(sources, source, notes);
    Row names;
    while (names.empty() && !scanner.at_end()) {
        auto row = scanner.row();
        if (!row) return {};
        names = std::move(*row);
    }
    if (names.empty()) {
        notes.error({source}, "", "the table is empty", "its first line names the columns");
        return {};
    }
    if (!check_header(names, sources, source, notes)) return {};

    const auto header = std::make_shared<TableHeader>();
    header->spot = names.front().spot;
    header->spot.length = int(sources.line(source, header->spot.line).size());
    for (const Cell& cell : names) header->columns.push_back(cell.text);

    Node table;
    table.kind = Kind::list;
    table.spot = {source, names.front().spot.line, 1, 1};
    for (bool first = true; !scanner.at_end(); first = false) {
        auto row = scanner.row();
        if (!row) return {};
        if (row->empty() || (first && is_hxl(*row))) continue;
        if (row->size() != names.size())
            note_cells(*row, names, notes);
        else
            table.items.push_back(node_of(std::move(*row), header, names));
    }
    return table;
}

}  // namespace nuzuh::scenario
