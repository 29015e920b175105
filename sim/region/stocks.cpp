#include "sim/region/stocks.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/region/days.hpp"

namespace nuzuh::region {
namespace {

std::string name_of(const std::string& file) { return std::filesystem::path(file).filename().string(); }

std::size_t deepest_level_of(const Gazetteer& gazetteer) {
    std::size_t deepest = 0;
    for (const auto& one : gazetteer.places) {
        for (std::size_t level = 1; level < admin_levels; ++level)
            if (!one.units.code[level].empty()) deepest = std::max(deepest, level);
    }
    return deepest == 0 ? admin_levels - 1 : deepest;
}

/// Of each operation the level of units that is taken: the deepest of which places are known, else the first below.
std::map<std::string, std::optional<double>> levels_of(const Sheet& sheet, std::size_t known) {
    const auto level = sheet.column("adminlevel"), operation = sheet.column("operation");
    std::map<std::string, std::optional<double>> levels;
    for (const auto& row : sheet.rows) {
        auto& taken = levels[sheet.text(row, operation)];
        const auto of_row = sheet.number(row, level);
        if (!of_row) continue;
        const bool is_known = *of_row <= double(known), was_known = taken && *taken <= double(known);
        if (!taken || (is_known && (!was_known || *of_row > *taken)) || (!was_known && *of_row < *taken))
            taken = of_row;
    }
    return levels;
}

/// Counts of one unit on one day by one operation, by round and assessment.
using Counts = std::map<std::pair<double, std::string>, double>;

/// The one that stands: the latest round, and of its assessments that of whole units.
double standing(const Counts& counts) {
    const double latest = std::prev(counts.end())->first.first;
    const auto whole = counts.find({latest, "BA"});
    return whole != counts.end() ? whole->second : counts.lower_bound({latest, ""})->second;
}

}  // namespace

DisplacedStocks::DisplacedStocks(const Gazetteer& gazetteer, const Period& period)
    : gazetteer_(gazetteer), period_(period), level_(deepest_level_of(gazetteer)) {}

std::string DisplacedStocks::code_of(const AdminUnits& units) const {
    std::string code;
    for (std::size_t level = 0; level <= level_; ++level)
        code = units.code[level].empty() ? code : units.code[level];
    return code;
}

void DisplacedStocks::read(const Sheet& whole, std::size_t persons, Findings& wrong) {
    const Sheet sheet = of_known_countries(whole, gazetteer_, notes_);
    const auto level = sheet.column("adminlevel"), reason = sheet.column("displacementreason"),
               operation = sheet.column("operation"), round = sheet.column({"roundnumber", "reportinground"}),
               assessment = sheet.column("assessmenttype"),
               date = sheet.column({"reportingdate", "referenceperiodend", "referenceperiodstart"});
    if (file_.empty()) file_ = sheet.name;
    const UnitColumns columns(sheet);
    const Days days(sheet, {date}, period_, wrong);
    const auto levels = levels_of(sheet, level_);
    std::map<Key, Counts> counts;
    std::set<Key> above;  // units that rows of deeper ones lie in, where no column tells levels
    for (const auto& row : sheet.rows) {
        const auto day = days.of(row, date);
        const auto units = columns.of(row);
        for (const auto& code : units.code) {
            if (!level && day && !code.empty() && code != deepest_code(units))
                above.insert({sheet.text(row, operation), code, *day});
        }
    }
    int rows = 0, sums = 0;
    for (const auto& row : sheet.rows) {
        const auto& who = sheet.text(row, operation);
        if (sheet.number(row, level) != levels.at(who)) continue;
        const auto people = sheet.number(row, persons);
        const auto day = days.of(row, date);
        if (!people || *people < 0 || !day) {
            wrong.push_back(sheet.error(row, fmt::format("a stock needs people ('{}') and a date ('{}')",
                                                         sheet.text(row, persons), sheet.text(row, date))));
            continue;
        }
        ++rows;
        const std::string why = folded(sheet.text(row, reason));
        if (!why.empty() && why.find("conflict") == std::string::npos) {
            other_reasons_ += *people;
            continue;
        }
        const auto units = columns.of(row);
        if (above.contains({who, deepest_code(units), *day})) {
            ++sums;
            continue;
        }
        counts[{who, code_of(units), *day}]
              [{sheet.number(row, round).value_or(0), sheet.text(row, assessment)}] += *people;
    }
    int anew = 0, twice = 0;
    std::map<std::pair<std::string, Date>, double> totals;
    for (const auto& [key, some] : counts) {
        const double people = standing(some);
        anew += int(some.size()) - 1;
        totals[{key.operation, key.day}] += people;
        const auto [before, is_new] = stocks_.try_emplace(key, Stock{people, sheet.name});
        twice += !is_new;
        if (!is_new && before->second.people != people)
            notes_.push_back(sheet.warning(
                {},
                fmt::format("{:.0f} people in {} on {}, where {} says {:.0f}: the first stands", people,
                            key.code, iso(key.day), name_of(before->second.file), before->second.people)));
    }
    std::string said =
        fmt::format("{} rows of the level that is taken, {} stocks of units", rows, counts.size());
    for (const auto& [key, people] : totals)
        said += fmt::format("; {} {}: {:.0f} people", key.first, iso(key.second), people);
    if (sums > 0) said += fmt::format("; {} are totals of units that have rows of their own: left out", sums);
    if (anew > 0) said += fmt::format("; {} were counted anew, the later stands", anew);
    if (twice > 0) said += fmt::format("; {} were given before and count once", twice);
    if (!reason) said += "; no reasons are given: conflict and disasters can't be told apart";
    notes_.push_back(sheet.warning({}, said));
}

void DisplacedStocks::put(RegionReports& reports) const {
    if (stocks_.empty() && file_.empty()) return;
    constexpr int oldest_days = 366;
    struct Last {
        Date day;
        Stock stock;
    };
    std::map<std::pair<std::string, std::string>, Last> last;  // by unit and operation
    std::map<std::pair<std::string, Date>, Stock> within;
    int outside = 0, taken = 0;
    double nowhere = 0, old = 0;
    for (const auto& [key, stock] : stocks_) {
        if (places_in(gazetteer_, key.code).empty()) {
            nowhere += stock.people;
        } else if (key.day <= period_.from) {
            last[{key.code, key.operation}] = {key.day, stock};  // days rise
        } else if (!is_in(period_, key.day)) {
            ++outside;
        } else {
            auto& sum = within[{key.code, key.day}];
            sum.people += stock.people;
            sum.file = stock.file;
            ++taken;
        }
    }
    std::map<std::string, std::pair<double, std::string>> at_start;
    for (const auto& [who, count] : last) {
        if (period_.from - count.day > oldest_days) {
            old += count.stock.people;
            continue;
        }
        auto& [people, source] = at_start[who.first];
        people += count.stock.people;
        source +=
            fmt::format("{}{}, {}", source.empty() ? "" : "; ", name_of(count.stock.file), iso(count.day));
    }
    for (const auto& [code, of] : at_start) put_at_start(code, of.first, of.second, reports);
    for (const auto& [key, stock] : within)
        reports.figures.push_back(figure_of(key.first, key.second, stock));
    append(reports.notes, notes_);
    reports.notes.push_back(finding_at(
        Severity::warning, {file_, 0, 0, 1},
        fmt::format(
            "{} stocks of displaced people taken, {} units at the start; set aside: {} after the "
            "period, {:.0f} people displaced by other reasons, {:.0f} people in units without places, "
            "{:.0f} in counts more than a year before the period",
            taken, at_start.size(), outside, other_reasons_, nowhere, old)));
}

ReportedFigure DisplacedStocks::figure_of(const std::string& code, Date day, const Stock& stock) const {
    ReportedFigure figure;
    figure.figure = fmt::format("displaced in {} on {}", code, iso(day));
    figure.quantity = Quantity::displaced;
    figure.to = day;
    figure.persons = stock.people;
    figure.source = name_of(stock.file);
    const auto places = places_in(gazetteer_, code);
    if (places.size() == 1)
        figure.place = gazetteer_.places[places.front()].place.place;
    else
        figure.area = area_of(code);
    return figure;
}

/// People who are displaced already, divided among the places of the unit by population.
void DisplacedStocks::put_at_start(const std::string& code, double people, const std::string& source,
                                   RegionReports& reports) const {
    const auto places = places_in(gazetteer_, code);
    std::vector<double> there;
    for (const double share : shares_by_population(gazetteer_, places)) there.push_back(people * share);
    there = in_whole_persons(there);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (there[i] > 0)
            reports.displaced.push_back(
                {gazetteer_.places[places[i]].place.place, "", there[i], {}, 0, source});
    }
}

}  // namespace nuzuh::region
