// Scenarios with their tables, studies and cases of Flee 3.
#include <algorithm>

#include "sim/check/make_world.hpp"
#include "sim/scenario/study.hpp"
#include "sim/study/design.hpp"
#include "tests/fuzz/scratch.hpp"
#include "tests/fuzz/targets_of.hpp"

namespace nuzuh::fuzz {
namespace {

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

}  // namespace nuzuh::fuzz
