#include "sim/region/event_table.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/base/text.hpp"
#include "sim/region/sheet.hpp"
#include "sim/scenario/values.hpp"

namespace nuzuh::region {
namespace {

using scenario::in_quotes, scenario::Node, scenario::Notes, scenario::Sources, scenario::read_date,
    scenario::read_number;

constexpr std::array<std::string_view, 7> needed{"event_date", "event_type", "sub_event_type", "location",
                                                 "latitude",   "longitude",  "geo_precision"};
constexpr std::array<std::string_view, 3> identifiers{"event_id_cnty", "data_id", "event_id_no_cnty"};
constexpr int earliest_year = 1900;

int year_of(Date date) { return std::stoi(iso(date)); }

/// The same day in another year, if it exists.
std::string same_day_hint(Date date, int year) {
    const auto text = fmt::format("{:04}{}", year, iso(date).substr(4));
    return parse_date(text) ? fmt::format("did you mean {}?", text) : "correct one of the two";
}

class EventReader {
public:
    EventReader(const Node& table, std::set<std::string>& seen, Notes& notes)
        : table_(table), seen_(seen), notes_(notes) {
        for (const auto& column : table.header->columns) columns_.emplace(column_key(column), column);
    }

    std::vector<EventRow> rows() {
        std::vector<EventRow> out;
        if (!has_columns()) return out;
        constexpr std::size_t page = 5000;  // events that the interface gives at once
        if (!table_.items.empty() && table_.items.size() % page == 0)
            notes_.warning(
                table_.spot, "",
                fmt::format("{} events, as many as ACLED's interface gives at once: are there more?",
                            table_.items.size()),
                "ask for its other pages (page=2), and give them as files of their own");
        if (table_.items.empty()) notes_.error(table_.spot, "", "the table has a header and no events");
        for (const Node& row : table_.items) {
            auto event = read(row);
            if (event && first_time(row)) out.push_back(std::move(*event));
        }
        return out;
    }

private:
    bool has(std::string_view column) const { return columns_.contains(column_key(column)); }

    const Node& cell(const Node& row, std::string_view column) const {
        return row.find(columns_.at(column_key(column)))->value;
    }

    bool has_columns() {
        std::vector<std::string_view> missing;
        std::copy_if(needed.begin(), needed.end(), std::back_inserter(missing),
                     [this](std::string_view column) { return !has(column); });
        const auto& header = *table_.header;
        if (missing.size() == needed.size()) {
            notes_.error(header.spot, "", "this is no table of ACLED events: none of its columns is there",
                         fmt::format("columns needed are {}", fmt::join(needed, ", ")));
            return false;
        }
        for (const auto column : missing) {
            const std::string near = nearest_word(column, header.columns);
            notes_.error(header.spot, "", fmt::format("there is no column '{}'", column),
                         near.empty() ? "export the events with all columns"
                                      : fmt::format("is it the column '{}'?", near));
        }
        if (missing.empty() && !identifier())
            notes_.warning(header.spot, "",
                           "there is no column of identifiers, such as 'event_id_cnty': events given twice "
                           "count twice");
        return missing.empty();
    }

    std::optional<std::string_view> identifier() const {
        const auto found =
            std::find_if(identifiers.begin(), identifiers.end(), [this](auto column) { return has(column); });
        return found == identifiers.end() ? std::nullopt : std::optional(*found);
    }

    std::optional<EventRow> read(const Node& row) {
        EventRow event;
        const auto year = year_column(row);
        const auto dates = dates_of(cell(row, "event_date"), year);
        const auto lat = number(row, "latitude", -90, 90), lon = number(row, "longitude", -180, 180);
        const auto geo = number(row, "geo_precision", 1, 3);
        const auto time = has("time_precision") && !cell(row, "time_precision").is_null()
                              ? number(row, "time_precision", 1, 3)
                              : std::optional<double>(1);
        if (!dates || !lat || !lon || !geo || !time) return {};
        event.dates = *dates;
        event.lat = *lat;
        event.lon = *lon;
        event.geo_precision = int(*geo);
        event.time_precision = int(*time);
        take_texts(row, event);
        return event;
    }

    void take_texts(const Node& row, EventRow& event) const {
        event.date_spot = cell(row, "event_date").spot;
        event.date_text = cell(row, "event_date").text;
        event.location_spot = cell(row, "location").spot;
        event.location = cell(row, "location").text;
        event.type_spot = cell(row, "sub_event_type").spot;
        event.event_type = cell(row, "event_type").text;
        event.sub_event_type = cell(row, "sub_event_type").text;
        if (has("admin1")) event.province = cell(row, "admin1").text;
    }

    std::optional<int> year_column(const Node& row) {
        if (!has("year") || cell(row, "year").is_null()) return {};
        const auto year = number(row, "year", earliest_year, 2199);
        return year ? std::optional(int(*year)) : std::nullopt;
    }

    std::optional<DateReadings> dates_of(const Node& cell, std::optional<int> year) {
        const auto dates = date_readings(cell.text, year);
        if (!dates) {
            Date date;
            const auto wrong = read_date(cell, date);
            const bool own_hint = wrong && wrong->hint.find("write ") != std::string::npos;
            notes_.error(cell.spot, "event_date", wrong ? wrong->message : "expects a date",
                         own_hint ? wrong->hint : "expected 2019-08-17, 17 August 2019 or 17-Aug-19");
            return {};
        }
        const Date date = dates->day_first ? *dates->day_first : *dates->month_first;
        if (year && year_of(date) != *year) {
            notes_.error(cell.spot, "event_date",
                         fmt::format("event_date is {}, of the year {}; the column 'year' says {}",
                                     in_quotes(cell.text), year_of(date), *year),
                         same_day_hint(date, *year));
            return {};
        }
        if (year_of(date) < earliest_year) {
            notes_.error(cell.spot, "event_date",
                         fmt::format("event_date is {}, of the year {}", in_quotes(cell.text), year_of(date)),
                         "write the year with its century");
            return {};
        }
        return dates;
    }

    std::optional<double> number(const Node& row, std::string_view column, double low, double high) {
        const Node& node = cell(row, column);
        double value = 0;
        const auto wrong = read_number(node, "", {low, high}, value);
        if (!wrong) return value;
        notes_.error(node.spot, std::string(column), fmt::format("'{}' {}", column, wrong->message),
                     wrong->hint);
        return {};
    }

    bool first_time(const Node& row) {
        const auto column = identifier();
        if (!column) return true;
        const Node& id = cell(row, *column);
        if (id.text.empty() || seen_.insert(id.text).second) return true;
        notes_.warning(id.spot, std::string(*column),
                       fmt::format("event '{}' is given twice and counts once", id.text));
        return false;
    }

    const Node& table_;
    std::set<std::string>& seen_;
    Notes& notes_;
    std::map<std::string, std::string> columns_;  ///< as written, by what `column_key` makes of them
};

std::string csv_cell_of(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    std::replace(text.begin(), text.end(), '\r', ' ');
    // In quotes for either separator: the reader finds out which it is.
    return csv_quoted(text, text.find(';') == std::string::npos ? ',' : ';');
}

/// A sheet as CSV, each row at the line of its number where that is free.
std::string csv_of(const Sheet& sheet) {
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
        if (!sheet.columns[c].empty() && sheet.column(sheet.columns[c]) == c) columns.push_back(c);
    }
    std::vector<std::string> cells;
    for (const auto c : columns) cells.push_back(sheet.columns[c]);
    std::string text = fmt::format("{}\n", fmt::join(cells, ","));
    int line = 1;
    for (const auto& row : sheet.rows) {
        cells.clear();
        for (const auto c : columns) cells.push_back(csv_cell_of(sheet.text(row, c)));
        for (; line + 1 < row.line; ++line) text += '\n';
        text += fmt::format("{}\n", fmt::join(cells, ","));
        ++line;
    }
    return text;
}

}  // namespace

std::vector<int> read_event_texts(Sources& sources, Notes& notes, const std::filesystem::path& file,
                                  Findings& found) {
    const std::string ending = in_small_letters(file.extension().string());
    if (ending != ".xlsx" && ending != ".xls" && ending != ".json") {
        const int source =
            scenario::read_text(sources, notes, file, {}, scenario::OtherEncoding::windows_1252);
        return source < 0 ? std::vector<int>{} : std::vector{source};
    }
    std::vector<std::string> keys;
    for (const auto column : needed) keys.push_back(column_key(column));
    const auto sheets = read_sheets(file, has_columns(keys));
    append(found, sheets.findings());
    std::vector<int> texts;
    if (!sheets) return texts;
    for (const auto& sheet : *sheets) texts.push_back(sources.add(sheet.name, file, csv_of(sheet)));
    return texts;
}

std::vector<EventRow> event_rows(const Node& table, std::set<std::string>& seen, Notes& notes) {
    return EventReader(table, seen, notes).rows();
}

}  // namespace nuzuh::region
