#include "sim/region/reports.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/base/text.hpp"
#include "sim/model/network.hpp"
#include "sim/region/days.hpp"
#include "sim/region/refugees.hpp"

namespace nuzuh::region {
namespace {

class Reports {
public:
    Reports(const Gazetteer& gazetteer, const Period& period, const Abroad& who)
        : gazetteer_(gazetteer), period_(period), who_(who) {}

    void stocks(const Sheet& sheet, std::optional<std::size_t> persons) {
        const auto level = sheet.column({"adminlevel"}), reason = sheet.column("displacementreason"),
                   operation = sheet.column("operation"),
                   date = sheet.column({"reportingdate", "referenceperiodend", "referenceperiodstart"});
        const auto deepest = deepest_level(sheet, level);
        struct Key {
            std::string operation, code;
            Date day;
            auto operator<=>(const Key&) const = default;
        };
        const UnitColumns columns(sheet);
        std::map<Key, double> sums;
        double other_reasons = 0;
        for (const auto& row : sheet.rows) {
            if (sheet.number(row, level) != deepest) continue;
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
            sums[{sheet.text(row, operation), deepest_code(columns.of(row)), *day}] += *people;
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

    void read(const std::filesystem::path& file) {
        const auto sheet = read_sheet(file);
        append(wrong_, sheet.findings());
        if (!sheet) return;
        if (const auto persons = sheet->column("numpresentidpind")) return stocks(*sheet, persons);
        if (sheet->column("reportinground")) return stocks(*sheet, sheet->column("population"));
        if (sheet->column("displacementtype")) return events(*sheet);
        if (sheet->column("individuals"))
            return add_refugees(*sheet, who_.country, who_.abroad, period_, reports_, wrong_);
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
        std::vector<double> there;
        for (const double share : shares_by_population(gazetteer_, places))
            there.push_back(stock.people * share);
        there = in_whole_persons(there);
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (there[i] > 0)
                reports_.displaced.push_back(
                    {gazetteer_.places[places[i]].place.place,
                     "",
                     there[i],
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
    const Abroad& who_;
    RegionReports reports_;
    Findings wrong_;
};

}  // namespace

std::string area_of(const std::string& code) { return in_small_letters(code); }

Result<RegionReports> read_reports(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Period& period, const Abroad& who) {
    Reports reports(gazetteer, period, who);
    for (const auto& file : files) reports.read(file);
    return reports.done();
}

}  // namespace nuzuh::region
