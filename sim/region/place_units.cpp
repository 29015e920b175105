#include <fmt/format.h>

#include "sim/region/place_list.hpp"

namespace nuzuh::region {
namespace {

/// The name of a unit in Arabic letters; "" where no column has one.
std::string arabic_name_of(const Sheet& sheet, const SheetRow& row, std::size_t level) {
    for (const auto& key : {fmt::format("adm{}ar", level), fmt::format("adm{}name1", level),
                            fmt::format("adm{}name2", level), fmt::format("admin{}namear", level)}) {
        const auto& name = sheet.text(row, sheet.column(key));
        if (is_arabic(name)) return name;
    }
    return "";
}

}  // namespace

void add_units(const Sheet& sheet, std::size_t level, PlaceList& places) {
    const auto lat = sheet.column({"centerlat", "lat", "latitude", "y"}),
               lon = sheet.column({"centerlon", "lon", "lng", "longitude", "x"}),
               until = sheet.column("validto");
    if (!lat || !lon) {
        places.say(
            sheet.error("units without centres: there is no column center_lat and center_lon",
                        "boundaries as GeoJSON have them, and a gazetteer such as GeoNames has towns"));
        return;
    }
    const UnitColumns columns(sheet);
    int old = 0, nameless = 0;
    std::map<std::string, int> row_of_code;
    for (const auto& row : sheet.rows) {
        const AdminUnits units = columns.of(row);
        if (units.code[level].empty()) {
            ++nameless;
            continue;
        }
        if (!is_in_force(sheet.text(row, until))) {
            ++old;
            continue;
        }
        const auto [twice, is_new] = row_of_code.emplace(units.code[level], row.line);
        if (!is_new) {
            places.say(sheet.error(
                row, fmt::format("P-code '{}' stands in row {} too", units.code[level], twice->second)));
            continue;
        }
        const auto at_lat = sheet.number(row, lat), at_lon = sheet.number(row, lon);
        if (!at_lat || !at_lon) {
            places.say(sheet.error(row, fmt::format("'{}' has no centre", units.name[level])));
            continue;
        }
        PlaceSettings place;
        place.name = units.name[level].empty() ? units.code[level] : units.name[level];
        place.lat = *at_lat;
        place.lon = *at_lon;
        place.source = fmt::format("centre of {}", units.code[level]);
        place.name_ar = arabic_name_of(sheet, row, level);
        places.add(std::move(place), units, {sheet.name, row.line, 0, 1});
    }
    if (old > 0)
        places.note({sheet.name, 0, 0, 1},
                    fmt::format("units left out, no longer in force (valid_to): {}", old));
    if (nameless > 0)
        places.note({sheet.name, 0, 0, 1}, fmt::format("units left out, without P-code: {}", nameless));
    places.note(
        {sheet.name, 0, 0, 1},
        fmt::format("{} places are centres of units of level {}, and not towns", row_of_code.size(), level));
}

}  // namespace nuzuh::region
