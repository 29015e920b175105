// Twenty runs of a scenario that differ by chance, and what they say together: ensemble SCENARIO.yaml
#include <algorithm>
#include <cstdio>
#include <vector>

#include "sim/check/make_world.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"
#include "sim/study/ensemble.hpp"

int main(int count, char** words) {
    if (count != 2) return 2;
    const auto scenario = nuzuh::load_scenario(words[1]);
    if (!scenario) {
        std::fputs(nuzuh::report(scenario.findings()).c_str(), stderr);
        return 2;
    }
    const auto world = nuzuh::make_world(scenario->settings);
    if (!world) {
        std::fputs(nuzuh::report(nuzuh::located(*scenario, world.findings())).c_str(), stderr);
        return 2;
    }
    auto spec = nuzuh::ensemble_spec(*world);
    spec.members = 20;
    const auto result = nuzuh::run_ensemble(*world, spec);

    std::vector<float> displaced;  // people who have left home at least once, at the end of each run
    for (const auto& run : result.members)
        displaced.push_back(run.total[std::size_t(nuzuh::TotalField::people_displaced)].back());
    std::sort(displaced.begin(), displaced.end());
    std::printf("at the end %.0f to %.0f people displaced, in half of the runs more than %.0f\n",
                double(displaced.front()), double(displaced.back()), double(displaced[displaced.size() / 2]));
}
