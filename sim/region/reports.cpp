#include "sim/region/reports.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/model/network.hpp"
#include "sim/scenario/acled.hpp"
#include "sim/scenario/event_dates.hpp"

namespace nuzuh::region {
namespace {

/// The first ten characters as a date; nothing if they are none.
std::optional<Date> day_of(const std::string& text) {
    const auto readings = scenario::date_readings(text.substr(0, 10), {});
    return readings ? readings->day_first : std::nullopt;
}

bool is_in(const Period& period, Date day) { return day >= period.from && day <= period.to; }

std::vector<std::size_t> places_in(const Gazetteer& gazetteer, const std::string& code) {
    std::vector<std::size_t> places;
    for (std::size_t p = 0; p < gazetteer.places.size(); ++p) {
        const auto& units = gazetteer.places[p].units;
        if (!code.empty() && std::find(units.code.begin(), units.code.end(), code) != units.code.end())
            places.push_back(p);
    }
    return places;
}

/// Monthly counts of events by unit.
void add_months(const Sheet& sheet, const Gazetteer& gazetteer, const Period& period,
                RegionStrikes& strikes) {
    const auto type = sheet.column("eventtype"), events = sheet.column("events"),
               from = sheet.column("referenceperiodstart"), to = sheet.column("referenceperiodend");
    int taken = 0, other = 0, outside = 0, nowhere = 0;
    for (const auto& row : sheet.rows) {
        const auto number = sheet.number(row, events);
        const auto first = day_of(sheet.text(row, from)), last = day_of(sheet.text(row, to));
        if (!number || !first || !last || *last < *first) {
            strikes.notes.push_back(
                sheet.error(row, "a month needs events, reference_period_start and reference_period_end"));
            continue;
        }
        if (column_key(sheet.text(row, type)) != "politicalviolence") {
            other += int(*number);
            continue;
        }
        if (*number <= 0) continue;
        if (!is_in(period, *first) && !is_in(period, *last)) {
            outside += int(*number);
            continue;
        }
        const auto places = places_in(gazetteer, deepest_code(units_of(sheet, row)));
        if (places.empty()) {
            nowhere += int(*number);
            continue;
        }
        double people = 0;
        for (const auto p : places) people += gazetteer.places[p].place.population;
        for (const auto p : places) {
            const auto& place = gazetteer.places[p].place;
            const double share = people > 0 ? place.population / people : 1.0 / double(places.size());
            if (share <= 0) continue;
            strikes.bombardment.push_back(
                {"",
                 place.place,
                 *first,
                 *last,
                 share * *number / (*last - *first + 1),
                 {},
                 fmt::format("{:.0f} events of political violence in the month; days and kinds unknown",
                             *number)});
        }
        taken += int(*number);
        strikes.monthly = true;
    }
    strikes.notes.push_back(
        sheet.warning({}, fmt::format("{} events of political violence spread over their months; not taken: "
                                      "{} of other kinds, {} outside the "
                                      "period, {} in units without places",
                                      taken, other, outside, nowhere)));
}

void add_events(const std::filesystem::path& file, const Network& network, const Period& period,
                double reach_km, RegionStrikes& strikes) {
    const auto imported = import_acled(file.string(), network, {reach_km, period, {}});
    strikes.notes.insert(strikes.notes.end(), imported.findings().begin(), imported.findings().end());
    if (!imported) return;
    strikes.bombardment.insert(strikes.bombardment.end(), imported->bombardment.begin(),
                               imported->bombardment.end());
    strikes.notes.push_back(finding_at(Severity::warning, {file.string(), 0, 0, 1},
                                       fmt::format("{} strikes placed, {} of them by name; left out: {} too "
                                                   "far from every place, {} of which only the "
                                                   "province is known, {} before and {} after the period",
                                                   imported->strikes, imported->by_name, imported->far_away,
                                                   imported->vague, imported->before, imported->after)));
}

class Reports {
public:
    Reports(const Gazetteer& gazetteer, const Period& period) : gazetteer_(gazetteer), period_(period) {}

    void stocks(const Sheet& sheet, std::optional<std::size_t> persons) {
        const auto level = sheet.column({"adminlevel"}), reason = sheet.column("displacementreason"),
                   operation = sheet.column("operation"),
                   date = sheet.column({"reportingdate", "referenceperiodend", "referenceperiodstart"});
        double deepest_level = -1;
        for (const auto& row : sheet.rows)
            deepest_level = std::max(deepest_level, sheet.number(row, level).value_or(-1));
        struct Key {
            std::string operation, code;
            Date day;
            auto operator<=>(const Key&) const = default;
        };
        std::map<Key, double> sums;
        double other_reasons = 0;
        for (const auto& row : sheet.rows) {
            if (level && sheet.number(row, level).value_or(-1) != deepest_level) continue;
            const auto people = sheet.number(row, persons);
            const auto day = day_of(sheet.text(row, date));
            if (!people || !day) {
                wrong_.push_back(
                    sheet.error(row, fmt::format("a stock needs people ('{}') and a date ('{}')",
                                                 sheet.text(row, persons), sheet.text(row, date))));
                continue;
            }
            const std::string why = folded(sheet.text(row, reason));
            if (reason && !why.empty() && why.find("conflict") == std::string::npos) {
                other_reasons += *people;
                continue;
            }
            sums[{sheet.text(row, operation), deepest_code(units_of(sheet, row)), *day}] += *people;
        }
        std::map<std::string, Stock> at_start;
        int taken = 0, outside = 0;
        double nowhere = 0;
        for (const auto& [key, people] : sums) {
            if (places_in(gazetteer_, key.code).empty()) {
                nowhere += people;
                continue;
            }
            if (key.day <= period_.from) {
                auto& last = at_start[key.code];
                if (last.day < key.day) last = {key.day, people};
                continue;
            }
            if (!is_in(period_, key.day)) {
                ++outside;
                continue;
            }
            reports_.figures.push_back(stock_figure(key.code, key.day, people, sheet.name));
            ++taken;
        }
        for (const auto& [code, stock] : at_start) put_at_start(code, stock, sheet.name);
        note(sheet, fmt::format("{} stocks of displaced people taken, {} units at the start; set aside: {} "
                                "after the period, {:.0f} "
                                "people displaced by other reasons, {:.0f} people in units without places",
                                taken, at_start.size(), outside, other_reasons, nowhere));
    }

    void events(const Sheet& sheet) {
        const auto type = sheet.column("displacementtype"), figure = sheet.column("figure"),
                   from = sheet.column("displacementstartdate"), to = sheet.column("displacementenddate"),
                   lat = sheet.column("latitude"), lon = sheet.column("longitude"),
                   word = sheet.column("qualifier"), id = sheet.column("id");
        int taken = 0, disasters = 0, outside = 0;
        for (const auto& row : sheet.rows) {
            if (column_key(sheet.text(row, type)) != "conflict") {
                ++disasters;
                continue;
            }
            const auto people = sheet.number(row, figure), at_lat = sheet.number(row, lat),
                       at_lon = sheet.number(row, lon);
            const auto first = local_day(sheet.text(row, from)), last = local_day(sheet.text(row, to));
            if (!people || !at_lat || !at_lon || !first || !last || *last < *first) {
                wrong_.push_back(
                    sheet.error(row, "an event needs a figure, two dates, latitude and longitude"));
                continue;
            }
            if (!is_in(period_, *first) || !is_in(period_, *last)) {
                ++outside;
                continue;
            }
            ReportedFigure event;
            event.figure = fmt::format("IDU {}", sheet.text(row, id));
            event.quantity = Quantity::departures;
            event.place = nearest(*at_lat, *at_lon).place;
            event.from = *first;
            event.to = *last;
            event.bound = bound_of(sheet.text(row, word));
            event.persons = *people;
            event.source = fmt::format("IDMC IDU, row {}; the point is a centroid", row.line);
            reports_.figures.push_back(std::move(event));
            ++taken;
        }
        note(sheet, fmt::format("{} conflict events taken, at the place nearest to their point; set aside: "
                                "{} disasters, {} outside the "
                                "period. Events may overlap",
                                taken, disasters, outside));
    }

    void refugees(const Sheet& sheet) {
        double people = 0;
        for (const auto& row : sheet.rows)
            people += sheet.number(row, sheet.column("individuals")).value_or(0);
        note(sheet, fmt::format("{} stocks abroad, {:.0f} people, set aside: the region has no places "
                                "abroad. Add a crossing and a place "
                                "abroad, and the figure by hand",
                                sheet.rows.size(), people));
    }

    void read(const std::filesystem::path& file) {
        const auto sheet = read_sheet(file);
        wrong_.insert(wrong_.end(), sheet.findings().begin(), sheet.findings().end());
        if (!sheet) return;
        if (const auto persons = sheet->column("numpresentidpind")) return stocks(*sheet, persons);
        if (sheet->column("reportinground")) return stocks(*sheet, sheet->column("population"));
        if (sheet->column("displacementtype")) return events(*sheet);
        if (sheet->column("individuals")) return refugees(*sheet);
        wrong_.push_back(sheet->error(
            "no form of reports that is known",
            "DTM (numPresentIdpInd), HDX HAPI (reporting_round), IDMC IDU (displacement_type), UNHCR "
            "(Individuals)"));
    }

    Result<RegionReports> done() {
        if (has_errors(wrong_)) return wrong_;
        reports_.notes.insert(reports_.notes.begin(), wrong_.begin(), wrong_.end());
        return std::move(reports_);
    }

private:
    struct Stock {
        Date day{std::numeric_limits<int>::min()};
        double people = 0;
    };

    void note(const Sheet& sheet, std::string text) {
        reports_.notes.push_back(sheet.warning({}, std::move(text)));
    }

    ReportedFigure stock_figure(const std::string& code, Date day, double people,
                                const std::string& file) const {
        ReportedFigure figure;
        figure.figure = fmt::format("displaced in {} on {}", code, iso(day));
        figure.quantity = Quantity::displaced;
        figure.to = day;
        figure.persons = people;
        figure.source = std::filesystem::path(file).filename().string();
        const auto places = places_in(gazetteer_, code);
        if (places.size() == 1)
            figure.place = gazetteer_.places[places.front()].place.place;
        else
            figure.area = area_of(code);
        return figure;
    }

    /// People who are displaced already, divided among the places of the unit by population.
    void put_at_start(const std::string& code, const Stock& stock, const std::string& file) {
        const auto places = places_in(gazetteer_, code);
        double all = 0, left = 0;
        for (const auto p : places) all += gazetteer_.places[p].place.population;
        for (const auto p : places) {
            const auto& place = gazetteer_.places[p].place;
            left += stock.people * (all > 0 ? place.population / all : 1.0 / double(places.size()));
            const double whole = std::floor(left + 1e-6);
            left -= whole;
            if (whole > 0)
                reports_.displaced.push_back(
                    {place.place,
                     "",
                     whole,
                     {},
                     0,
                     fmt::format("{}, {}", std::filesystem::path(file).filename().string(), iso(stock.day))});
        }
    }

    /// A time of 11 or 12 hours and more is midnight of the next day somewhere east.
    static std::optional<Date> local_day(const std::string& text) {
        const auto day = day_of(text);
        if (!day || text.size() < 13 || text[10] != 'T') return day;
        return *day + (text.substr(11, 2) >= "11" ? 1 : 0);
    }

    static Bound bound_of(const std::string& word) {
        const std::string key = column_key(word);
        if (key == "morethan") return Bound::over;
        if (key == "atleast") return Bound::at_least;
        if (key == "lessthan" || key == "upto" || key == "almost") return Bound::almost;
        return Bound::about;
    }

    const PlaceSettings& nearest(double lat, double lon) const {
        const auto km = [&](const GazetteerPlace& one) {
            return great_circle_km(lat, lon, one.place.lat, one.place.lon);
        };
        return std::min_element(gazetteer_.places.begin(), gazetteer_.places.end(),
                                [&](const auto& a, const auto& b) { return km(a) < km(b); })
            ->place;
    }

    const Gazetteer& gazetteer_;
    const Period& period_;
    RegionReports reports_;
    Findings wrong_;
};

}  // namespace

std::string area_of(const std::string& code) {
    std::string area;
    for (const char c : code) area += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    return area;
}

Result<RegionStrikes> read_strikes(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Network& network, const Period& period,
                                   double reach_km) {
    RegionStrikes strikes;
    for (const auto& file : files) {
        const auto sheet = read_sheet(file, has_columns({"events", "eventtype", "referenceperiodstart"}));
        if (!sheet) {
            strikes.notes.insert(strikes.notes.end(), sheet.findings().begin(), sheet.findings().end());
        } else if (sheet->column("referenceperiodstart") && sheet->column("events")) {
            add_months(*sheet, gazetteer, period, strikes);
        } else {
            add_events(file, network, period, reach_km, strikes);
        }
    }
    if (has_errors(strikes.notes)) return strikes.notes;
    return strikes;
}

Result<RegionReports> read_reports(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Period& period) {
    Reports reports(gazetteer, period);
    for (const auto& file : files) reports.read(file);
    return reports.done();
}

}  // namespace nuzuh::region
