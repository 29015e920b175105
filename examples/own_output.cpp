// A table that results files do not hold: day by day, where most people arrived. own_output SCENARIO.yaml
#include <cstdio>

#include "sim/check/make_world.hpp"
#include "sim/engine/engine.hpp"
#include "sim/scenario/load.hpp"
#include "sim/scenario/report.hpp"

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
    const auto engine = nuzuh::make_engine(*world, {.kind = nuzuh::EngineKind::agents, .seed = 7});
    nuzuh::StepRecord record;
    std::puts("day,place,arrivals");
    for (int step = 0; step < world->steps; ++step) {
        engine->step(record);
        int most = 0;
        const double arrivals = record.place.col(int(nuzuh::PlaceField::arrivals)).maxCoeff(&most);
        if (arrivals == 0) continue;
        std::printf("%g,%s,%.0f\n", (step + 1) * world->dt, world->places[most].place.c_str(), arrivals);
    }
}
