#include "sim/region/event_dates.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/scenario/scan.hpp"
#include "sim/scenario/values.hpp"

namespace nuzuh::region {
namespace {

using scenario::Kind, scenario::Node, scenario::Scan;

constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
constexpr int first_year_of_acled = 1997;

std::optional<Date> date_of(int year, int month, int day) {
    return parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

/// 1 to 12 for the name of a month or its first three letters ("sept" too).
std::optional<int> month_of(std::string_view name) {
    for (std::size_t m = 0; m < months.size(); ++m) {
        if (name == months[m] || name == months[m].substr(0, 3) || (m == 8 && name == "sept"))
            return int(m) + 1;
    }
    return {};
}

/// A year of four digits as it stands; of two digits in the century of the column `year`, else from 1997 on.
std::optional<int> year_of(std::string_view digits, std::optional<int> column) {
    Scan scan(digits);
    const auto number = scan.number(digits.size(), digits.size());
    if (!number || digits.size() == 4) return number;
    if (digits.size() != 2) return {};
    if (column) return *column / 100 * 100 + *number;
    return *number + (*number < first_year_of_acled % 100 ? 2000 : 1900);
}

void separator(Scan& scan) {
    scan.spaces();
    scan.one_of("-/.,");
    scan.spaces();
}

/// 17 August 2019, 17-Aug-19, August 17, 2019.
std::optional<Date> with_month_name(const std::string& small, std::optional<int> column) {
    Scan scan(small);
    auto day = scan.number(1, 2);
    if (day) separator(scan);
    const auto name = scan.run(letters);
    const auto month = name ? month_of(*name) : std::nullopt;
    if (!month) return {};
    separator(scan);
    if (!day) {
        day = scan.number(1, 2);
        separator(scan);
    }
    const auto digits = scan.run(Scan::digits, 2, 4);
    const auto year = digits ? year_of(*digits, column) : std::nullopt;
    if (!day || !year || !scan.at_end()) return {};
    return date_of(*year, *month, *day);
}

/// 17/08/2019 or 2019/08/17, with '/', '.' or '-' between.
std::optional<DateReadings> of_numbers(const std::string& text, std::optional<int> column) {
    Scan scan(text);
    std::array<std::string_view, 3> part;
    for (std::size_t i = 0; i < part.size(); ++i) {
        if (i > 0 && !scan.one_of("/.-")) return {};
        const auto digits = scan.run(Scan::digits, 1, 4);
        if (!digits) return {};
        part[i] = *digits;
    }
    if (!scan.at_end()) return {};
    const auto value = [](std::string_view digits) { return *Scan(digits).number(1, 4); };
    if (part[0].size() == 4 && part[1].size() <= 2 && part[2].size() <= 2) {
        const auto date = date_of(value(part[0]), value(part[1]), value(part[2]));
        return DateReadings{date, date};
    }
    const auto year = year_of(part[2], column);
    if (!year || part[0].size() > 2 || part[1].size() > 2) return {};
    const int a = value(part[0]), b = value(part[1]);
    return DateReadings{date_of(*year, b, a), date_of(*year, a, b)};
}

/// A text without a time behind a day: 2024-01-05T00:00:00, 5/1/2024 00:00, 5 January 2024, 10:00 AM.
std::string without_time(std::string text) {
    if (const auto colon = text.find(':'); colon != text.npos) {
        const auto gap = text.find_last_of(" T", colon);
        if (gap != text.npos) text.resize(gap);
    }
    while (text.ends_with(' ') || text.ends_with(',')) text.pop_back();
    return text;
}

}  // namespace

std::optional<DateReadings> date_readings(std::string_view written, std::optional<int> year) {
    std::string text = without_time(std::string(written));
    if (text.size() == 8 && text.find_first_not_of(Scan::digits) == text.npos)
        text = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6);
    Node cell;
    cell.kind = Kind::scalar;
    cell.text = text;
    Date date;
    if (!scenario::read_date(cell, date)) return DateReadings{date, date};
    const std::string small = in_small_letters(text);
    if (const auto named = with_month_name(small, year)) return DateReadings{named, named};
    const auto readings = of_numbers(small, year);
    if (!readings || (!readings->day_first && !readings->month_first)) return {};
    return readings;
}

DateOrder date_order(const std::vector<DateReadings>& dates, const Period& period) {
    int only_day = 0, only_month = 0, open = 0, day_inside = 0, month_inside = 0;
    const auto inside = [&](Date date) { return date >= period.from && date <= period.to; };
    for (const auto& date : dates) {
        if (date.day_first == date.month_first) continue;
        only_day += !date.month_first;
        only_month += !date.day_first;
        open += date.day_first && date.month_first;
        day_inside += date.day_first && inside(*date.day_first);
        month_inside += date.month_first && inside(*date.month_first);
    }
    const int all = only_day + only_month + open;
    if (all == 0) return DateOrder::none_needed;
    if (only_day > 0) return only_month > 0 ? DateOrder::unknown : DateOrder::day_first;
    if (only_month > 0) return DateOrder::month_first;
    if (day_inside == all && month_inside < all) return DateOrder::day_first;
    if (month_inside == all && day_inside < all) return DateOrder::month_first;
    return DateOrder::unknown;
}

}  // namespace nuzuh::region
