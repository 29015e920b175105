#include "sim/scenario/flee/case.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/scenario/flee/parts.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/source.hpp"

namespace nuzuh::scenario {
namespace flee {
namespace {

Cell cell(const Row& row, std::size_t column) {
    if (column < row.size()) return row[column];
    return {"", row.back().spot, false};
}

/// The days of a case: where they are given.
struct Period {
    int source = -1;
    Spot length_spot;
};

/// sim_period.csv: `StartDate,2015-05-01` and `Length,396`; in older cases conflict_period.csv.
std::optional<Period> read_period(Reading& reading) {
    const bool old = !reading.has("input_csv/sim_period.csv") && reading.has("input_csv/conflict_period.csv");
    const auto sheet = reading.sheet(old ? "input_csv/conflict_period.csv" : "input_csv/sim_period.csv");
    if (!sheet) return {};
    if (old) reading.notes.warning({sheet->source}, "", "Flee 3 reads sim_period.csv, and not this file");
    std::optional<Date> start;
    std::optional<int> length;
    Period period{sheet->source, {}};
    for (const Row& row : sheet->rows) {
        const auto key = in_small_letters(row[0].text);
        if (key == "startdate") start = reading.date(cell(row, 1), "StartDate");
        if (key == "length") length = reading.whole(cell(row, 1), "Length");
        if (key == "length") period.length_spot = cell(row, 1).spot;
    }
    if (!start || !length) {
        if (!reading.notes.has_errors())
            reading.notes.error({sheet->source}, "", "expects StartDate,YYYY-MM-DD and Length,DAYS");
        return {};
    }
    if (*length < 1) {
        reading.notes.error(period.length_spot, "",
                            fmt::format("Length expects at least 1 day, found {}", *length));
        return {};
    }
    reading.start = *start;
    reading.days = *length;
    return period;
}

void put_period(const Reading& reading, const Period& period, Node& scenario) {
    Node node = map_at({period.source});
    put(node, "from", iso(reading.start), {period.source, 1, 1, 1});
    put(node, "to", iso(reading.start + (reading.days - 1)), period.length_spot);
    put(scenario, "period", std::move(node));
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

/// Files that act in Flee by rules that are not simulated.
void say_what_is_not_read(Reading& reading, const std::filesystem::path& folder) {
    std::vector<std::string> found;
    for (const char* file : {"input_csv/flood_level.csv", "input_csv/major_routes.csv",
                             "input_csv/agents.csv", "location_changes.csv"}) {
        if (reading.has(file)) found.emplace_back(file);
    }
    std::error_code none;
    for (const auto& file : std::filesystem::directory_iterator(folder / "input_csv", none)) {
        const auto name = file.path().filename().string();
        for (const char* kind : {"demographics_", "region_attributes_", "location_attributes_"}) {
            if (name.starts_with(kind) && name.ends_with(".csv")) found.push_back("input_csv/" + name);
        }
    }
    std::sort(found.begin(), found.end());
    for (const auto& file : found)
        reading.notes.warning(
            {}, "",
            fmt::format("{} is not read: the rules of Flee that use it are not simulated", in_quotes(file)));
}

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
    say_what_is_not_read(reading, folder);
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
    const auto period = read_period(reading);
    if (!period) return {};
    const auto conflicts = read_conflict_sheet(reading);
    put_period(reading, *period, scenario);
    const auto places = read_places(reading, network);
    const auto routes = read_routes(reading, network);
    if (conflicts) read_conflicts(reading, *conflicts, places, scenario);
    read_closures(reading, places, routes, network, scenario);
    read_series(reading, places, scenario);
    put(scenario, "network", std::move(network));
    put_conventions(reading, folder, scenario);
    read_simsetting(reading, settings.empty() ? reading.path("simsetting.yml") : settings, scenario);
    return scenario;
}

}  // namespace nuzuh::scenario
