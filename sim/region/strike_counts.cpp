#include <fmt/format.h>

#include "sim/region/days.hpp"
#include "sim/region/event_places.hpp"
#include "sim/region/event_types.hpp"
#include "sim/region/strike_tables.hpp"

namespace nuzuh::region {
namespace {

/// The first and last day that a row of monthly counts is of; nothing where it has none.
std::optional<std::pair<Date, Date>> days_of_row(const Sheet& sheet, const SheetRow& row, const Days& days) {
    if (const auto from = sheet.column("referenceperiodstart")) {
        const auto first = days.of(row, from), last = days.of(row, sheet.column("referenceperiodend"));
        return first && last && *first <= *last ? std::optional(std::pair(*first, *last)) : std::nullopt;
    }
    const auto year = sheet.number(row, sheet.column("year"));
    const auto read = date_readings(
        fmt::format("1 {} {}", sheet.text(row, sheet.column("month")), sheet.text(row, sheet.column("year"))),
        {});
    if (!year || !read || !read->day_first) return {};
    const auto month = iso(*read->day_first).substr(0, 7);
    Date last = *read->day_first;
    while (iso(last + 1).starts_with(month)) last = last + 1;
    return std::pair(*read->day_first, last);
}

}  // namespace

void add_months(const Sheet& sheet, const TownNumbers& towns, const Period& period, StrikeDays& by_day,
                Findings& notes) {
    const auto type = sheet.column("eventtype"), events = sheet.column("events"),
               level = sheet.column("adminlevel");
    const auto deepest = deepest_level(sheet, level);
    const UnitColumns columns(sheet);
    const Days days_of(sheet, {sheet.column("referenceperiodstart"), sheet.column("referenceperiodend")},
                       period, notes);
    int taken = 0, other = 0, outside = 0, nowhere = 0;
    for (const auto& row : sheet.rows) {
        if (sheet.number(row, level) != deepest) continue;
        const auto number = sheet.number(row, events);
        const auto days = days_of_row(sheet, row, days_of);
        if (!number || !days) {
            notes.push_back(sheet.error(row,
                                        "a month needs events, and reference_period_start and "
                                        "reference_period_end or Month and Year"));
            continue;
        }
        if (type && column_key(sheet.text(row, type)) != "politicalviolence") {
            other += int(*number);
            continue;
        }
        if (*number <= 0) continue;
        const auto [first, last] = *days;
        if (is_outside(period, first, last)) {
            outside += int(*number);
            continue;
        }
        const auto places = towns.in_unit(deepest_code(columns.of(row)));
        if (places.empty()) {
            nowhere += int(*number);
            continue;
        }
        by_day.add(
            *number, first, last, places,
            fmt::format("{:.0f} events of political violence in the month; days and kinds unknown", *number),
            false);
        taken += int(*number);
    }
    notes.push_back(
        sheet.warning({}, fmt::format("{} events of political violence spread over their months; not taken: "
                                      "{} of other kinds, {} outside the "
                                      "period, {} in units without places",
                                      taken, other, outside, nowhere)));
}

void add_weeks(const Sheet& sheet, const Gazetteer& gazetteer, const Network& network, const Period& period,
               double reach_km, StrikeDays& by_day, Findings& notes) {
    const auto week = sheet.column("week"), events = sheet.column("events"),
               province = sheet.column("admin1"), type = sheet.column("eventtype"),
               kind = sheet.column("subeventtype"), lat = sheet.column("centroidlatitude"),
               lon = sheet.column("centroidlongitude");
    const EventPlaces places(network, reach_km);
    const auto provinces = provinces_of(gazetteer);
    const Days days(sheet, {week}, period, notes);
    int taken = 0, other = 0, outside = 0, nowhere = 0;
    for (const auto& row : sheet.rows) {
        const auto number = sheet.number(row, events);
        const auto first = days.of(row, week);
        if (!number || *number < 0 || !first) {
            notes.push_back(sheet.error(row, "a week needs EVENTS and the day in WEEK", "2025-03-01"));
            continue;
        }
        const auto kind_of = event_type(sheet.text(row, type), sheet.text(row, kind), {}).kind;
        const Date from = *first, to = from + 6;
        if (kind_of != EventKind::strike) {
            other += int(*number);
        } else if (is_outside(period, from, to)) {
            outside += int(*number);
        } else {
            const auto towns =
                places.in_province(sheet.text(row, province), sheet.number(row, lat).value_or(90),
                                   sheet.number(row, lon).value_or(0), provinces);
            (towns.empty() ? nowhere : taken) += int(*number);
            if (!towns.empty() && *number > 0)
                by_day.add(*number, from, to, towns,
                           fmt::format("{:.0f} strikes in the week in {}; days and towns unknown", *number,
                                       sheet.text(row, province)),
                           false);
        }
    }
    notes.push_back(sheet.warning(
        {}, fmt::format(
                "{} strikes spread over their weeks and the towns of their provinces; not taken: {} events "
                "of other kinds, {} outside the period, {} in provinces without towns",
                taken, other, outside, nowhere)));
}

}  // namespace nuzuh::region
