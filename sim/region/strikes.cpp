#include "sim/region/strikes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/region/acled.hpp"
#include "sim/region/event_places.hpp"
#include "sim/region/reports.hpp"
#include "sim/region/strike_tables.hpp"

namespace nuzuh::region {
namespace {

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

TownNumbers::TownNumbers(const Gazetteer& gazetteer, const Network& network) : gazetteer_(gazetteer) {
    for (const auto& place : network.places) number_.emplace(place.place, int(number_.size()));
}

PlaceShares TownNumbers::in_unit(const std::string& code) const {
    const auto places = places_in(gazetteer_, code);
    const auto shares = shares_by_population(gazetteer_, places);
    PlaceShares out;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (shares[i] > 0) out.emplace_back(number_.at(gazetteer_.places[places[i]].place.place), shares[i]);
    }
    return out;
}

std::map<std::string, std::string> provinces_of(const Gazetteer& gazetteer) {
    std::map<std::string, std::string> areas;
    for (const auto& one : gazetteer.places) {
        if (!one.units.name[1].empty() && !one.units.code[1].empty())
            areas.emplace(folded_unit(one.units.name[1]), area_of(one.units.code[1]));
    }
    return areas;
}

Result<RegionStrikes> read_strikes(const std::vector<std::filesystem::path>& files,
                                   const Gazetteer& gazetteer, const Network& network, const Period& period,
                                   double reach_km) {
    RegionStrikes strikes;
    auto& notes = strikes.notes;
    const TownNumbers towns(gazetteer, network);
    StrikeDays of_acled, of_ucdp, of_counts;
    std::vector<std::string> acled;
    std::set<std::string> ucdp;
    for (const auto& file : files) {
        const auto sheets = read_sheets(file, suits_events);
        append(notes, sheets.findings());
        if (!sheets) continue;
        const auto& sheet = sheets->front();
        if (sheet.column("strikesperday")) {
            add_rates(sheet, network, strikes);
        } else if (sheet.column("whereprec")) {
            for (const auto& one : *sheets)
                add_ucdp(one, gazetteer, network, towns, period, reach_km, ucdp, of_ucdp, notes);
        } else if (sheet.column("week") && sheet.column("subeventtype")) {
            for (const auto& one : *sheets)
                add_weeks(one, gazetteer, network, period, reach_km, of_counts, notes);
        } else if (sheet.column("events") && !is_other_count(sheet, notes)) {
            for (const auto& one : *sheets)
                add_months(one.column("adminlevel") ? of_known_countries(one, gazetteer, notes) : one, towns,
                           period, of_counts, notes);
        } else if (!sheet.column("events")) {
            acled.push_back(file.string());
        }
    }
    add_acled(acled, gazetteer, network, period, reach_km, of_acled, notes);
    if (!strikes.rates.empty() && of_acled.strikes() + of_ucdp.strikes() + of_counts.strikes() > 0)
        notes.push_back(finding_at(Severity::error, {files.front().string(), 0, 0, 1},
                                   "rates and events do not join: both count what fell", "give one of them"));
    if (has_errors(notes)) return notes;
    add_kinds({{"ACLED", of_acled}, {"UCDP", of_ucdp}, {"monthly and weekly counts", of_counts}}, strikes);
    return strikes;
}

}  // namespace nuzuh::region
