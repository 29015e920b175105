#include "sim/region/refugees.hpp"

#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/region/days.hpp"

namespace nuzuh::region {
namespace {

/// People by country of asylum, and the day they were counted.
using Stocks = std::map<std::string, std::map<Date, double>>;

/// The sum of each country's last count by a day.
double total_by(const Stocks& stocks, Date day) {
    double people = 0;
    for (const auto& [country, counts] : stocks) {
        const auto after = counts.upper_bound(day);
        if (after != counts.begin()) people += std::prev(after)->second;
    }
    return people;
}

struct Kept {
    int rows = 0;
    double people = 0;
    void add(double more) {
        ++rows;
        people += more;
    }
};

}  // namespace

void add_refugees(const Sheet& sheet, const std::string& country, const std::vector<std::string>& abroad,
                  const Period& period, RegionReports& reports, Findings& wrong) {
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
    bool known_at_start = !stocks.empty();
    for (const auto& [where, counts] : stocks) {
        known_at_start &= counts.begin()->first <= period.from;
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

}  // namespace nuzuh::region
