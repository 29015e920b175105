// Scenarios with their tables, studies, cases of Flee 3, events and regions.
#include <algorithm>
#include <cctype>

#include "sim/check/make_world.hpp"
#include "sim/region/acled.hpp"
#include "sim/region/region.hpp"
#include "sim/scenario/study.hpp"
#include "sim/study/design.hpp"
#include "tests/fuzz/scratch.hpp"
#include "tests/fuzz/targets_of.hpp"

namespace nuzuh::fuzz {
namespace {

bool is_plain(std::string_view name) {
    return !name.empty() && name.size() <= 40 && name.front() != '.' &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == '.'; });
}

/// Worlds larger than this say nothing that smaller ones do not.
bool is_small(const ScenarioSettings& settings) {
    const auto days = settings.period.to - settings.period.from + 1;
    return settings.network.places.size() <= 40 && settings.groups.size() <= 6 && days > 0 && days <= 400 &&
           settings.period.step_days >= 0.1;
}

void make(const Result<LoadedScenario>& loaded) {
    if (!loaded) return require_reasons(loaded.findings());
    if (!is_small(loaded->settings)) return;
    const auto world = make_world(loaded->settings);
    if (!world) require_reasons(located(*loaded, world.findings()));
}

constexpr std::string_view tables = R"(title: tables
period: {from: 2024-03-01, to: 2024-03-12}
network: {places: places.csv, routes: routes.csv, areas: areas.csv}
groups: [{name: everyone, share: 1}]
bombardment: [{table: bombardment.csv}]
)";

}  // namespace

std::vector<std::pair<std::string, std::string>> files_of(std::string_view sample, std::string_view first) {
    constexpr std::string_view mark = "=== ";
    if (!sample.starts_with(mark)) return {{std::string(first), std::string(sample)}};
    std::vector<std::pair<std::string, std::string>> files;
    while (sample.starts_with(mark)) {
        sample.remove_prefix(mark.size());
        const auto end = std::min(sample.find('\n'), sample.size());
        const auto name = sample.substr(0, end);
        sample.remove_prefix(std::min(end + 1, sample.size()));
        const auto next = sample.starts_with(mark) ? 0 : sample.find("\n=== ");
        const auto length = next == std::string_view::npos ? sample.size() : next == 0 ? 0 : next + 1;
        if (is_plain(name)) files.emplace_back(name, sample.substr(0, length));
        sample.remove_prefix(length);
    }
    return files;
}

void read_scenario(std::string_view sample) {
    const Scratch scratch;
    scratch.write("scenario.yaml", tables);
    for (const auto& [name, content] : files_of(sample, "scenario.yaml")) scratch.write(name, content);
    make(load_scenario((scratch.path() / "scenario.yaml").string()));
}

void read_study(std::string_view sample) {
    const Scratch scratch;
    for (const auto& [name, content] : files_of(sample, "study.yaml")) scratch.write(name, content);
    const auto path = (scratch.path() / "study.yaml").string();
    is_study(path);
    const auto study = load_study(path);
    if (!study) return require_reasons(study.findings());
    if (study->study.design.size > 1000) return;
    const auto design = make_design(study->study.design);
    if (!design) require_reasons(design.findings());
}

void read_flee(std::string_view sample) {
    const Scratch scratch;
    std::filesystem::create_directories(scratch.path() / "input_csv");
    std::filesystem::create_directories(scratch.path() / "source_data");
    for (const auto& [name, content] : files_of(sample, "locations.csv"))
        scratch.write((name.starts_with("refugees") || name.starts_with("camp") ? "source_data/"
                       : name.ends_with(".yml")                                 ? ""
                                                                                : "input_csv/") +
                          name,
                      content);
    make(load_scenario(scratch.path().string()));
}

void read_acled(std::string_view sample) {
    const Scratch scratch;
    std::vector<std::string> files;
    for (const auto& [name, content] : files_of(sample, "events.csv"))
        files.push_back(scratch.write(name, content).string());
    Network network;
    for (const auto& [name, lat, lon] : {std::tuple{"Idlib", 35.93, 36.63}, {"Saraqib", 35.86, 36.8}}) {
        PlaceSettings place;
        place.place = place.name = name;
        place.lat = lat;
        place.lon = lon;
        network.places.push_back(place);
    }
    AcledOptions options;
    options.period = {*parse_date("2019-04-01"), *parse_date("2019-12-31"), 1};
    const auto imported = import_acled(files, network, options);
    if (!imported) return require_reasons(imported.findings());
    double strikes = 0;
    for (const auto& entry : imported->strikes_by_day.entries(network)) {
        require(entry.strikes_per_day.value_or(0) > 0, "a row without strikes");
        strikes += *entry.strikes_per_day * double(entry.to.value_or(entry.from) - entry.from + 1);
    }
    require(strikes <= imported->strikes + 1e-6, "more strikes than events");
}

void read_region_files(std::string_view sample) {
    const Scratch scratch;
    RegionFiles region;
    for (const auto& [name, content] : files_of(sample, "places.csv")) {
        const std::string_view ending = std::string_view(name).substr(std::min(name.find('.'), name.size()));
        // Others are read by GDAL's programs.
        if (ending != ".csv" && ending != ".txt" && ending != ".geojson" && ending != ".xlsx" &&
            ending != ".osm" && ending != ".osm.pbf")
            continue;
        const auto file = scratch.write(name, content);
        (name.starts_with("population")    ? region.population
         : name.starts_with("boundaries")  ? region.boundaries
         : name.starts_with("roads")       ? region.roads
         : name.starts_with("bombardment") ? region.bombardment
         : name.starts_with("reported")    ? region.reported
                                           : region.places)
            .push_back(file);
    }
    const auto read = read_region(region);
    if (!read) return require_reasons(read.findings());
    require(read->people >= 0 && read->people_placed >= 0, "fewer than no people");
    require(read->people_placed <= read->people * (1 + 1e-6) + 1, "more people than the source counts");
    for (const auto& place : read->settings.network.places)
        require(place.lat >= -90 && place.lat <= 90 && place.population >= 0, "a place that cannot be");
}

}  // namespace nuzuh::fuzz
