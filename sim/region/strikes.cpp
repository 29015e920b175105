#include "sim/region/strikes.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "sim/region/days.hpp"
#include "sim/scenario/acled.hpp"
#include "sim/scenario/event_places.hpp"

namespace nuzuh::region {
namespace {

/// Spreads events over days and places: neither on which of the days they fell, nor where, nor what they were is known.
///
/// @param places  of the gazetteer, divided by population
void spread(double events, Date first, Date last, const std::vector<std::size_t>& places,
            const Gazetteer& gazetteer, const std::string& source, RegionStrikes& strikes) {
    const auto shares = shares_by_population(gazetteer, places);
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (shares[i] <= 0) continue;
        strikes.bombardment.push_back({"",
                                       gazetteer.places[places[i]].place.place,
                                       first,
                                       last,
                                       shares[i] * events / (last - first + 1),
                                       {},
                                       source});
    }
    strikes.kinds_unknown = true;
}

/// The first and last day that a row of monthly counts is of; nothing where it has none.
std::optional<std::pair<Date, Date>> days_of_row(const Sheet& sheet, const SheetRow& row) {
    if (const auto from = sheet.column("referenceperiodstart")) {
        const auto first = day_of(sheet.text(row, from)),
                   last = day_of(sheet.text(row, sheet.column("referenceperiodend")));
        return first && last && *first <= *last ? std::optional(std::pair(*first, *last)) : std::nullopt;
    }
    const auto year = sheet.number(row, sheet.column("year"));
    const auto read = scenario::date_readings(
        fmt::format("1 {} {}", sheet.text(row, sheet.column("month")), sheet.text(row, sheet.column("year"))),
        {});
    if (!year || !read || !read->day_first) return {};
    const auto month = iso(*read->day_first).substr(0, 7);
    Date last = *read->day_first;
    while (iso(last + 1).starts_with(month)) last = last + 1;
    return std::pair(*read->day_first, last);
}

/// Monthly counts of events by unit: of HDX HAPI, or a sheet of ACLED's monthly workbook on HDX.
void add_months(const Sheet& sheet, const Gazetteer& gazetteer, const Period& period,
                RegionStrikes& strikes) {
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
            strikes.notes.push_back(sheet.error(row,
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
        if (!is_in(period, first) && !is_in(period, last)) {
            outside += int(*number);
            continue;
        }
        const auto places = places_in(gazetteer, deepest_code(columns.of(row)));
        if (places.empty()) {
            nowhere += int(*number);
            continue;
        }
        spread(
            *number, first, last, places, gazetteer,
            fmt::format("{:.0f} events of political violence in the month; days and kinds unknown", *number),
            strikes);
        taken += int(*number);
    }
    strikes.notes.push_back(
        sheet.warning({}, fmt::format("{} events of political violence spread over their months; not taken: "
                                      "{} of other kinds, {} outside the "
                                      "period, {} in units without places",
                                      taken, other, outside, nowhere)));
}

/// Workbooks of one form count political violence, its part against civilians and demonstrations; only names of files tell.
bool is_other_count(const Sheet& sheet, RegionStrikes& strikes) {
    const auto name = column_key(std::filesystem::path(sheet.name).filename().string());
    const bool part = name.find("civiliantargeting") != std::string::npos,
               peaceful = name.find("demonstration") != std::string::npos;
    if (part || peaceful)
        strikes.notes.push_back(sheet.error(
            part ? "events against civilians are a part of political violence, and never added to it"
                 : "demonstrations are no strikes",
            "the file of political violence"));
    return part || peaceful;
}

/// Events of UCDP: deadly violence, of which it is not known whether it was a strike.
class UcdpEvents {
public:
    UcdpEvents(const Sheet& sheet, const Gazetteer& gazetteer, const Network& network, const Period& period,
               double reach_km, RegionStrikes& strikes)
        : sheet_(sheet),
          gazetteer_(gazetteer),
          network_(network),
          period_(period),
          places_(network, reach_km),
          strikes_(strikes) {}

    /// @param seen  identifiers of events of other files
    void read(std::set<std::string>& seen) {
        for (const auto& row : sheet_.rows) {
            const auto& id = sheet_.text(row, sheet_.column("id"));
            if (id.empty() || seen.insert(id).second)
                take(row);
            else
                ++twice_;
        }
        strikes_.notes.push_back(
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
            strikes_.notes.push_back(
                sheet_.error(row, "an event needs date_start, date_end, where_prec, latitude and longitude"));
            return;
        }
        if (!is_in(period_, *first) && !is_in(period_, *last)) {
            ++outside_;
            return;
        }
        // 1 and 2 are a place or near it, 3 and 4 a district or province, of which the point is a centre.
        const auto at = places_.find(sheet_.text(row, sheet_.column("wherecoordinates")), *lat, *lon);
        std::vector<std::size_t> places;
        if (*where <= 4 && at.place >= 0)
            places = around(network_.places[std::size_t(at.place)].place, int(*where));
        if (places.empty()) {
            ++(*where <= 2 ? far_ : vague_);
            return;
        }
        ++taken_;
        days_ += *last > *first;
        units_ += *where > 2;
        spread(1, *first, *last, places, gazetteer_,
               fmt::format("UCDP event {}; its kind is unknown", sheet_.text(row, sheet_.column("id"))),
               strikes_);
    }

    /// The place itself, or all in its district or province; none where that is not known.
    std::vector<std::size_t> around(const std::string& id, int where) const {
        const auto& all = gazetteer_.places;
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.place.place == id; });
        if (found == all.end()) return {};
        if (where <= 2) return {std::size_t(found - all.begin())};
        return places_in(gazetteer_, found->units.code[where == 3 ? 2 : 1]);
    }

    std::optional<double> number(const SheetRow& row, std::string_view column) const {
        return sheet_.number(row, sheet_.column(column));
    }

    const Sheet& sheet_;
    const Gazetteer& gazetteer_;
    const Network& network_;
    const Period& period_;
    scenario::EventPlaces places_;
    RegionStrikes& strikes_;
    int taken_ = 0, days_ = 0, units_ = 0, twice_ = 0, outside_ = 0, far_ = 0, vague_ = 0;
};

void add_acled(const std::vector<std::string>& files, const Network& network, const Period& period,
               double reach_km, RegionStrikes& strikes) {
    if (files.empty()) return;
    const auto imported = import_acled(files, network, {reach_km, period, {}});
    append(strikes.notes, imported.findings());
    if (!imported) return;
    strikes.bombardment.insert(strikes.bombardment.end(), imported->bombardment.begin(),
                               imported->bombardment.end());
    strikes.notes.push_back(
        finding_at(Severity::warning, {files.front(), 0, 0, 1},
                   fmt::format("{} strikes placed, {} of them by name, {} dated to a week or month and "
                               "divided among its days; left "
                               "out: {} too far from every place, {} of which only the "
                               "province is known, {} before and {} after the period",
                               imported->strikes, imported->by_name, imported->not_to_the_day,
                               imported->far_away, imported->vague, imported->before, imported->after)));
}

}  // namespace

Result<RegionStrikes> read_strikes(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Network& network, const Period& period,
                                   double reach_km) {
    RegionStrikes strikes;
    std::vector<std::string> acled;
    std::set<std::string> ucdp;
    for (const auto& file : files) {
        const auto sheets = read_sheets(file, has_columns({"events", "fatalities"}));
        append(strikes.notes, sheets.findings());
        if (!sheets) continue;
        const auto& sheet = sheets->front();
        if (sheet.column("whereprec")) {
            UcdpEvents(sheet, gazetteer, network, period, reach_km, strikes).read(ucdp);
        } else if (sheet.column("events") && !is_other_count(sheet, strikes)) {
            for (const auto& one : *sheets) add_months(one, gazetteer, period, strikes);
        } else if (!sheet.column("events")) {
            acled.push_back(file.string());
        }
    }
    add_acled(acled, network, period, reach_km, strikes);
    if (has_errors(strikes.notes)) return strikes.notes;
    return strikes;
}

}  // namespace nuzuh::region
