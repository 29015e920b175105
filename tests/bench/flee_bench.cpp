// How many times fewer processor seconds the rules of Flee 3 take here than in Flee itself: same case, same
// people, one core, from the files to the last day. The cases are FabFlee's and no part of this project.
#include <sys/resource.h>

#include <ctime>
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "sim/check/make_world.hpp"
#include "sim/engine/flee3/flee3.hpp"
#include "sim/scenario/load.hpp"
#include "tests/flee/cases.hpp"

namespace nuzuh {
namespace {

/// @param flee_seconds  processor seconds of Flee 3 of May 2026, serial, default settings; 0: not measured
void flee3_run(benchmark::State& state, const std::string& name, double flee_seconds) {
    const auto cases = test::flee_cases();
    if (!cases) return state.SkipWithError(test::no_flee_cases);
    const auto before = std::clock();
    for (auto _ : state) {
        auto loaded = load_scenario((*cases / name).string(), {"flee3.hasten=1"},
                                    (*cases / "_settings/simsetting.yml").string());
        if (!loaded) throw std::runtime_error("the case does not load");
        auto world = make_world(loaded->settings);
        if (!world) throw std::runtime_error("the case makes no world");
        flee3::Flee3 engine(*world, Draws(1, 0));
        StepRecord record;
        for (int day = 0; day < world->steps; ++day) engine.step(record);
    }
    const double seconds = double(std::clock() - before) / CLOCKS_PER_SEC / double(state.iterations());
    if (flee_seconds > 0) state.counters["times_flee"] = flee_seconds / seconds;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MB"] = double(usage.ru_maxrss) / 1024;
}

BENCHMARK_CAPTURE(flee3_run, burundi2015, "burundi2015", 202)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(flee3_run, car2013, "car2013", 956)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(flee3_run, mali2012, "mali2012", 63)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(flee3_run, ssudan2013, "ssudan2013", 584)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(flee3_run, syria2013, "syria2013", 0)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nuzuh
