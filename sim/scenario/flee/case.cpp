#include "sim/scenario/flee/case.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/scenario/flee/parts.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/source.hpp"

namespace nuzuh::scenario {
namespace flee {
namespace {

constexpr double no_conflict = 1e-6;  ///< intensity up to which Flee sees none

Cell cell(const Row& row, std::size_t column) {
    if (column < row.size()) return row[column];
    return {"", row.back().spot, false};
}

/// sim_period.csv: `StartDate,2015-05-01` and `Length,396`.
bool read_period(Reading& reading, Node& scenario) {
    const auto sheet = reading.sheet("input_csv/sim_period.csv");
    if (!sheet) return false;
    std::optional<Date> start;
    std::optional<int> length;
    Spot length_spot;
    for (const Row& row : sheet->rows) {
        const auto key = in_small_letters(row[0].text);
        if (key == "startdate") start = reading.date(cell(row, 1), "StartDate");
        if (key == "length") length = reading.whole(cell(row, 1), "Length");
        if (key == "length") length_spot = cell(row, 1).spot;
    }
    if (!start || !length) {
        if (!reading.notes.has_errors())
            reading.notes.error({sheet->source}, "", "expects StartDate,YYYY-MM-DD and Length,DAYS");
        return false;
    }
    if (*length < 1) {
        reading.notes.error(length_spot, "", fmt::format("Length expects at least 1 day, found {}", *length));
        return false;
    }
    reading.start = *start;
    reading.days = *length;
    Node period = map_at({sheet->source});
    put(period, "from", iso(*start), {sheet->source, 1, 1, 1});
    put(period, "to", iso(*start + (*length - 1)), length_spot);
    put(scenario, "period", std::move(period));
    return true;
}

struct KindOfPlace {
    std::string_view part;  ///< of the word in locations.csv; the first that is found counts
    std::string_view type;
};
constexpr KindOfPlace kinds[] = {{"idpcamp", "idp_camp"}, {"camp", "camp"},       {"conflict", "town"},
                                 {"forward", "hub"},      {"marker", "waypoint"}, {"flood_zone", "town"},
                                 {"default", "town"},     {"town", "town"}};

const KindOfPlace* kind_of(const Cell& cell) {
    for (const auto& kind : kinds) {
        if (in_small_letters(cell.text).find(kind.part) != std::string::npos) return &kind;
    }
    return nullptr;
}

/// A cell that Flee reads as a number, 0 where it is empty.
double number_or_zero(Reading& reading, const Cell& cell, const std::string& what) {
    return cell.text.empty() ? 0 : reading.number(cell, what).value_or(0);
}

/// The kind of the place in a row; nothing, and why, where the row is none.
const KindOfPlace* kind_of_row(Reading& reading, const Row& row) {
    auto& notes = reading.notes;
    if (row.size() < 8) {
        notes.error(row.back().spot, "",
                    fmt::format("expects 8 cells (name, region, country, latitude, longitude, type, "
                                "conflict date, population or capacity), found {}",
                                row.size()));
        return nullptr;
    }
    const KindOfPlace* kind = kind_of(row[5]);
    if (!kind) {
        notes.error(row[5].spot, "", fmt::format("no kind of place: {}", in_quotes(row[5].text)),
                    "town, camp, idpcamp, conflict_zone, forwarding_hub, marker or default");
    } else if (reading.is_place(row[0].text)) {
        notes.error(row[0].spot, "", fmt::format("a second place is called {}", in_quotes(row[0].text)));
        return nullptr;
    } else if (kind->part == "flood_zone") {
        notes.warning(row[5].spot, "", "floods are not simulated: this place is a town");
    }
    return kind;
}

Node entry_of(Reading& reading, const Row& row, const Place& place, const KindOfPlace& kind) {
    Node entry = map_at(row[0].spot);
    put(entry, "place", place.id, row[0].spot);
    put(entry, "name", row[0].text, row[0].spot);
    put(entry, "type", std::string(kind.type), row[5].spot);
    if (!row[1].text.empty()) put(entry, "region", row[1].text, row[1].spot);
    if (!row[2].text.empty()) put(entry, "country", row[2].text, row[2].spot);
    for (const auto& [column, key] : {std::pair{3, "lat"}, {4, "lon"}}) {
        const Cell& at = row[std::size_t(column)];
        put(entry, key, at.text.empty() ? "0" : at.text, at.spot);
    }
    const double people = number_or_zero(reading, row[7], place.camp ? "the capacity" : "the population");
    if (people >= 1) put(entry, place.camp ? "capacity" : "population", row[7].text, row[7].spot);
    put(entry, "source", fmt::format("locations.csv: {}", row[5].text), row[5].spot);
    return entry;
}

std::vector<Place> read_places(Reading& reading, Node& network) {
    std::vector<Place> places;
    const auto sheet = reading.sheet("input_csv/locations.csv");
    Node list = list_at({sheet ? sheet->source : -1});
    if (!sheet) return places;
    for (std::size_t column = 8; column < sheet->header.size(); ++column) {
        const Cell& name = sheet->header[column];
        if (name.text.empty()) continue;
        reading.notes.warning(name.spot, "",
                              fmt::format("the attribute {} of places is not read", in_quotes(name.text)));
    }
    for (const Row& row : sheet->rows) {
        const KindOfPlace* kind = row[0].text.empty() ? nullptr : kind_of_row(reading, row);
        if (!kind) continue;
        const bool camp = kind->type.find("camp") != kind->type.npos;
        Place place{row[0].text, reading.add_place(row[0]), row[2].text, camp, false, row[0].spot};
        place.conflict_at_once =
            kind->part == "conflict" && number_or_zero(reading, row[6], "the conflict date") <= 0;
        list.items.push_back(entry_of(reading, row, place, *kind));
        places.push_back(std::move(place));
    }
    if (places.empty()) reading.notes.error({sheet->source}, "", "there are no places");
    put(network, "places", std::move(list));
    return places;
}

/// Columns of routes.csv from the fifth on: known attributes go into the route.
void put_attributes(Reading& reading, const Sheet& sheet, const Row& row, Node& entry) {
    for (std::size_t column = 4; column < std::min(sheet.header.size(), row.size()); ++column) {
        const auto& name = sheet.header[column].text;
        if (row[column].text.empty() || name.empty()) continue;
        if (name == "max_move_speed")
            put(entry, "max_km_per_day", row[column].text, row[column].spot);
        else if (name == "walk_probability")
            put(entry, "walk_probability", row[column].text, row[column].spot);
        else
            reading.notes.warning(
                sheet.header[column].spot, "",
                fmt::format("the attribute {} of routes is not read, by Flee neither", in_quotes(name)));
    }
}

std::vector<Route> read_routes(Reading& reading, const std::vector<Place>& places, Node& network) {
    std::vector<Route> routes;
    const auto sheet = reading.sheet("input_csv/routes.csv");
    if (!sheet) return routes;
    Node list = list_at({sheet->source});
    std::set<std::string> ids, connected;
    for (const Row& row : sheet->rows) {
        if (row[0].text.empty()) continue;
        if (row.size() < 3) {
            reading.notes.error(row.back().spot, "",
                                "expects name1, name2, km and perhaps forced redirection");
            continue;
        }
        const auto from = reading.place(row[0]), to = reading.place(row[1]);
        if (!from || !to) continue;
        connected.insert({*from, *to});
        std::string id = fmt::format("{}_{}", *from, *to);
        for (int n = 2; !ids.insert(id).second; ++n) id = fmt::format("{}_{}_{}", *from, *to, n);
        Node entry = map_at(row[0].spot);
        put(entry, "route", id, row[0].spot);
        put(entry, "from", *from, row[0].spot);
        put(entry, "to", *to, row[1].spot);
        put(entry, "km", row[2].text, row[2].spot);
        const Cell code = cell(row, 3);
        const int redirection = code.text.empty() ? 0 : reading.whole(code, "forced redirection").value_or(0);
        if (redirection != 0) {
            reading.notes.warning(code.spot, "", "Flee ignores forced redirection",
                                  "flee3.quirks.forced_redirection: corrected sends people this way");
            put(entry, "redirects_to", redirection == 2 ? *from : *to, code.spot);
        }
        put_attributes(reading, *sheet, row, entry);
        list.items.push_back(std::move(entry));
        routes.push_back({id, row[0].text, row[1].text});
    }
    for (const Place& place : places) {
        if (connected.count(place.id) || place.camp) continue;
        reading.notes.warning(place.spot, "", fmt::format("no route leads to {}", in_quotes(place.name)));
    }
    put(network, "routes", std::move(list));
    return routes;
}

/// A place's column of conflicts.csv as entries, one for each run of days with the same intensity.
void put_conflicts(Reading& reading, const Place& place, const std::vector<double>& intensity,
                   const Spot& spot, Node& list) {
    const int days = int(intensity.size());
    const auto entry = [&](int from, int to, double value) {
        Node node = map_at(spot);
        put(node, "place", place.id, spot);
        put(node, "from", iso(reading.start + from), spot);
        put(node, "to", iso(reading.start + to), spot);
        if (value != 1) put(node, "intensity", plain(value), spot);
        list.items.push_back(std::move(node));
    };
    int day = 0;
    if (place.conflict_at_once && (days == 0 || intensity[0] <= no_conflict)) {
        while (day < days && intensity[std::size_t(day)] <= no_conflict) ++day;
        const int last = day < days ? day - 1 : std::max(days, reading.days) - 1;
        entry(-1, last, 1);
        if (days > 0)
            reading.notes.warning(spot, "",
                                  fmt::format("{} begins as a conflict zone in locations.csv and stays one, "
                                              "although conflicts.csv says 0",
                                              in_quotes(place.name)));
    }
    while (day < days) {
        const double value = intensity[std::size_t(day)];
        int last = day;
        while (last + 1 < days && intensity[std::size_t(last) + 1] == value) ++last;
        if (value > no_conflict) entry(day, last, value);
        const bool changes =
            last + 1 < days && value > no_conflict && intensity[std::size_t(last) + 1] > no_conflict;
        if (changes)
            reading.notes.warning(
                spot, "",
                fmt::format("Flee ignores that the intensity in {} changes while the conflict "
                            "lasts",
                            in_quotes(place.name)),
                "flee3.quirks.frozen_intensity: corrected follows it");
        day = last + 1;
    }
}

/// Intensity by day for each column of conflicts.csv.
std::vector<std::vector<double>> intensities(Reading& reading, const Sheet& sheet) {
    auto& notes = reading.notes;
    std::vector<std::vector<double>> columns(sheet.header.size());
    for (std::size_t day = 0; day < sheet.rows.size(); ++day) {
        const Row& row = sheet.rows[day];
        if (row[0].text != fmt::format("{}", day))
            notes.warning(row[0].spot, "",
                          fmt::format("found day {}; Flee counts rows, and this is day {}",
                                      in_quotes(row[0].text), day));
        for (std::size_t c = 1; c < columns.size(); ++c) {
            if (sheet.header[c].text.empty()) continue;
            if (c >= row.size())
                notes.error(
                    row.back().spot, "",
                    fmt::format("cells in this row: {}, in the header: {}", row.size(), sheet.header.size()));
            columns[c].push_back(c < row.size() ? reading.number(row[c], "the intensity").value_or(0) : 0);
        }
    }
    if (int(sheet.rows.size()) < reading.days)
        notes.error({sheet.source}, "",
                    fmt::format("conflicts.csv has {} days, the period {}", sheet.rows.size(), reading.days),
                    "Flee stops where the rows end");
    return columns;
}

void read_conflicts(Reading& reading, const std::vector<Place>& places, Node& scenario) {
    const auto sheet = reading.sheet("input_csv/conflicts.csv");
    if (!sheet) return;
    if (sheet->header.empty()) {
        reading.notes.error({sheet->source, 1, 1, 1}, "", "the first line is '#Day' and the names of places");
        return;
    }
    const auto columns = intensities(reading, *sheet);
    Node list = list_at({sheet->source});
    std::set<std::string> listed;
    for (std::size_t c = 1; c < columns.size(); ++c) {
        const Cell& name = sheet->header[c];
        if (name.text.empty()) continue;
        if (!listed.insert(name.text).second) {
            reading.notes.error(name.spot, "", fmt::format("a second column for {}", in_quotes(name.text)));
        } else if (reading.place(name)) {
            const auto place =
                std::find_if(places.begin(), places.end(), [&](auto& p) { return p.name == name.text; });
            put_conflicts(reading, *place, columns[c], name.spot, list);
        }
    }
    for (const Place& place : places) {
        if (place.conflict_at_once && !listed.count(place.name))
            put_conflicts(reading, place, {}, place.spot, list);
    }
    put(scenario, "conflicts", std::move(list));
}

struct Section {
    std::string_view key;
    std::array<std::pair<std::string_view, std::string_view>, 14> values;
};
/// How hazard_choice divides registered people among camps: one set for all conflicts, fitted to six of
/// them. People are dated by their registration, so journeys take no time; only camps register. See
/// scripts/validate.sh.
constexpr Section registration_behaviour[] = {
    {"choose",
     {{{"distance_power", "1"},
       {"softening_hours", "5"},
       {"attraction_town", "0"},
       {"attraction_camp", "1"},
       {"danger_there", "0"},
       {"danger_on_way", "0"},
       {"network_pull", "1.2"},
       {"network_softening", "0.05"},
       {"network_memory_days", "60"},
       {"overdispersion", "0.3"},
       {"overdispersion_days", "14"},
       {"population_power", "0"},
       {"capacity_buffer", "0.25"},
       {"capacity_floor", "0.01"}}}},
    {"travel", {{{"speed_kmh", "100"}, {"hours_per_day", "24"}, {"factor_secondary", "1"}}}},
    {"return", {{{"rate", "0"}}}},
};

/// What a case does not say and a scenario needs: single people who all decide alike.
void put_conventions(Reading& reading, const std::filesystem::path& folder, Node& scenario) {
    const Spot spot{};
    const auto name = std::filesystem::weakly_canonical(folder).filename().string();
    scenario.entries.insert(scenario.entries.begin(),
                            {"title", spot, scalar(name + ", a case of Flee 3", spot)});
    put(scenario, "unit", "person", spot);
    Node group = map_at(spot);
    for (const auto& [key, value] : {std::pair{"name", "everyone"},
                                     {"share", "1"},
                                     {"classes", "1"},
                                     {"threshold_spread", "0"},
                                     {"immobile_share", "0"}})
        put(group, key, value, spot);
    Node groups = list_at(spot);
    groups.items.push_back(std::move(group));
    put(scenario, "groups", std::move(groups));
    Node leave = map_at(spot), behaviour = map_at(spot), engine = map_at(spot);
    put(leave, "departures", "registrations", spot);
    put(behaviour, "rules", "flee3", spot);
    put(behaviour, "leave", std::move(leave));
    for (const auto& [section, values] : registration_behaviour) {
        Node node = map_at(spot);
        for (const auto& [key, value] : values) {
            if (!key.empty()) put(node, std::string(key), std::string(value), spot);
        }
        put(behaviour, std::string(section), std::move(node));
    }
    put(scenario, "behaviour", std::move(behaviour));
    put(engine, "kind", "agents", spot);
    put(scenario, "engine", std::move(engine));
    for (const char* file : {"input_csv/flood_level.csv", "input_csv/region_attributes_IPC.csv",
                             "input_csv/major_routes.csv", "input_csv/agents.csv", "location_changes.csv"}) {
        if (reading.has(file))
            reading.notes.warning(spot, "", fmt::format("{} is not read", in_quotes(file)));
    }
}

}  // namespace
}  // namespace flee

bool is_flee_case(const std::filesystem::path& folder) {
    std::error_code error;
    return std::filesystem::is_directory(folder / "input_csv", error);
}

std::optional<Node> read_flee_case(const std::filesystem::path& folder, const std::filesystem::path& settings,
                                   Sources& sources, Notes& notes) {
    using namespace flee;
    Reading reading(folder, sources, notes);
    Node scenario = map_at({}), network = map_at({});
    if (!read_period(reading, scenario)) return {};
    const auto places = read_places(reading, network);
    const auto routes = read_routes(reading, places, network);
    read_conflicts(reading, places, scenario);
    read_closures(reading, places, routes, network, scenario);
    read_series(reading, places, scenario);
    put(scenario, "network", std::move(network));
    put_conventions(reading, folder, scenario);
    read_simsetting(reading, settings.empty() ? reading.path("simsetting.yml") : settings, scenario);
    return scenario;
}

}  // namespace nuzuh::scenario
