#include "sim/region/days.hpp"

#include <fmt/format.h>

#include "sim/region/numbers.hpp"
#include "sim/scenario/values.hpp"

namespace nuzuh::region {
namespace {

bool is_open(const DateReadings& readings) { return readings.day_first != readings.month_first; }

}  // namespace

Days::Days(const Sheet& sheet, const std::vector<Column>& columns, const Period& period, Findings& found)
    : sheet_(sheet) {
    std::vector<DateReadings> all;
    const SheetRow* first = nullptr;
    std::string shown;  // the first that can mean two days, else the first that shows the order
    bool shown_both = false;
    for (const auto& row : sheet.rows) {
        for (const auto& column : columns) {
            const auto text = in_plain_digits(sheet.text(row, column));
            const auto readings = date_readings(text, {});
            if (!readings && !text.empty() && !said_) say_unread(row, text, found);
            if (!readings) continue;
            all.push_back(*readings);
            const bool both = readings->day_first && readings->month_first;
            if (!is_open(*readings) || (first && (!both || shown_both))) continue;
            first = &row;
            shown = text;
            shown_both = both;
        }
    }
    const auto order = date_order(all, period);
    month_first_ = order == DateOrder::month_first;
    if (!first) return;
    const auto readings = date_readings(shown, {});
    if (order == DateOrder::unknown)
        found.push_back(sheet.error(
            *first,
            fmt::format("'{}' is {} with the day first and {} with the month first; nothing in the table "
                        "tells which it is",
                        shown, readings->day_first ? iso(*readings->day_first) : "no day",
                        readings->month_first ? iso(*readings->month_first) : "no day"),
            "write days as 2024-08-17"));
    else
        found.push_back(sheet.warning(
            *first, fmt::format("days are read with the {} first: '{}' as {}", month_first_ ? "month" : "day",
                                shown, iso(read(readings).value_or(Date{})))));
}

/// What the first text that is no day may mean: a spreadsheet's number of days, such as 45356, is one.
void Days::say_unread(const SheetRow& row, const std::string& text, Findings& found) {
    scenario::Node cell;
    cell.kind = scenario::Kind::scalar;
    cell.text = text;
    Date none;
    const auto why = scenario::read_date(cell, none);
    if (!why || why->hint.empty()) return;
    said_ = true;
    found.push_back(sheet_.error(row, why->message, why->hint));
}

std::optional<Date> Days::of(const SheetRow& row, Column column) const {
    return read(date_readings(in_plain_digits(sheet_.text(row, column)), {}));
}

std::optional<Date> Days::read(const std::optional<DateReadings>& readings) const {
    if (!readings) return {};
    return month_first_ ? readings->month_first : readings->day_first;
}

}  // namespace nuzuh::region
