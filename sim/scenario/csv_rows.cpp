#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "sim/scenario/csv.hpp"

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
    Scanner(const Sources& sources, int source, Notes& notes, CsvForm form)
        : text_(sources[source].text),
          source_(source),
          notes_(notes),
          separator_(form.separator),
          as_python_(form.quotes_as_python),
          at_(sources[source].lines[std::size_t(form.first_line) - 1]),
          line_begin_(at_),
          line_(form.first_line) {}

    bool at_end() const { return at_ >= text_.size(); }

    /// The next row, without cells for an empty line; nothing when quotes do not fit.
    std::optional<Row> row() {
        Row cells;
        while (true) {
            auto cell = begins_with_quote() ? quoted_cell() : plain_cell();
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
    bool is_blank(char c) const { return is_space(c) && c != separator_; }

    /// Whether the next cell is in quotes, with or without blanks before them; moves to the quote.
    bool begins_with_quote() {
        std::size_t at = at_;
        while (!as_python_ && at < text_.size() && is_blank(text_[at])) ++at;
        const bool quote = at < text_.size() && text_[at] == '"';
        if (quote) at_ = at;
        return quote;
    }

    Spot here() const { return {source_, line_, int(at_ - line_begin_) + 1, 1}; }

    void new_line() {
        ++at_;
        ++line_;
        line_begin_ = at_;
    }

    /// Everything up to the end of the cell.
    std::string_view rest_of_cell() {
        const std::size_t end = std::min(text_.find_first_of(ends_, at_), text_.size());
        const auto raw = text_.substr(at_, end - at_);
        at_ = end;
        return raw;
    }

    Cell plain_cell() {
        Cell cell{"", here(), false};
        const auto raw = rest_of_cell();
        const auto text = trimmed(raw);
        cell.text = as_python_ ? raw.substr(0, raw.find_last_not_of('\r') + 1) : text;
        if (!text.empty()) cell.spot.column += int(text.data() - raw.data());
        cell.spot.length = int(std::max<std::size_t>(1, text.size()));
        return cell;
    }

    std::optional<Cell> quoted_cell() {
        Cell cell{"", here(), true};
        ++at_;
        while (true) {
            if (at_end()) {
                if (as_python_) return cell;
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
        if (as_python_) {
            cell.text += rest_of_cell();
            return cell;
        }
        while (!at_end() && is_blank(text_[at_])) ++at_;
        if (!at_end() && text_[at_] != separator_ && text_[at_] != '\n') {
            notes_.error(here(), "", "text after the closing quote of a cell",
                         "quotes inside a quoted cell are doubled: \"a \"\"b\"\" c\"");
            return {};
        }
        return cell;
    }

    std::string_view text_;
    int source_;
    Notes& notes_;
    char separator_;
    bool as_python_;
    std::string ends_ = {separator_, '\n'};
    std::size_t at_;
    std::size_t line_begin_;
    int line_;
};

/// The separator that a line has most of outside of quotes; ',' unless another is more frequent.
char separator_of(std::string_view line) {
    std::map<char, int> count;
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') quoted = !quoted;
        if (!quoted) ++count[c];
    }
    char most = ',';
    for (const char other : {';', '\t'}) {
        if (count[other] > count[most]) most = other;
    }
    return most;
}

}  // namespace

CsvForm csv_form(const Sources& sources, int source) {
    const auto first = sources.line(source, 1);
    const bool says = sources[source].lines.size() > 1 && first.size() == 5 && first.starts_with("sep=") &&
                      std::string_view(",;\t").find(first[4]) != std::string_view::npos;
    if (says) return {first[4], 2};
    for (int line = 1; line <= int(sources[source].lines.size()); ++line) {
        const auto text = sources.line(source, line);
        if (!trimmed(text).empty()) return {separator_of(text), 1};
    }
    return {};
}

std::optional<std::vector<Row>> csv_rows(const Sources& sources, int source, Notes& notes, CsvForm form) {
    Scanner scanner(sources, source, notes, form);
    std::vector<Row> rows;
    while (!scanner.at_end()) {
        auto row = scanner.row();
        if (!row) return {};
        if (!row->empty()) rows.push_back(std::move(*row));
    }
    return rows;
}

}  // namespace nuzuh::scenario
