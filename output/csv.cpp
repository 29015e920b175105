#include "output/csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/base/text.hpp"

namespace nuzuh {

std::string without_formula(std::string_view text) {
    const bool formula =
        !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
    return (formula ? "'" : "") + std::string(text);
}

namespace {

/// Text with the full-width form of each number sign.
std::string without_number_sign(const std::string& text) {
    std::string result;
    for (char c : text) result += c == '#' ? "\xEF\xBC\x83" : std::string(1, c);
    return result;
}

}  // namespace

std::string csv_cell(std::string_view text) { return csv_quoted(without_number_sign(without_formula(text))); }

bool CsvRows::next(std::vector<std::string>& cells) {
    cells.clear();
    if (rest_.empty()) return false;
    std::string cell;
    bool quoted = false;
    std::size_t at = 0;
    for (; at < rest_.size() && (quoted || rest_[at] != '\n'); ++at) {
        const char c = rest_[at];
        if (c == '"') {
            if (quoted && at + 1 < rest_.size() && rest_[at + 1] == '"') {
                cell += c;
                ++at;
            } else {
                quoted = !quoted;
            }
        } else if (c == ',' && !quoted) {
            cells.push_back(std::exchange(cell, {}));
        } else {
            cell += c;
        }
    }
    cells.push_back(std::move(cell));
    rest_.remove_prefix(std::min(at + 1, rest_.size()));
    return true;
}

CsvTable::CsvTable(std::vector<Column> columns, bool hxl) : columns_(std::move(columns)) {
    for (const auto& column : columns_)
        kinds_.push_back(column.hxl.starts_with("#date") ? CellKind::date : CellKind::text);
    for (const auto& column : columns_) text(column.name);
    end_row();
    if (!hxl) return;
    for (const auto& column : columns_) raw(column.hxl);
    end_row();
}

void CsvTable::text(std::string_view text) { raw(csv_cell(text)); }

void CsvTable::number(double value, int decimals) {
    kinds_.at(cells_) = CellKind::number;
    if (std::isnan(value)) return nothing();
    const double shift = std::pow(10.0, decimals);
    const double rounded = std::round(value * shift) / shift;
    std::array<char, 64> digits;
    const bool whole = rounded == std::floor(rounded) && std::abs(rounded) < 1e15;
    const auto end =
        whole ? std::to_chars(digits.begin(), digits.end(), static_cast<long long>(rounded))
              : std::to_chars(digits.begin(), digits.end(), rounded, std::chars_format::fixed, decimals);
    raw({digits.data(), std::size_t(end.ptr - digits.data())});
}

void CsvTable::raw(std::string_view cells, std::size_t count) {
    if (cells_ > 0) content_ += ',';
    content_ += cells;
    cells_ += count;
}

void CsvTable::end_row() {
    if (cells_ != columns_.size())
        throw std::logic_error("a row has not as many cells as the table has columns");
    content_ += '\n';
    cells_ = 0;
}

}  // namespace nuzuh
