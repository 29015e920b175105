// What another project writes to simulate ten steps of a scenario.
#include <cstdio>

#include "sim/engine/engine.hpp"
#include "sim/scenario/load.hpp"

int main(int, char** argv) {
    const auto scenario = nuzuh::load_scenario(argv[1]);
    if (!scenario) return 2;
    const auto world = nuzuh::make_world(scenario->settings);
    if (!world) return 2;

    const auto engine = nuzuh::make_engine(*world, {.seed = 2019});
    nuzuh::StepRecord record;
    double left_home = 0;
    for (int step = 0; step < 10; ++step) {
        engine->step(record);
        left_home += record.place.col(int(nuzuh::PlaceField::first_departures)).sum();
    }
    std::printf("%.0f people have left home\n", left_home);
    return left_home > 0 ? 0 : 1;
}
