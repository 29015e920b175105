// Cases of Flee 3 that are read as far as a world, and what is said of them.
#pragma once

#include <gmock/gmock.h>

#include "sim/check/make_world.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "tests/flee/cases.hpp"

namespace nuzuh::test {

/// A case that was read as far as a world, and what was said.
struct ReadCase {
    ScenarioSettings settings;
    std::string said;
};

inline ReadCase read_case(const CaseFiles& files) {
    const CaseFolder folder(files);
    const auto loaded = load_scenario(folder.path());
    EXPECT_TRUE(loaded) << report(loaded.findings());
    if (!loaded) return {{}, report(loaded.findings())};
    const auto world = make_world(loaded->settings);
    EXPECT_TRUE(world) << report(world.findings());
    return {loaded->settings, report(loaded.findings()) + report(located(*loaded, world.findings()))};
}

/// What is said of a case that is not read.
inline std::string refused_case(const CaseFiles& files) {
    const CaseFolder folder(files);
    const auto loaded = load_scenario(folder.path());
    EXPECT_FALSE(loaded);
    return report(loaded.findings());
}

/// The small case with another file below `input_csv`.
inline CaseFiles small_case_with(const std::string& file, const std::string& text) {
    auto files = small_case();
    files["input_csv/" + file] = text;
    return files;
}

/// The conflicts of the small case as place, days from the first one and intensity.
inline std::vector<std::string> conflicts_of(const ScenarioSettings& s) {
    std::vector<std::string> out;
    for (const auto& entry : s.conflicts)
        out.push_back(fmt::format("{} {} {} {:g}", entry.place, entry.from - s.period.from,
                                  entry.to.value() - s.period.from, entry.intensity));
    return out;
}

}  // namespace nuzuh::test
