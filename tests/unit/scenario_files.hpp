// Small scenarios written to a folder of their own, for the tests of the reader.
#pragma once

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "tests/support/temporary_folder.hpp"

namespace nuzuh::test {

/// A folder that is gone after the test.
class Folder {
public:
    Folder() = default;
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }

    std::string write(const std::string& name, const std::string& text) const {
        const auto file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << text;
        return file.string();
    }

private:
    std::filesystem::path path_ = temporary_folder("nuzuh-scenario");
};

/// A scenario of three places that lacks nothing.
inline const std::string base = R"(title: Base
period: {from: 2024-03-01, to: 2024-03-31}
network:
  places:
    - {place: east, name: East, type: town, lat: 36, lon: 37, population: 20000}
    - {place: west, name: West, type: town, lat: 36.05, lon: 36.7, population: 30000, capacity: 6000}
    - {place: camp, name: Camp, type: camp, lat: 36.1, lon: 36.6, capacity: 5000}
  routes:
    - {route: east_west, from: east, to: west, km: 32, class: primary}
    - {route: west_camp, from: west, to: camp, km: 12}
groups:
  - {name: residents, share: 0.6}
  - {name: earlier.displaced, share: 0.4, threshold: 20}
bombardment:
  - {place: east, from: 2024-03-05, to: 2024-03-14, strikes_per_day: 20}
fronts:
  - {place: east, assault_from: 2024-03-10, falls: 2024-03-20, source: a report}
)";

/// A scenario that is expected to be right; the test fails with its findings if it is not.
inline LoadedScenario loaded(const std::string& path, const std::vector<std::string>& overrides = {}) {
    auto result = load_scenario(path, overrides);
    if (!result) throw std::runtime_error(report(result.findings()));
    return std::move(*result);
}

/// The base with an overlay.
inline LoadedScenario laid_over(const std::string& overlay, const std::vector<std::string>& overrides = {}) {
    const Folder folder;
    folder.write("base.yaml", base);
    return loaded(folder.write("overlay.yaml", "extends: base.yaml\n" + overlay), overrides);
}

}  // namespace nuzuh::test
