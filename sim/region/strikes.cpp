#include <fmt/format.h>

#include "sim/region/days.hpp"
#include "sim/region/reports.hpp"
#include "sim/scenario/acled.hpp"

namespace nuzuh::region {
namespace {

/// Monthly counts of events by unit.
void add_months(const Sheet& sheet, const Gazetteer& gazetteer, const Period& period,
                RegionStrikes& strikes) {
    const auto type = sheet.column("eventtype"), events = sheet.column("events"),
               from = sheet.column("referenceperiodstart"), to = sheet.column("referenceperiodend");
    const UnitColumns columns(sheet);
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
        const auto places = places_in(gazetteer, deepest_code(columns.of(row)));
        if (places.empty()) {
            nowhere += int(*number);
            continue;
        }
        const auto shares = shares_by_population(gazetteer, places);
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (shares[i] <= 0) continue;
            strikes.bombardment.push_back(
                {"",
                 gazetteer.places[places[i]].place.place,
                 *first,
                 *last,
                 shares[i] * *number / (*last - *first + 1),
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

}  // namespace

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

}  // namespace nuzuh::region
