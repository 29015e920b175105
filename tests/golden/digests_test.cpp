// Every compiler computes the same numbers: fingerprints of runs, kept in digests.txt.
#include <cstdlib>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sim/base/archive.hpp"
#include "sim/base/sha256.hpp"
#include "sim/engine/pooled/kernels.hpp"
#include "sim/scenario/load.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

std::string digest(const EnsembleResult& result) {
    Saver to;
    to(result.days, result.mean_displaced_from);
    for (const auto& run : result.members) {
        for (std::size_t f = 0; f < run.place.size(); ++f) {
            if (!is_by_cause(PlaceField(f))) to(run.place[f]);  // causes of arrivals are not kept here
        }
        for (std::size_t f = 0; f < run.total.size(); ++f) {
            if (TotalField(f) != TotalField::moved_on)
                to(run.total[f]);  // what is left out follows from others
        }
        to(run.route, run.arrivals_from, run.displaced_from);
        const Histories& h = run.histories;
        to(h.times_displaced, h.places_visited, h.days_on_road, h.distance);
    }
    return sha256({reinterpret_cast<const char*>(to.bytes().data()), to.bytes().size()});
}

ScenarioSettings campaign() { return load_scenario(NUZUH_SOURCE_DIR "/scenarios/idlib-2019.yaml")->settings; }

/// Whether this processor multiplies and adds in one rounding, as those on which the digests were made.
bool rounds_once() {
#ifdef __x86_64__
    return pooled::kernels_for(4) != nullptr;
#else
    return true;
#endif
}

std::string digests() {
    auto quarter_days = test::rich_settings();
    quarter_days.period.step_days = 0.25;
    const std::pair<const char*, ScenarioSettings> scenarios[] = {
        {"rich", test::rich_settings()}, {"rich in quarter days", quarter_days}, {"campaign", campaign()}};
    std::string text;
    for (const auto& [name, settings] : scenarios) {
        const World world = test::built(settings);
        for (const auto& [engine, kind, mode] :
             {std::tuple("agents", EngineKind::agents, DrawMode::stochastic),
              std::tuple("compartments", EngineKind::compartments, DrawMode::stochastic),
              std::tuple("compartments, expected", EngineKind::compartments, DrawMode::expected)}) {
            text +=
                fmt::format("{}, {}: {}\n", name, engine, digest(test::run(world, kind, mode, 1, 2019, 1)));
        }
        for (const auto mode : {DrawMode::stochastic, DrawMode::expected}) {
            if (!rounds_once()) continue;
            EnsembleSpec spec;
            spec.mode = mode;
            spec.seed = 2019;
            spec.threads = 1;
            spec.engine = EngineKind::pooled;
            text += fmt::format("{}, without origins{}: {}\n", name,
                                mode == DrawMode::expected ? ", expected" : "",
                                digest(run_ensemble(world, spec)));
        }
    }
    return text;
}

TEST(GoldenDigests, are_the_same_with_every_compiler) {
    const std::string file = NUZUH_SOURCE_DIR "/tests/golden/digests.txt";
    const std::string now = digests();
    if (std::getenv("NUZUH_UPDATE_GOLDEN")) std::ofstream(file) << now;
    std::ifstream lines(file);
    std::string kept;
    for (std::string line; std::getline(lines, line);) {
        if (rounds_once() || line.find("without origins") == std::string::npos) kept += line + "\n";
    }
    EXPECT_EQ(now, kept)
        << "if the model was meant to change: NUZUH_UPDATE_GOLDEN=1, or scripts/update_golden.sh";
}

}  // namespace
}  // namespace nuzuh
