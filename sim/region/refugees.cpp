#include "sim/region/refugees.hpp"

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/region/days.hpp"

namespace nuzuh::region {
namespace {

/// People by country of asylum, and the day they were counted.
using Stocks = std::map<std::string, std::map<Date, double>>;

/// The sum of each country's last count by a day.
double total_by(const Stocks& stocks, Date day) {
    constexpr int oldest_days = 366;  // of a count that stands; judgement
    double people = 0;
    for (const auto& [country, counts] : stocks) {
        const auto after = counts.upper_bound(day);
        if (after != counts.begin() && day - std::prev(after)->first <= oldest_days)
            people += std::prev(after)->second;
    }
    return people;
}

/// The sum of some columns of people, those without a number left out; nothing if none has one.
std::optional<double> sum_of(const Sheet& sheet, const SheetRow& row,
                             std::initializer_list<std::string_view> columns) {
    std::optional<double> sum;
    for (const auto column : columns) {
        if (const auto people = sheet.number(row, sheet.column(column))) sum = sum.value_or(0) + *people;
    }
    return sum;
}

/// A table of another form as UNHCR's of situations. Rows of a sex or an age, and of people who are not abroad, are left out.
///
/// @param keep  gives a row's host, origin, people and day; "" of people leaves it out
template <class Keep>
Sheet as_situations(const Sheet& sheet, const Keep& keep) {
    Sheet situations{sheet.name, {"iso3", "iso3oforigin", "individuals", "date"}, {}};
    for (const auto& row : sheet.rows) {
        std::vector<std::string> cells = keep(row);
        if (!cells[2].empty()) situations.rows.push_back({row.line, std::move(cells)});
    }
    return situations;
}

struct Kept {
    int rows = 0;
    double people = 0;
    void add(double more) {
        ++rows;
        people += more;
    }
};

/// Tables of whole years, whose counts are of their last day.
Sheet of_years(const Sheet& sheet, Findings& notes) {
    int returned = 0, others = 0;
    const auto text = [&](const SheetRow& row, std::string_view column) {
        return sheet.text(row, sheet.column(column));
    };
    Sheet situations;
    if (sheet.column("asylumlocationcode")) {
        situations = as_situations(sheet, [&](const SheetRow& row) {
            const auto group = text(row, "populationgroup");
            const bool is_all =
                column_key(text(row, "gender")) == "all" && column_key(text(row, "agerange")) == "all";
            const bool abroad = group == "REF" || group == "ASY" || group == "OIP";
            returned += is_all && (group == "RET" || group == "RDP");
            others += is_all && !abroad && group != "RET" && group != "RDP";
            return std::vector{text(row, "asylumlocationcode"), text(row, "originlocationcode"),
                               is_all && abroad ? text(row, "population") : "",
                               text(row, "referenceperiodend")};
        });
    } else {
        situations = as_situations(sheet, [&](const SheetRow& row) {
            const auto people = sum_of(sheet, row,
                                       {"refugeesunderunhcrsmandate", "asylumseekers",
                                        "otherpeopleinneedofinternationalprotection"});
            return std::vector{text(row, "countryofasylumiso"), text(row, "countryoforiginiso"),
                               people ? fmt::format("{:.0f}", *people) : "", text(row, "year") + "-12-31"};
        });
    }
    if (returned + others > 0)
        notes.push_back(sheet.warning(
            {}, fmt::format("{} rows of people who returned in a year, and {} of other groups, are set aside",
                            returned, others)));
    return situations;
}

void add_situations(const Sheet& sheet, bool is_complete, const std::string& country,
                    const std::vector<std::string>& abroad, const Period& period, RegionReports& reports,
                    Findings& wrong) {
    const auto host = sheet.column("iso3"), origin = sheet.column("iso3oforigin"),
               name = sheet.column("countryoforigin"), people = sheet.column("individuals"),
               date = sheet.column("date");
    const Days days(sheet, {date}, period, wrong);
    Stocks stocks;
    Kept all, own, unknown, others;
    for (const auto& row : sheet.rows) {
        const auto persons = sheet.number(row, people);
        const auto day = days.of(row, date);
        if (!persons || *persons < 0 || !day) {
            wrong.push_back(
                sheet.error(row, fmt::format("a stock abroad needs Individuals ('{}') and a Date ('{}')",
                                             sheet.text(row, people), sheet.text(row, date))));
            continue;
        }
        all.add(*persons);
        const auto& from = sheet.text(row, origin);
        const bool wanted = !country.empty() && (folded(from) == folded(country) ||
                                                 folded(sheet.text(row, name)) == folded(country));
        if (from.empty())
            unknown.add(*persons);
        else if (from == sheet.text(row, host))
            own.add(*persons);
        else if (!wanted)
            others.add(*persons);
        else
            stocks[sheet.text(row, host)][*day] += *persons;
    }
    std::string said = fmt::format(
        "{} stocks abroad, {:.0f} people; kept apart: {} rows, {:.0f} people in their own country, {} rows, "
        "{:.0f} people of no "
        "known origin, {} rows, {:.0f} people from other countries",
        all.rows, all.people, own.rows, own.people, unknown.rows, unknown.people, others.rows, others.people);
    if (country.empty()) said += ". --country CODE takes those from one country";
    std::set<Date> later;
    // Where every year has every country, one without a count hosts nobody.
    bool known_at_start = !stocks.empty() && (!is_complete || total_by(stocks, period.from) > 0);
    for (const auto& [where, counts] : stocks) {
        known_at_start &= is_complete || counts.begin()->first <= period.from;
        for (const auto& [day, count] : counts) {
            if (day > period.from && is_in(period, day)) later.insert(day);
        }
    }
    if (!stocks.empty() && abroad.empty()) said += ". The region has no place abroad: set aside";
    if (!stocks.empty() && !abroad.empty() && !known_at_start)
        said += fmt::format(
            ". Not every country of asylum has a count by {}: those who had left before can't be told apart, "
            "set aside",
            iso(period.from));
    if (known_at_start && !abroad.empty()) {
        const double at_start = total_by(stocks, period.from);
        for (const auto& place : abroad)
            reports.displaced.push_back(
                {place,
                 "",
                 at_start / double(abroad.size()),
                 {},
                 0,
                 fmt::format("UNHCR, last counts by {}; divided equally among places abroad",
                             iso(period.from))});
        for (const Date day : later) {
            ReportedFigure figure;
            figure.figure = fmt::format("abroad on {}", iso(day));
            figure.quantity = Quantity::abroad;
            figure.to = day;
            figure.persons = total_by(stocks, day);
            figure.source = "UNHCR: each country's last count by then";
            reports.figures.push_back(std::move(figure));
        }
        said += fmt::format(". {:.0f} are abroad at the start, {} totals of later days taken", at_start,
                            later.size());
    }
    reports.notes.push_back(sheet.warning({}, said));
}

}  // namespace

void add_refugees(const Sheet& sheet, const std::string& country, const std::vector<std::string>& abroad,
                  const Period& period, RegionReports& reports, Findings& wrong) {
    const bool yearly = sheet.column({"asylumlocationcode", "countryofasylumiso"}).has_value();
    add_situations(yearly ? of_years(sheet, reports.notes) : sheet, yearly, country, abroad, period, reports,
                   wrong);
}

}  // namespace nuzuh::region
