#include "sim/region/place_list.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/folded.hpp"
#include "sim/base/nearest.hpp"
#include "sim/base/text.hpp"
#include "sim/model/network.hpp"

namespace nuzuh::region {

void PlaceList::add(PlaceSettings place, AdminUnits units, Location row) {
    row.column = row.line > 0 ? 1 : 0;
    if (place.lat == 0 && place.lon == 0)
        say(finding_at(Severity::error, row,
                       fmt::format("'{}' lies at 0, 0, which means no place", place.name),
                       "its coordinates, or take the row out"));
    constexpr double same_km = 5;  // judgement
    auto& namesakes = by_name_[folded(place.name)];
    for (const auto p : namesakes) {
        auto& there = gazetteer_.places[p].place;
        if (!units.code[1].empty() || great_circle_km(there.lat, there.lon, place.lat, place.lon) > same_km)
            continue;
        note(std::move(row), fmt::format("'{}' stands twice within {:.0f} km: once", place.name, same_km));
        there.population = std::max(there.population, place.population);
        return;
    }
    namesakes.push_back(gazetteer_.places.size());
    gazetteer_.places.push_back({std::move(place), std::move(units), std::move(row)});
}

void PlaceList::note(Location row, std::string message) {
    found_.push_back(finding_at(Severity::warning, std::move(row), std::move(message)));
}

void PlaceList::note_left_out(const Sheet& sheet, const std::map<std::string, int>& left_out,
                              std::string_view what) {
    for (const auto& [kind, count] : left_out)
        note({sheet.name, 0, 0, 1}, fmt::format("{}left out, {}: {}", what, kind, count));
}

Result<Gazetteer> PlaceList::done() {
    if (gazetteer_.places.empty() && !has_errors(found_))
        found_.push_back(
            finding_at(Severity::error, {}, "no places were found",
                       "give --places FILE, or name kinds that were left out by --kinds, such as hamlet"));
    std::map<std::string, const Location*> row_of;
    for (const auto& [place, units, row] : gazetteer_.places) {
        const auto [first, is_new] = row_of.try_emplace(place.place, &row);
        if (!place.place.empty() && !is_new)
            found_.push_back(finding_at(Severity::error, row,
                                        fmt::format("the identifier '{}' stands in {} row {} too",
                                                    place.place, first->second->file, first->second->line),
                                        "one identifier a place; without the column, names are taken"));
    }
    say_far_off();
    if (has_errors(found_)) return found_;
    name_them_apart();
    for (const auto& one : gazetteer_.places) gazetteer_.people += one.place.population;
    gazetteer_.notes = std::move(found_);
    return std::move(gazetteer_);
}

namespace {

/// The value that half of some lie below.
double median(std::vector<double> some) {
    const auto middle = some.begin() + std::ptrdiff_t(some.size() / 2);
    std::nth_element(some.begin(), middle, some.end());
    return *middle;
}

}  // namespace

/// Says which places lie far from all others, and whether that is since their coordinates are exchanged. Distances are judgement.
void PlaceList::say_far_off() {
    const auto& places = gazetteer_.places;
    if (places.size() < 3) return;
    std::vector<double> lats, lons, km;
    const double first = places.front().place.lon;
    for (const auto& one : places) {
        lats.push_back(one.place.lat);
        lons.push_back(first + std::remainder(one.place.lon - first, 360.0));
    }
    const double lat = median(lats), lon = median(lons);
    for (const auto& one : places) km.push_back(great_circle_km(lat, lon, one.place.lat, one.place.lon));
    auto sorted = km;
    std::sort(sorted.begin(), sorted.end());
    const double most = std::max(50.0, sorted[(sorted.size() - 1) * 9 / 10]);  // nine of ten lie within
    for (std::size_t p = 0; p < places.size(); ++p) {
        const auto& [place, units, row] = places[p];
        const auto off = fmt::format("'{}' lies {:.0f} km from the middle of all places", place.name, km[p]);
        if (km[p] > 3 * most && std::abs(place.lon) <= 90 &&
            great_circle_km(lat, lon, place.lon, place.lat) < 1.5 * most)
            say(finding_at(Severity::error, row,
                           off + ", and among them with latitude and longitude exchanged", "exchange both"));
        else if (km[p] > std::max(1000.0, 5 * most))
            note(row, off + ": are its coordinates right?");
    }
}

void PlaceList::name_them_apart() {
    std::map<std::string, int> times;
    for (const auto& one : gazetteer_.places) ++times[identifier_of(one.place.name)];
    std::set<std::string> taken;
    for (const auto& one : gazetteer_.places) taken.insert(one.place.place);
    for (auto& [place, units, row] : gazetteer_.places) {
        set_codes(place, units);
        if (!place.place.empty()) continue;
        std::string id = identifier_of(place.name);
        const std::string code = deepest_code(units);
        if (id.empty() || times[id] > 1)
            id += (id.empty() ? "place" : "") + (code.empty() ? "" : "_" + in_small_letters(code));
        std::string unique = id;
        for (int n = 2; !taken.insert(unique).second; ++n) unique = fmt::format("{}_{}", id, n);
        place.place = unique;
    }
}

namespace {

const std::vector<std::string> kinds_of_osm{
    "city",   "town",     "village", "hamlet",        "isolated_dwelling",
    "farm",   "locality", "suburb",  "neighbourhood", "quarter",
    "island", "islet",    "borough", "municipality",  "allotments"};

}  // namespace

std::string why_no_kind(const std::string& word) {
    if (word.starts_with("PPL") || word == "STLMT") return "";
    if (std::find(kinds_of_osm.begin(), kinds_of_osm.end(), word) != kinds_of_osm.end()) return "";
    const auto near = nearest_word(word, kinds_of_osm);
    return near.empty() ? "place=* of OpenStreetMap, such as town, or a code of GeoNames, such as PPLA"
                        : fmt::format("did you mean '{}'?", near);
}

bool takes_kind(const std::set<std::string>& kinds, const std::string& kind) {
    return kinds.empty() ? kind == "city" || kind == "town" || kind == "village" : kinds.contains(kind);
}

bool is_arabic(std::string_view text) {
    // U+0600 to U+06FF begin with the bytes D8 to DB.
    return std::any_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xD8 && byte <= 0xDB;
    });
}

double people_in(const std::string& text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            digits += c;
        else if (!digits.empty() && c != ',' && c != ' ' && c != '\'')
            break;
    }
    return digits.empty() || digits.size() > 9 ? 0 : std::stod(digits);
}

}  // namespace nuzuh::region
