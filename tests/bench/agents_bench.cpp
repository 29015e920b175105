// What the agent engine promises: time of the campaign with its file, agent-days a second, a day's cost when moves
// are held fixed and people grow, a quiet day, bytes a household, and what a second thread gains. Memory bandwidth
// is measured in the same run, for machines differ in it most.
#include <sys/resource.h>

#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "output/writer.hpp"
#include "sim/check/make_world.hpp"
#include "sim/scenario/load.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

World built(const ScenarioSettings& settings) {
    auto world = make_world(settings);
    if (!world) throw std::runtime_error("the settings make no world");
    return std::move(*world);
}

World campaign(MovingUnit unit) {
    auto scenario = load_scenario(NUZUH_SOURCE_DIR "/scenarios/idlib-2019.yaml");
    if (!scenario) throw std::runtime_error("the campaign does not load");
    scenario->settings.unit = unit;
    scenario->settings.engine = {.kind = EngineKind::agents, .members = 1};
    return built(scenario->settings);
}

/// Eight towns in a row without any danger, where a given number of people leave each day all the same.
World towns(double people, double leaving_a_day) {
    ScenarioSettings s;
    s.title = "towns";
    s.unit = MovingUnit::person;
    s.period = {*parse_date("2019-01-01"), *parse_date("2019-12-31"), 1};
    for (int i = 0; i < 8; ++i) {
        PlaceSettings town;
        town.place = town.name = "t" + std::to_string(i);
        town.lat = 35 + 0.2 * i;
        town.lon = 36.5;
        town.population = people / 8;
        s.network.places.push_back(town);
        if (i == 0) continue;
        RouteSettings road;
        road.route = "r" + std::to_string(i);
        road.from = "t" + std::to_string(i - 1);
        road.to = town.place;
        road.km = 25;
        s.network.routes.push_back(road);
    }
    GroupSettings group;
    group.name = "all";
    group.classes = 1;
    group.threshold_spread = 0;
    group.immobile_share = 0;
    s.groups = {group};
    auto& leave = s.behaviour.leave;
    leave.h0 = leaving_a_day / people;
    leave.onward_camp = leave.onward_host = leave.onward_without_shelter = 0;
    s.behaviour.returning.rate = 0;
    return built(s);
}

double peak_bytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) * 1024;
}

void report_memory(benchmark::State& state, double households) {
    state.counters["peak_MB"] = peak_bytes() / (1024 * 1024);
    state.counters["bytes_each"] = peak_bytes() / households;
}

/// Bytes read and written a second by a plain copy much larger than any cache.
void memory_bandwidth(benchmark::State& state) {
    std::vector<char> from(256 << 20, 1), to(from.size());
    for (auto _ : state) {
        std::memcpy(to.data(), from.data(), from.size());
        benchmark::ClobberMemory();
    }
    state.SetBytesProcessed(state.iterations() * 2 * std::int64_t(from.size()));
    report_memory(state, 1);
}

/// From the scenario to the file in the folder of temporary files, on two cores.
void campaign_with_file(benchmark::State& state, MovingUnit unit) {
    const auto target = std::filesystem::temp_directory_path() / "nuzuh-agents-bench.h5";
    double households = 0;
    for (auto _ : state) {
        const World world = campaign(unit);
        const auto result = run_ensemble(world, {.engine = EngineKind::agents, .seed = 2019, .threads = 2});
        if (!result.failure.empty()) throw std::runtime_error(result.failure);
        write_results(target, world, result, compare_with_reported(world, result),
                      planning_outlook(world, result), build_provenance(), {.force = true, .threads = 2});
        households = world.households_at_start.sum();
    }
    std::filesystem::remove(target);
    report_memory(state, households);
}

/// One run without reading or writing.
void campaign_run(benchmark::State& state, MovingUnit unit, int threads) {
    const World world = campaign(unit);
    StepRecord record;
    for (auto _ : state) {
        const auto engine =
            make_engine(world, {.kind = EngineKind::agents, .seed = 2019, .threads = threads});
        for (int step = 0; step < world.steps; ++step) engine->step(record);
    }
    state.counters["agent_days/s"] =
        benchmark::Counter(world.households_at_start.sum() * world.steps * world.dt,
                           benchmark::Counter::kIsIterationInvariantRate);
    report_memory(state, world.households_at_start.sum());
}

/// A day on which a given number of people move, whatever the population.
void day(benchmark::State& state, double people, double moves, int threads) {
    const World world = towns(people, moves);
    const auto engine = make_engine(world, {.kind = EngineKind::agents, .threads = threads});
    StepRecord record;
    for (auto _ : state) engine->step(record);
    state.counters["moves"] = moves;
    report_memory(state, people);
}

constexpr auto households = MovingUnit::household;
constexpr auto persons = MovingUnit::person;

BENCHMARK(memory_bandwidth)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(campaign_with_file, households, households)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(campaign_with_file, persons, persons)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(campaign_run, households, households, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(campaign_run, persons, persons, 1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(campaign_run, persons_two_threads, persons, 2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(day, of_1_million, 1e6, 5000, 1)->Unit(benchmark::kMicrosecond)->Iterations(100);
BENCHMARK_CAPTURE(day, of_10_million, 1e7, 5000, 1)->Unit(benchmark::kMicrosecond)->Iterations(100);
BENCHMARK_CAPTURE(day, of_100_million, 1e8, 5000, 1)->Unit(benchmark::kMicrosecond)->Iterations(100);
BENCHMARK_CAPTURE(day, quiet_of_100_million, 1e8, 0, 1)->Unit(benchmark::kMicrosecond)->Iterations(300);
BENCHMARK_CAPTURE(day, half_a_million_moves, 1e8, 5e5, 1)->Unit(benchmark::kMillisecond)->Iterations(40);
BENCHMARK_CAPTURE(day, half_a_million_moves_two_threads, 1e8, 5e5, 2)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->Iterations(40);
BENCHMARK_CAPTURE(day, everyone_moves, 1e8, 4e7, 1)->Unit(benchmark::kMillisecond)->Iterations(8);

}  // namespace
}  // namespace nuzuh
