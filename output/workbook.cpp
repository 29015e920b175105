#include "output/workbook.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "output/hdf5.hpp"
#include "sim/base/date.hpp"
#include "sim/base/work_folder.hpp"

#ifdef NUZUH_WORKBOOKS
#include <xlsxwriter.h>
#endif

namespace nuzuh {

#ifndef NUZUH_WORKBOOKS

bool writes_workbooks() { return false; }

ExportedFile workbook(const std::string&, const std::vector<ExportedFile>&) {
    throw std::logic_error("this program was built without libxlsxwriter");
}

#else

namespace {

constexpr std::size_t most_rows = LXW_ROW_MAX;
constexpr double first_column_width = 14;  ///< [characters]
constexpr std::size_t longest_sheet_name = 31;
constexpr int days_from_1900_to_1970 =
    25'569;  ///< serial number of 1970-01-01 in workbooks that count from 1900

void require(lxw_error error) {
    if (error != LXW_NO_ERROR)
        throw h5::Error(fmt::format("the workbook cannot be written: {}", lxw_strerror(error)));
}

/// A workbook that is being filled row by row.
class Workbook {
public:
    explicit Workbook(const std::filesystem::path& folder)
        : target_((folder / "book.xlsx").string()), folder_(folder.string()) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        options.tmpdir = folder_.data();
        book_ = workbook_new_opt(target_.c_str(), &options);
        if (!book_) throw h5::Error("the workbook cannot be written: no memory");
        lxw_doc_properties properties{};
        properties.created =
            time_t{946'684'800};  // the first second of 2000: the same tables give the same bytes
        workbook_set_properties(book_, &properties);
        heading_ = workbook_add_format(book_);
        format_set_bold(heading_);
        day_ = workbook_add_format(book_);
        format_set_num_format(day_, "yyyy-mm-dd");
    }
    ~Workbook() {
        if (book_) workbook_close(book_);  // the folder goes with what this writes
    }
    Workbook(const Workbook&) = delete;
    Workbook& operator=(const Workbook&) = delete;

    void add_notes(const std::string& text) {
        auto* sheet = new_sheet("READ_ME", 1);
        lxw_row_t row = 0;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            if (end > at)
                require(worksheet_write_string(sheet, row, 0, text.substr(at, end - at).c_str(), nullptr));
            at = end + 1;
            ++row;
        }
    }

    void add_table(const ExportedFile& file) {
        const std::string name = file.name.substr(0, file.name.rfind('.'));
        std::vector<std::string> heads, tags;
        lxw_worksheet* sheet = nullptr;
        std::size_t row = 0;
        int part = 1;
        CsvRows rows(file.content);
        std::vector<std::string> cells;
        for (std::size_t line = 0; rows.next(cells); ++line) {
            if (line == 0) {
                heads = cells;
                continue;
            }
            if (line == 1 && cells.front().starts_with('#')) {
                tags = cells;
                continue;
            }
            if (!sheet || row == most_rows) {
                sheet = begin_sheet(part == 1 ? name : fmt::format("{} {}", name, part), heads, tags);
                row = tags.empty() ? 1 : 2;
                ++part;
            }
            for (std::size_t c = 0; c < cells.size(); ++c) write_cell(sheet, row, c, cells[c], file);
            ++row;
        }
        if (!sheet) begin_sheet(name, heads, tags);
    }

    std::string finish() {
        require(workbook_close(std::exchange(book_, nullptr)));
        std::ifstream in(target_, std::ios::binary);
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!in || bytes.empty()) throw h5::Error(fmt::format("{} cannot be read back", target_));
        return bytes;
    }

private:
    lxw_worksheet* new_sheet(const std::string& name, std::size_t columns) {
        auto* sheet = workbook_add_worksheet(book_, name.substr(0, longest_sheet_name).c_str());
        if (!sheet) throw h5::Error(fmt::format("the workbook takes no sheet '{}'", name));
        worksheet_set_column(sheet, 0, lxw_col_t(columns - 1), first_column_width, nullptr);
        return sheet;
    }

    lxw_worksheet* begin_sheet(const std::string& name, const std::vector<std::string>& heads,
                               const std::vector<std::string>& tags) {
        if (heads.size() > LXW_COL_MAX)
            throw h5::Error(fmt::format("{} has {} columns, and a sheet no more than {}", name, heads.size(),
                                        int(LXW_COL_MAX)));
        auto* sheet = new_sheet(name, heads.size());
        for (std::size_t c = 0; c < heads.size(); ++c)
            require(worksheet_write_string(sheet, 0, lxw_col_t(c), heads[c].c_str(), heading_));
        for (std::size_t c = 0; c < tags.size(); ++c)
            if (!tags[c].empty())
                require(worksheet_write_string(sheet, 1, lxw_col_t(c), tags[c].c_str(), nullptr));
        worksheet_freeze_panes(sheet, tags.empty() ? 1 : 2, 0);
        return sheet;
    }

    /// An empty cell stays blank: programs read a cell without a number as 0, or refuse it.
    void write_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column, const std::string& cell,
                    const ExportedFile& file) {
        if (cell.empty()) return;
        const auto r = lxw_row_t(row);
        const auto c = lxw_col_t(column);
        const auto kind = column < file.columns.size() ? file.columns[column] : CellKind::text;
        if (kind == CellKind::number) {
            double value = 0;
            std::from_chars(cell.data(), cell.data() + cell.size(), value);
            require(worksheet_write_number(sheet, r, c, value, nullptr));
        } else if (const auto date = kind == CellKind::date ? parse_date(cell) : std::nullopt) {
            const double serial = *date - Date{} + days_from_1900_to_1970;
            require(worksheet_write_number(sheet, r, c, serial, day_));
        } else {
            require(worksheet_write_string(sheet, r, c, cell.c_str(), nullptr));
        }
    }

    std::string target_, folder_;
    lxw_workbook* book_ = nullptr;
    lxw_format* heading_ = nullptr;
    lxw_format* day_ = nullptr;
};

}  // namespace

bool writes_workbooks() { return true; }

ExportedFile workbook(const std::string& name, const std::vector<ExportedFile>& files) {
    const WorkFolder folder;
    Workbook book(folder.path());
    for (const auto& file : files)
        if (!file.name.ends_with(".csv")) book.add_notes(file.content);
    for (const auto& file : files)
        if (file.name.ends_with(".csv")) book.add_table(file);
    return {name, book.finish(), {}};
}

#endif

}  // namespace nuzuh
