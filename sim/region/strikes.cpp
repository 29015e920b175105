#include "sim/region/strikes.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/base/nearest.hpp"
#include "sim/region/acled.hpp"
#include "sim/region/days.hpp"
#include "sim/region/event_places.hpp"
#include "sim/region/reports.hpp"

namespace nuzuh::region {
namespace {

/// Places of the gazetteer as places of the network.
class TownNumbers {
public:
    TownNumbers(const Gazetteer& gazetteer, const Network& network) : gazetteer_(gazetteer) {
        for (const auto& place : network.places) number_.emplace(place.place, int(number_.size()));
    }

    /// Places in a unit, by population.
    PlaceShares in_unit(const std::string& code) const {
        const auto places = places_in(gazetteer_, code);
        const auto shares = shares_by_population(gazetteer_, places);
        PlaceShares out;
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (shares[i] > 0)
                out.emplace_back(number_.at(gazetteer_.places[places[i]].place.place), shares[i]);
        }
        return out;
    }

private:
    const Gazetteer& gazetteer_;
    std::map<std::string, int> number_;
};

/// Rates of strikes as a planner writes them.
class RateTable {
public:
    RateTable(const Network& network, RegionStrikes& strikes) : strikes_(strikes) {
        for (const auto& place : network.places) places_.insert(place.place);
        for (const auto& member : network.areas) members_[member.area];
    }

    void read(const Sheet& sheet) {
        const auto from = sheet.column({"from", "datefrom"}), to = sheet.column({"to", "dateto"}),
                   rate = sheet.column("strikesperday"), area = sheet.column("area"),
                   place = sheet.column("place"), source = sheet.column("source");
        for (const auto& row : sheet.rows) {
            BombardmentSettings entry;
            const auto first = day_of(sheet.text(row, from)), last = day_of(sheet.text(row, to));
            entry.strikes_per_day = sheet.number(row, rate);
            if (!first || !last || *last < *first || !entry.strikes_per_day || *entry.strikes_per_day < 0) {
                complain(sheet, row, "a rate needs from, to and strikes_per_day",
                         "days as 2024-09-23, from the first to the last");
                continue;
            }
            entry.from = *first;
            entry.to = *last;
            entry.area = sheet.text(row, area);
            entry.place = sheet.text(row, place);
            entry.source = sheet.text(row, source);
            if (entry.area.empty() == entry.place.empty())
                complain(sheet, row, "a rate is of an area or of a place", "one of both");
            if (!entry.place.empty()) know(sheet, row, entry.place);
            if (!entry.area.empty() && entry.area != "all") take_area(sheet, row, entry.area);
            for (const auto& before : strikes_.rates) {
                if (before.area == entry.area && before.place == entry.place && before.from <= *last &&
                    *first <= *before.to)
                    complain(sheet, row,
                             fmt::format("another rate of '{}' begins on {}", entry.area + entry.place,
                                         iso(before.from)),
                             "one rate for a day");
            }
            strikes_.rates.push_back(std::move(entry));
        }
    }

private:
    void complain(const Sheet& sheet, const SheetRow& row, std::string what, std::string hint) {
        strikes_.notes.push_back(sheet.error(row, std::move(what), std::move(hint)));
    }

    bool know(const Sheet& sheet, const SheetRow& row, const std::string& place) {
        if (places_.contains(place)) return true;
        const auto near = nearest_word(place, {places_.begin(), places_.end()});
        complain(sheet, row, fmt::format("'{}' is no place", place),
                 near.empty() ? "an identifier of the places" : fmt::format("did you mean '{}'?", near));
        return false;
    }

    void take_area(const Sheet& sheet, const SheetRow& row, const std::string& area) {
        std::string list = sheet.text(row, sheet.column({"places", "placeids"}));
        std::replace(list.begin(), list.end(), ';', '|');
        const auto found = members_.find(area);
        if (found == members_.end() && list.empty())
            complain(sheet, row, fmt::format("'{}' is no area", area),
                     "name its places in the column places, with | between");
        if (found != members_.end() && !list.empty() && found->second != list)
            complain(sheet, row, fmt::format("the area '{}' has other places elsewhere", area),
                     "one area, one list of places");
        if (found != members_.end() || list.empty()) return;
        members_[area] = list;
        for (std::size_t begin = 0; begin <= list.size();) {
            const auto end = std::min(list.find('|', begin), list.size());
            const std::string place = list.substr(begin, end - begin);
            begin = end + 1;
            if (know(sheet, row, place)) strikes_.areas.push_back({area, place});
        }
    }

    RegionStrikes& strikes_;
    std::set<std::string> places_;
    std::map<std::string, std::string> members_;  ///< of areas, as written; "" of those of the network
};

bool is_outside(const Period& period, Date first, Date last) {
    return last < period.from || first > period.to;
}

/// The first and last day that a row of monthly counts is of; nothing where it has none.
std::optional<std::pair<Date, Date>> days_of_row(const Sheet& sheet, const SheetRow& row) {
    if (const auto from = sheet.column("referenceperiodstart")) {
        const auto first = day_of(sheet.text(row, from)),
                   last = day_of(sheet.text(row, sheet.column("referenceperiodend")));
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

/// Monthly counts of events by unit: of HDX HAPI, or a sheet of ACLED's monthly workbook on HDX.
void add_months(const Sheet& sheet, const TownNumbers& towns, const Period& period, StrikeDays& by_day,
                Findings& notes) {
    const auto type = sheet.column("eventtype"), events = sheet.column("events"),
               level = sheet.column("adminlevel");
    const auto deepest = deepest_level(sheet, level);
    const UnitColumns columns(sheet);
    int taken = 0, other = 0, outside = 0, nowhere = 0;
    for (const auto& row : sheet.rows) {
        if (sheet.number(row, level) != deepest) continue;
        const auto number = sheet.number(row, events);
        const auto days = days_of_row(sheet, row);
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

/// Sheets of monthly counts, and of events of either kind.
double suits_events(const Sheet& sheet) {
    if (sheet.column("strikesperday")) return 10;
    return std::max(
        has_columns({"events", "fatalities"})(sheet),
        has_columns({"eventdate", "subeventtype", "geoprecision", "whereprec", "datestart"})(sheet));
}

/// Workbooks of one form count political violence, its part against civilians and demonstrations; only names of files tell.
bool is_other_count(const Sheet& sheet, Findings& notes) {
    const auto name = column_key(std::filesystem::path(sheet.name).filename().string());
    const bool part = name.find("civiliantargeting") != std::string::npos,
               peaceful = name.find("demonstration") != std::string::npos;
    if (part || peaceful)
        notes.push_back(sheet.error(
            part ? "events against civilians are a part of political violence, and never added to it"
                 : "demonstrations are no strikes",
            "the file of political violence"));
    return part || peaceful;
}

/// Events of UCDP: deadly violence, of which it is not known whether it was a strike.
class UcdpEvents {
public:
    UcdpEvents(const Sheet& sheet, const Gazetteer& gazetteer, const Network& network,
               const TownNumbers& towns, const Period& period, double reach_km, StrikeDays& by_day,
               Findings& notes)
        : sheet_(sheet),
          gazetteer_(gazetteer),
          network_(network),
          towns_(towns),
          period_(period),
          places_(network, reach_km),
          by_day_(by_day),
          notes_(notes) {}

    /// @param seen  identifiers of events of other files
    void read(std::set<std::string>& seen) {
        for (const auto& row : sheet_.rows) {
            const auto& id = sheet_.text(row, sheet_.column("id"));
            if (id.empty() || seen.insert(id).second)
                take(row);
            else
                ++twice_;
        }
        notes_.push_back(
            sheet_.warning({}, fmt::format("{} deadly events of UCDP taken, {} of them spread over more than "
                                           "a day, {} over a district or "
                                           "province; not taken: {} given twice, {} outside the period, {} "
                                           "too far from every place, {} of "
                                           "which the place is not known",
                                           taken_, days_, units_, twice_, outside_, far_, vague_)));
    }

private:
    void take(const SheetRow& row) {
        const auto lat = number(row, "latitude"), lon = number(row, "longitude"),
                   where = number(row, "whereprec");
        const auto first = day_of(sheet_.text(row, sheet_.column("datestart"))),
                   last = day_of(sheet_.text(row, sheet_.column("dateend")));
        if (!lat || !lon || !where || !first || !last || *last < *first) {
            notes_.push_back(
                sheet_.error(row, "an event needs date_start, date_end, where_prec, latitude and longitude"));
            return;
        }
        if (is_outside(period_, *first, *last)) {
            ++outside_;
            return;
        }
        // 1 and 2 are a place or near it, 3 and 4 a district or province, of which the point is a centre.
        const auto at = places_.find(sheet_.text(row, sheet_.column("wherecoordinates")), *lat, *lon);
        PlaceShares places;
        if (*where <= 4 && at.place >= 0) places = around(at.place, int(*where));
        if (places.empty()) {
            ++(*where <= 2 ? far_ : vague_);
            return;
        }
        ++taken_;
        days_ += *last > *first;
        units_ += *where > 2;
        by_day_.add(1, *first, *last, places,
                    fmt::format("UCDP event {}; its kind is unknown", sheet_.text(row, sheet_.column("id"))),
                    false);
    }

    /// The place itself, or all in its district or province; none where that is not known.
    PlaceShares around(int place, int where) const {
        if (where <= 2) return {{place, 1.0}};
        const auto& all = gazetteer_.places;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) {
            return one.place.place == network_.places[std::size_t(place)].place;
        });
        if (found == all.end()) return {};
        return towns_.in_unit(found->units.code[where == 3 ? 2 : 1]);
    }

    std::optional<double> number(const SheetRow& row, std::string_view column) const {
        return sheet_.number(row, sheet_.column(column));
    }

    const Sheet& sheet_;
    const Gazetteer& gazetteer_;
    const Network& network_;
    const TownNumbers& towns_;
    const Period& period_;
    EventPlaces places_;
    StrikeDays& by_day_;
    Findings& notes_;
    int taken_ = 0, days_ = 0, units_ = 0, twice_ = 0, outside_ = 0, far_ = 0, vague_ = 0;
};

/// Names of provinces, folded, and the areas of the network that they are.
std::map<std::string, std::string> provinces_of(const Gazetteer& gazetteer) {
    std::map<std::string, std::string> areas;
    for (const auto& one : gazetteer.places) {
        if (!one.units.name[1].empty() && !one.units.code[1].empty())
            areas.emplace(folded(one.units.name[1]), area_of(one.units.code[1]));
    }
    return areas;
}

void add_acled(const std::vector<std::string>& files, const Gazetteer& gazetteer, const Network& network,
               const Period& period, double reach_km, StrikeDays& by_day, Findings& notes) {
    if (files.empty()) return;
    const auto imported = import_acled(files, network, {reach_km, period, {}, provinces_of(gazetteer)});
    append(notes, imported.findings());
    if (!imported) return;
    by_day.add(imported->strikes_by_day);
    notes.push_back(finding_at(
        Severity::warning, {files.front(), 0, 0, 1},
        fmt::format(
            "{} strikes placed, {} of them by name, {} dated to a week or month and divided among its days, "
            "{} near a place and divided among the towns in reach, {} somewhere in a province and divided "
            "among "
            "its towns, by population; left out: {} too far from every place, {} in a province of which no "
            "town is known; {} before and {} after the period",
            imported->strikes, imported->by_name, imported->not_to_the_day, imported->near,
            imported->provincial, imported->far_away, imported->vague, imported->before, imported->after)));
}

/// Says how much of what one kind of source counts lies on places and days of which another speaks.
void add_kinds(const std::vector<std::pair<std::string, StrikeDays>>& kinds, RegionStrikes& strikes) {
    for (const auto& [kind, by_day] : kinds) {
        const double twice = by_day.on_days_of(strikes.by_day);
        if (twice > 0)
            strikes.notes.push_back(finding_at(
                Severity::warning, {},
                fmt::format("{:.0f} strikes of {} lie on places and days of which another source speaks too: "
                            "the same events may be counted twice",
                            twice, kind),
                "give one kind of source for a time and region"));
        strikes.by_day.add(by_day);
    }
}

}  // namespace

Result<RegionStrikes> read_strikes(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Network& network, const Period& period,
                                   double reach_km) {
    RegionStrikes strikes;
    auto& notes = strikes.notes;
    const TownNumbers towns(gazetteer, network);
    RateTable rates(network, strikes);
    StrikeDays of_acled, of_ucdp, of_months;
    std::vector<std::string> acled;
    std::set<std::string> ucdp;
    for (const auto& file : files) {
        const auto sheets = read_sheets(file, suits_events);
        append(notes, sheets.findings());
        if (!sheets) continue;
        const auto& sheet = sheets->front();
        if (sheet.column("strikesperday")) {
            rates.read(sheet);
        } else if (sheet.column("whereprec")) {
            for (const auto& one : *sheets)
                UcdpEvents(one, gazetteer, network, towns, period, reach_km, of_ucdp, notes).read(ucdp);
        } else if (sheet.column("events") && !is_other_count(sheet, notes)) {
            for (const auto& one : *sheets) add_months(one, towns, period, of_months, notes);
        } else if (!sheet.column("events")) {
            acled.push_back(file.string());
        }
    }
    add_acled(acled, gazetteer, network, period, reach_km, of_acled, notes);
    if (!strikes.rates.empty() && of_acled.strikes() + of_ucdp.strikes() + of_months.strikes() > 0)
        notes.push_back(finding_at(Severity::error, {files.front().string(), 0, 0, 1},
                                   "rates and events do not join: both count what fell", "give one of them"));
    if (has_errors(notes)) return notes;
    add_kinds({{"ACLED", of_acled}, {"UCDP", of_ucdp}, {"monthly counts", of_months}}, strikes);
    return strikes;
}

}  // namespace nuzuh::region
