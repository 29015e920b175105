// What changes if fewer people leave, pair by pair of runs: comparison SCENARIO.yaml FOLDER
#include <cstdio>
#include <filesystem>
#include <string>

#include "output/measure.hpp"
#include "output/reader.hpp"
#include "output/writer.hpp"
#include "sim/check/make_world.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"

namespace {

/// Runs the scenario and writes its results; false if the scenario is wrong.
bool run(const std::string& scenario, const std::vector<std::string>& overrides,
         const std::filesystem::path& target) {
    const auto loaded = nuzuh::load_scenario(scenario, overrides);
    if (!loaded) {
        std::fputs(nuzuh::report(loaded.findings()).c_str(), stderr);
        return false;
    }
    const auto world = nuzuh::make_world(loaded->settings);
    if (!world) {
        std::fputs(nuzuh::report(nuzuh::located(*loaded, world.findings())).c_str(), stderr);
        return false;
    }
    const auto result = nuzuh::run_ensemble(*world, nuzuh::ensemble_spec(*world));
    nuzuh::write_results(target, *world, result, {}, {}, nuzuh::build_provenance(), {.force = true});
    return true;
}

}  // namespace

int main(int count, char** words) {
    if (count != 3) return 2;
    const std::filesystem::path folder = words[2];
    if (!run(words[1], {}, folder / "as_it_is.h5")) return 2;
    if (!run(words[1], {"behaviour.leave.h_max=0.1"}, folder / "fewer_leave.h5")) return 2;

    const auto a = nuzuh::measured(nuzuh::ResultsFile(folder / "as_it_is.h5"));
    const auto b = nuzuh::measured(nuzuh::ResultsFile(folder / "fewer_leave.h5"));
    const auto why_not = nuzuh::why_not_comparable(a, b);
    if (!why_not.empty()) {
        std::fprintf(stderr, "%s\n", why_not.c_str());
        return 1;
    }
    const bool paired = nuzuh::why_not_paired(a, b).empty();
    std::printf("%s\n", nuzuh::headline(nuzuh::compare(a, b, paired)).c_str());
}
