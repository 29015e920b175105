#include "sim/region/sheet.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/base/text.hpp"
#include "sim/region/features.hpp"
#include "sim/region/gdal.hpp"
#include "sim/region/hxl.hpp"
#include "sim/region/numbers.hpp"
#include "sim/region/unpacked.hpp"
#include "sim/region/workbook.hpp"
#include "sim/scenario/csv.hpp"

namespace nuzuh::region {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> table_endings{".csv", ".tsv", ".txt", ".xlsx", ".geojson", ".json"};

bool is_hxl(const std::vector<std::string>& cells) {
    bool any = false;
    for (const auto& cell : cells) {
        if (!cell.empty() && cell.front() != '#') return false;
        any |= !cell.empty();
    }
    return any;
}

Result<Sheet> read_csv(const fs::path& file) {
    scenario::Sources sources;
    scenario::Notes notes(sources);
    const int source = scenario::read_text(sources, notes, file, {}, scenario::OtherEncoding::windows_1252);
    if (source < 0) return notes.sorted();
    auto rows = scenario::csv_rows(sources, source, notes, scenario::csv_form(sources, source));
    if (!rows) return notes.sorted();
    std::vector<SheetRow> all;
    for (const auto& row : *rows) {
        if (row.empty()) continue;
        auto& cells = all.emplace_back(SheetRow{row.front().spot.line, {}}).cells;
        for (const auto& cell : row) cells.push_back(cell.text);
    }
    Sheet sheet = with_header(file.string(), std::move(all));
    sheet.decimal_comma = scenario::has_decimal_commas(*rows);
    if (sheet.rows.empty()) return Findings{sheet.error("a table without rows")};
    return {std::move(sheet), notes.sorted()};
}

/// Whether a row is a note on a table: a text alone, which is long or begins as notes do.
bool is_note(const SheetRow& row) {
    std::string_view text;
    for (const auto& cell : row.cells) {
        if (!cell.empty() && !text.empty()) return false;
        if (!cell.empty()) text = cell;
    }
    constexpr std::size_t longest_name = 40;
    return text.find(':') != text.npos || text.starts_with('*') || text.size() > longest_name;
}

/// Takes notes below tables off them, and says so.
Findings without_notes(std::vector<Sheet>& sheets) {
    Findings said;
    for (auto& sheet : sheets) {
        int notes = 0, first = 0;
        while (sheet.columns.size() > 2 && !sheet.rows.empty() && is_note(sheet.rows.back())) {
            first = sheet.rows.back().line;
            sheet.rows.pop_back();
            ++notes;
        }
        if (notes > 0)
            said.push_back(
                sheet.warning({first, {}, {}}, fmt::format("{} notes below the table are left out", notes)));
    }
    return said;
}

/// The tables in a ZIP: those that suit best. What is no table, such as a text about it, is passed over where another is one.
Result<std::vector<Sheet>> read_zip(const fs::path& file, const SheetScore& suits) {
    const Unpacked inside(file, table_endings);
    if (has_errors(inside.findings())) return inside.findings();
    std::vector<Sheet> sheets;
    Findings notes, wrong;
    for (const auto& one : inside.files()) {
        auto read = read_sheets(one, suits);
        append(read ? notes : wrong, inside.rename(read.findings()));
        if (!read) continue;
        for (auto& sheet : *read) {
            inside.rename(sheet.name);
            sheets.push_back(std::move(sheet));
        }
    }
    if (sheets.empty() && has_errors(wrong)) return wrong;
    const Sheet none{file.string(), {}, {}};
    if (sheets.empty())
        return Findings{none.error("holds no table, boundaries or grid",
                                   "CSV, XLSX, GeoJSON, shapefile, GeoPackage or GeoTIFF")};
    auto best = best_of(std::move(sheets), suits, file);
    if (!best) return best.findings();
    if (inside.files().size() > 1)
        notes.push_back(none.warning(
            {}, fmt::format("of {} tables this is read: {}", inside.files().size(), best->front().name)));
    return {std::move(*best), notes};
}

}  // namespace

std::string column_key(std::string_view name) {
    std::string key;
    for (const char c : folded(name)) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
    }
    return key;
}

Sheet with_header(std::string name, std::vector<SheetRow> rows) {
    Sheet sheet{std::move(name), {}, {}};
    const auto filled = [](const SheetRow& row) {
        return std::count_if(row.cells.begin(), row.cells.end(),
                             [](const auto& cell) { return !cell.empty(); });
    };
    // Titles and headings of groups of columns fill few cells.
    constexpr std::size_t looked_at = 20;
    std::ptrdiff_t widest = 0;
    for (const auto& row : std::span(rows).first(std::min(rows.size(), looked_at)))
        widest = std::max(widest, filled(row));
    const auto header = std::find_if(rows.begin(), rows.end(), [&](const SheetRow& row) {
        return filled(row) >= std::max<std::ptrdiff_t>(2, (widest + 2) / 3);
    });
    for (auto& row : std::span(header == rows.end() ? rows.begin() : header, rows.end())) {
        if (sheet.columns.empty()) {
            std::transform(row.cells.begin(), row.cells.end(), std::back_inserter(sheet.columns), column_key);
        } else if (!(sheet.rows.empty() && is_hxl(row.cells))) {
            sheet.rows.push_back(std::move(row));
        } else {
            std::transform(row.cells.begin(), row.cells.end(), std::back_inserter(sheet.tags), key_of_hxl);
        }
    }
    return sheet;
}

std::optional<std::size_t> Sheet::column(std::initializer_list<std::string_view> keys) const {
    for (const auto* names : {&columns, &tags}) {
        for (const auto key : keys) {
            const auto found = std::find(names->begin(), names->end(), key);
            if (found == names->end()) continue;
            const auto index = std::size_t(found - names->begin());
            asked.insert(index);
            return index;
        }
    }
    return {};
}

std::string Sheet::not_asked_for() const {
    std::vector<std::string> names;
    for (std::size_t c = 0; c < columns.size(); ++c)
        if (!columns[c].empty() && !asked.contains(c)) names.push_back("'" + columns[c] + "'");
    return fmt::format("{}", fmt::join(names, ", "));
}

const std::string& Sheet::text(const SheetRow& row, std::optional<std::size_t> column) const {
    static const std::string none;
    return column && *column < row.cells.size() ? row.cells[*column] : none;
}

std::optional<double> Sheet::number(const SheetRow& row, std::optional<std::size_t> column) const {
    return count(row, column, decimal_comma);
}

std::optional<double> Sheet::count(const SheetRow& row, std::optional<std::size_t> column,
                                   bool points_are_thousands) const {
    const std::string digits = plain_number(text(row, column), points_are_thousands || decimal_comma);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return {};
    return value;
}

bool Sheet::points_are_thousands(std::optional<std::size_t> column) const {
    int with_points = 0;
    for (const auto& row : rows) {
        const auto& written = text(row, column);
        if (written.find('.') == std::string::npos) continue;
        if (written.find(',') != std::string::npos || !groups_thousands(written, '.') ||
            written.starts_with("0"))
            return false;
        ++with_points;
    }
    return with_points > 0;
}

Finding Sheet::error(const SheetRow& row, std::string message, std::string hint) const {
    return finding_at(Severity::error, {name, row.line, row.line > 0, 1}, std::move(message),
                      std::move(hint));
}

Finding Sheet::warning(const SheetRow& row, std::string message, std::string hint) const {
    return finding_at(Severity::warning, {name, row.line, row.line > 0, 1}, std::move(message),
                      std::move(hint));
}

Result<Sheet> read_tabs(const fs::path& file) {
    scenario::Sources sources;
    scenario::Notes notes(sources);
    const int source = scenario::read_text(sources, notes, file, {});
    if (source < 0) return notes.sorted();
    Sheet sheet{file.string(), {}, {}};
    for (int line = 1; line <= int(sources[source].lines.size()); ++line) {
        const std::string text(sources.line(source, line));
        if (text.empty()) continue;
        SheetRow row{line, {}};
        for (std::size_t begin = 0; begin <= text.size();) {
            const auto end = std::min(text.find('\t', begin), text.size());
            row.cells.push_back(text.substr(begin, end - begin));
            begin = end + 1;
        }
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

SheetScore has_columns(std::vector<std::string> keys) {
    return [keys = std::move(keys)](const Sheet& sheet) {
        return double(std::count_if(keys.begin(), keys.end(),
                                    [&](const auto& key) { return sheet.column(key).has_value(); }));
    };
}

Result<std::vector<Sheet>> best_of(std::vector<Sheet> sheets, const SheetScore& suits, const fs::path& file) {
    std::erase_if(sheets, [](const Sheet& sheet) { return sheet.rows.empty(); });
    if (sheets.empty()) return Findings{Sheet{file.string(), {}, {}}.error("nothing in it has any rows")};
    std::vector<std::pair<double, Sheet>> scored;
    for (auto& sheet : sheets) {
        const double score = suits ? suits(sheet) : 0;
        scored.emplace_back(score, std::move(sheet));
    }
    std::stable_sort(scored.begin(), scored.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first, a.second.rows.size()) > std::pair(b.first, b.second.rows.size());
    });
    std::vector<Sheet> best;
    for (auto& [score, sheet] : scored) {
        if (score == scored.front().first) best.push_back(std::move(sheet));
    }
    return best;
}

Result<std::vector<Sheet>> read_sheets(const fs::path& file, const SheetScore& suits) {
    const std::string ending = ending_of(file);
    if (ending == ".geojson" || ending == ".json") return read_features(file, suits);
    if (ending == ".xlsx") {
        auto book = read_workbook(file, suits);
        if (!book) return book.findings();
        Findings notes = book.findings();
        append(notes, without_notes(*book));
        return {std::move(*book), std::move(notes)};
    }
    if (is_vector_of_gdal(file)) return read_features(file, suits);
    const Sheet sheet{file.string(), {}, {}};
    if (is_grid_of_gdal(file)) return Findings{sheet.error("a grid is no table", "give it as --population")};
    if (ending == ".xls")
        return Findings{sheet.error(".xls is not read as it is", "save it as .xlsx or CSV")};
    if (ending == ".zip") return read_zip(file, suits);
    auto table = read_csv(file);
    if (!table) return table.findings();
    Findings notes = table.findings();
    std::vector<Sheet> sheets{std::move(*table)};
    append(notes, without_notes(sheets));
    return {std::move(sheets), std::move(notes)};
}

Result<Sheet> read_sheet(const fs::path& file, const SheetScore& suits) {
    auto sheets = read_sheets(file, suits);
    if (!sheets) return sheets.findings();
    const Findings notes = sheets.findings();
    return {std::move(sheets->front()), notes};
}

}  // namespace nuzuh::region
