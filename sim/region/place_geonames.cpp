#include <algorithm>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/region/place_list.hpp"

namespace nuzuh::region {
namespace {

/// Columns of a dump, from 0.
namespace geonames {
constexpr std::size_t id = 0, name = 1, other_names = 3, lat = 4, lon = 5, feature_class = 6, code = 7,
                      country = 8, population = 14, columns = 19;
}

void set_other_names(PlaceSettings& place, const std::string& list) {
    std::set<std::string> known{folded(place.name)};
    for (std::size_t begin = 0; begin < list.size();) {
        const auto end = std::min(list.find(',', begin), list.size());
        const std::string other = list.substr(begin, end - begin);
        begin = end + 1;
        if (!known.insert(folded(other)).second) continue;
        if (place.name_ar.empty() && is_arabic(other)) {
            place.name_ar = other;
        } else {
            place.spellings += (place.spellings.empty() ? "" : ";") + other;
        }
    }
}

}  // namespace

std::optional<PlaceType> type_of_geonames(const std::string& feature_class, const std::string& code) {
    static const std::set<std::string> towns{"PPL",   "PPLA", "PPLA2", "PPLA3", "PPLA4",
                                             "PPLA5", "PPLC", "PPLG",  "PPLS",  "PPLF"};
    if (feature_class == "P" && towns.contains(code)) return PlaceType::town;
    if (code == "CMPRF") return PlaceType::idp_camp;
    return {};
}

bool is_geonames(const Sheet& sheet) {
    if (sheet.rows.empty()) return false;
    const auto& first = sheet.rows.front();
    return first.cells.size() == geonames::columns && sheet.number(first, geonames::lat) &&
           sheet.number(first, geonames::lon);
}

void add_geonames(const Sheet& sheet, const std::set<std::string>& kinds, PlaceList& places) {
    std::map<std::string, int> left_out;
    const bool names_codes = std::any_of(kinds.begin(), kinds.end(), [](const auto& kind) {
        return kind.starts_with("PPL") || kind == "STLMT";
    });
    if (!kinds.empty() && !names_codes)
        places.say(sheet.error("--kinds names no code of GeoNames", "such as PPLC,PPLA,PPLA2"));
    for (const auto& row : sheet.rows) {
        if (row.cells.size() != geonames::columns) {
            places.say(sheet.error(row,
                                   fmt::format("a row of {} cells; a dump of GeoNames has {}",
                                               row.cells.size(), geonames::columns),
                                   "get the file anew"));
            continue;
        }
        auto type = type_of_geonames(row.cells[geonames::feature_class], row.cells[geonames::code]);
        if (names_codes && type != PlaceType::idp_camp)
            type = kinds.contains(row.cells[geonames::code]) ? std::optional(PlaceType::town) : std::nullopt;
        const auto lat = sheet.number(row, geonames::lat), lon = sheet.number(row, geonames::lon);
        if (!type) {
            ++left_out[row.cells[geonames::code]];
            continue;
        }
        PlaceSettings place;
        place.name = row.cells[geonames::name];
        if (!lat || !lon || std::abs(*lat) > 90 || std::abs(*lon) > 180) {
            places.say(sheet.error(row, fmt::format("'{}' has no coordinates", place.name)));
            continue;
        }
        place.type = *type;
        place.lat = *lat;
        place.lon = *lon;
        place.country = row.cells[geonames::country];
        place.population = sheet.number(row, geonames::population).value_or(0);
        place.source = fmt::format("GeoNames {}", row.cells[geonames::id]);
        set_other_names(place, row.cells[geonames::other_names]);
        if (*type == PlaceType::idp_camp) {
            place.population = 0;
            places.note({sheet.name, row.line, 0, 1},
                        fmt::format("'{}' is a camp: nobody lives there at the start", place.name));
        }
        places.add(std::move(place), {}, {sheet.name, row.line, 0, 1});
    }
    places.note_left_out(sheet, left_out, "rows ");
}

}  // namespace nuzuh::region
