// locations.csv.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/scenario/flee/parts.hpp"
#include "sim/scenario/hints.hpp"
#include "sim/scenario/keys.hpp"

namespace nuzuh::scenario::flee {
namespace {

struct KindOfPlace {
    std::string_view part;  ///< of the word in locations.csv; the first that is found counts
    std::string_view type;
};
constexpr KindOfPlace kinds[] = {{"idpcamp", "idp_camp"}, {"camp", "camp"},       {"conflict", "town"},
                                 {"forward", "hub"},      {"marker", "waypoint"}, {"flood_zone", "town"},
                                 {"default", "town"},     {"town", "town"}};
constexpr KindOfPlace no_kind{"", "camp"};  ///< Flee takes it for a camp without limit

const KindOfPlace& kind_of(const Cell& cell) {
    for (const auto& kind : kinds) {
        if (in_small_letters(cell.text).find(kind.part) != std::string::npos) return kind;
    }
    return no_kind;
}

/// Attributes of places that act in Flee 3.
constexpr std::string_view acting_attributes[] = {
    "initial_idps", "capacity_per_day", "deactivation_probability", "farmer_fraction", "trade_volume",
    "hdi",          "flood_level",      "forecast_flood_levels"};
constexpr std::size_t own_columns = 8;

/// A cell that Flee reads as a number, 0 where it is empty.
double number_or_zero(Reading& reading, const Cell& cell, const std::string& what) {
    return cell.text.empty() ? 0 : reading.number(cell, what).value_or(0);
}

/// The kind of the place in a row; nothing, and why, where the row is none.
const KindOfPlace* kind_of_row(Reading& reading, const Row& row) {
    auto& notes = reading.notes;
    if (row.size() < own_columns) {
        notes.error(row.back().spot, "",
                    fmt::format("expects 8 cells (name, region, country, latitude, longitude, type, "
                                "conflict date, population or capacity), found {}",
                                row.size()));
        return nullptr;
    }
    if (row[0].text.empty()) {
        notes.error(row[0].spot, "", "a place without a name");
        return nullptr;
    }
    const KindOfPlace& kind = kind_of(row[5]);
    if (&kind == &no_kind) {
        notes.warning(
            row[5].spot, "",
            fmt::format("no kind of place: {}; Flee takes it for a camp without limit, and so is it here",
                        in_quotes(row[5].text)),
            "town, camp, idpcamp, conflict_zone, forwarding_hub, marker or default");
    } else if (kind.part == "flood_zone") {
        notes.warning(row[5].spot, "", "floods are not simulated: this place is a town");
    }
    return &kind;
}

/// Latitude and longitude, which Flee hardly uses and does not check.
void put_position(Reading& reading, const Row& row, Node& entry) {
    double lat = number_or_zero(reading, row[3], "the latitude"),
           lon = number_or_zero(reading, row[4], "the longitude");
    if (std::abs(lat) > 90 && std::abs(lat) <= 180 && std::abs(lon) <= 90) {
        reading.notes.warning(
            row[3].spot, "",
            fmt::format("no latitude is {}: it is taken as the longitude, and the next cell as the "
                        "latitude",
                        row[3].text));
        std::swap(lat, lon);
    } else if (std::abs(lat) > 90 || std::abs(lon) > 180) {
        reading.notes.warning(
            row[3].spot, "",
            fmt::format("{}, {} lies nowhere on earth: the place is set to 0, 0", row[3].text, row[4].text));
        lat = lon = 0;
    }
    put(entry, "lat", plain(lat), row[3].spot);
    put(entry, "lon", plain(lon), row[4].spot);
}

Node entry_of(Reading& reading, const Row& row, const Place& place, const KindOfPlace& kind) {
    Node entry = map_at(row[0].spot);
    put(entry, "place", place.id, row[0].spot);
    put(entry, "name", row[0].text, row[0].spot);
    put(entry, "type", std::string(kind.type), row[5].spot);
    if (!row[1].text.empty()) put(entry, "region", row[1].text, row[1].spot);
    if (!row[2].text.empty()) put(entry, "country", row[2].text, row[2].spot);
    put_position(reading, row, entry);
    const double people = number_or_zero(reading, row[7], place.camp ? "the capacity" : "the population");
    if (people >= 1 && &kind != &no_kind)
        put(entry, place.camp ? "capacity" : "population", row[7].text, row[7].spot);
    if (people < 0 && !place.camp)
        reading.notes.warning(row[7].spot, "", fmt::format("a population of {} is read as 0", row[7].text));
    put(entry, "source", fmt::format("locations.csv: {}", row[5].text), row[5].spot);
    return entry;
}

/// Columns from the ninth on: those that act in Flee are named with what they say, the others once.
void tell_attributes(Reading& reading, const Sheet& sheet) {
    for (std::size_t column = own_columns; column < sheet.header.size(); ++column) {
        const Cell& name = sheet.header[column];
        if (name.text.empty() || name.text == "conflict_intensity") continue;
        const auto says = [&](const Row& row) {
            return column < row.size() && !row[column].text.empty() && decimal(row[column].text) != 0.0;
        };
        const auto first = std::find_if(sheet.rows.begin(), sheet.rows.end(), says);
        const bool acts = std::find(std::begin(acting_attributes), std::end(acting_attributes), name.text) !=
                          std::end(acting_attributes);
        if (!acts)
            reading.notes.warning(
                name.spot, "",
                fmt::format("the attribute {} of places is not read, by Flee neither", in_quotes(name.text)));
        else if (first != sheet.rows.end())
            reading.notes.warning(
                (*first)[column].spot, "",
                fmt::format("the attribute {} of places acts in Flee and is not simulated; it is {} "
                            "at {}",
                            in_quotes(name.text), (*first)[column].text, in_quotes(first->front().text)),
                "people and camps are as if the column were not there");
    }
}

/// Rows of places, each name once: of several rows Flee links the last.
std::vector<const Row*> rows_of_places(Reading& reading, const Sheet& sheet) {
    const auto said = [](const Row& row) {
        std::string text;
        for (const Cell& cell : row) text += cell.text + ",";
        return text;
    };
    std::map<std::string, std::size_t> at;
    std::vector<const Row*> rows;
    for (const Row& row : sheet.rows) {
        const auto [known, is_new] = at.try_emplace(row[0].text, rows.size());
        if (is_new) {
            rows.push_back(&row);
            continue;
        }
        const bool same = said(row) == said(*rows[known->second]);
        reading.notes.warning(
            row[0].spot, "",
            fmt::format("a second row for the place {}: {}", in_quotes(row[0].text),
                        same ? "the two say the same"
                             : "it counts, and the first does not: Flee links the last one"));
        rows[known->second] = &row;
    }
    return rows;
}

double intensity_at_once(Reading& reading, const Sheet& sheet, const Row& row) {
    for (std::size_t column = own_columns; column < std::min(row.size(), sheet.header.size()); ++column) {
        if (sheet.header[column].text != "conflict_intensity" || row[column].text.empty()) continue;
        return std::max(0.0, reading.number(row[column], "the intensity").value_or(1));
    }
    return 1;
}

}  // namespace

std::vector<Place> read_places(Reading& reading, Node& network) {
    std::vector<Place> places;
    const auto sheet = reading.sheet("input_csv/locations.csv");
    Node list = list_at({sheet ? sheet->source : -1});
    if (!sheet) return places;
    tell_attributes(reading, *sheet);
    for (const Row* at : rows_of_places(reading, *sheet)) {
        const Row& row = *at;
        const KindOfPlace* kind = kind_of_row(reading, row);
        if (!kind) continue;
        const bool camp = kind->type.find("camp") != kind->type.npos;
        Place place{row[0].text, reading.add_place(row[0]), row[2].text, camp, 0, row[0].spot};
        if (kind->part == "conflict" && number_or_zero(reading, row[6], "the conflict date") <= 0)
            place.intensity_at_once = intensity_at_once(reading, *sheet, row);
        list.items.push_back(entry_of(reading, row, place, *kind));
        places.push_back(std::move(place));
    }
    if (places.empty()) reading.notes.error({sheet->source}, "", "there are no places");
    put(network, "places", std::move(list));
    return places;
}

}  // namespace nuzuh::scenario::flee
