// Small scenarios whose unknowns are drawn.
#pragma once

#include <string>
#include <utility>

#include "sim/check/make_world.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/setting.hpp"
#include "sim/study/ensemble.hpp"

namespace nuzuh::test {

/// Three places, strikes on one of them, a front, and what is asked for below.
inline std::string scenario_text(const std::string& more) {
    return R"(title: Three places
period: {from: 2024-03-01, to: 2024-03-31}
network:
  places:
    - {place: east, name: East, type: town, lat: 36, lon: 37, population: 200000}
    - {place: west, name: West, type: town, lat: 36.05, lon: 36.7, population: 300000, capacity: 60000}
    - {place: camp, name: Camp, type: camp, lat: 36.1, lon: 36.6, capacity: 50000}
  routes:
    - {route: east_west, from: east, to: west, km: 32, class: primary}
    - {route: west_camp, from: west, to: camp, km: 12}
groups:
  - {name: residents, share: 0.6}
  - {name: earlier, share: 0.4, threshold: 20}
bombardment:
  - {place: east, from: 2024-03-05, to: 2024-03-14, strikes_per_day: 20}
  - {place: east, from: 2024-03-15, to: 2024-03-20, strikes_per_day: 5}
fronts:
  - {place: east, assault_from: 2024-03-02, falls: 2024-03-29, source: a report}
)" + more;
}

inline ScenarioSettings settings_of(const std::string& more = "") {
    auto read = read_scenario_text(scenario_text(more));
    if (!read) throw std::runtime_error(read.findings().front().message);
    return std::move(*read);
}

inline World world_of(ScenarioSettings settings) {
    auto world = make_world(std::move(settings));
    if (!world) throw std::runtime_error(world.findings().front().message);
    return std::move(*world);
}

inline SettingAccess access() { return setting_access(); }

}  // namespace nuzuh::test
