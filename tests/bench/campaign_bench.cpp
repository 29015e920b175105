// How long the work of a planner takes on this machine: checking the campaign of 2019, one run of it by each
// engine, and the whole ensemble with its results file. scripts/bench.sh runs each in a process of its own, so
// that peak memory is its own too.
#include <sys/resource.h>

#include <filesystem>
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "output/brief/page.hpp"
#include "output/export.hpp"
#include "output/measure.hpp"
#include "output/writer.hpp"
#include "sim/check/make_world.hpp"
#include "sim/scenario/echo.hpp"
#include "sim/scenario/load.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/score.hpp"

namespace nuzuh {
namespace {

World campaign() {
    const auto scenario = load_scenario(NUZUH_SOURCE_DIR "/scenarios/idlib-2019.yaml");
    if (!scenario) throw std::runtime_error("the campaign does not load");
    auto world = make_world(scenario->settings);
    if (!world) throw std::runtime_error("the campaign makes no world");
    return std::move(*world);
}

void report_peak_memory(benchmark::State& state) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["peak_MB"] = double(usage.ru_maxrss) / 1024;
}

void check_the_campaign(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(campaign());
    report_peak_memory(state);
}

void one_run(benchmark::State& state, EngineSpec spec) {
    const World world = campaign();
    StepRecord record;
    spec.seed = 2019;
    for (auto _ : state) {
        const auto engine = make_engine(world, spec);
        for (int step = 0; step < world.steps; ++step) engine->step(record);
        benchmark::DoNotOptimize(record.place.sum());
    }
    state.counters["days"] = world.steps * world.dt;
    report_peak_memory(state);
}

/// Runs that forget homes, side by side, as a study moves them.
void eight_runs(benchmark::State& state, EngineSpec spec) {
    const World world = campaign();
    std::vector<Member> members;
    for (spec.run = 0; spec.run < 8; ++spec.run) members.push_back({&world, spec});
    std::vector<StepRecord> records(members.size());
    for (auto _ : state) {
        const auto engine = make_engine(members);
        for (int step = 0; step < world.steps; ++step) engine->step(records);
        benchmark::DoNotOptimize(records.front().place.sum());
    }
    state.SetItemsProcessed(state.iterations() * int(members.size()));
    report_peak_memory(state);
}

/// Simulates the members that the scenario asks for, holds them against the reports and writes the file.
void ensemble_with_file(benchmark::State& state, int members) {
    const World world = campaign();
    const auto target = std::filesystem::temp_directory_path() / "nuzuh-bench.h5";
    for (auto _ : state) {
        const auto result = run_ensemble(world, {.members = members, .seed = 2019});
        if (!result.failure.empty()) throw std::runtime_error(result.failure);
        write_results(target, world, result, compare_with_reported(world, result),
                      planning_outlook(world, result), build_provenance(), {.force = true});
    }
    state.counters["members"] = members;
    state.counters["file_MB"] = double(std::filesystem::file_size(target)) / (1024 * 1024);
    std::filesystem::remove(target);
    report_peak_memory(state);
}

/// A results file of an ensemble, made before the clock runs.
std::filesystem::path ensemble_file(int members) {
    const World world = campaign();
    const auto target = std::filesystem::temp_directory_path() / "nuzuh-bench-ensemble.h5";
    const auto result = run_ensemble(world, {.members = members, .seed = 2019});
    Provenance provenance = build_provenance();
    provenance.scenario = effective_yaml(world.settings);
    write_results(target, world, result, compare_with_reported(world, result),
                  planning_outlook(world, result), provenance, {.force = true});
    return target;
}

/// Makes the page of an ensemble that stands in a file.
void brief_of_ensemble(benchmark::State& state, int members) {
    const auto results = ensemble_file(members);
    std::size_t bytes = 0;
    for (auto _ : state) bytes = brief_page(ResultsFile(results)).size();
    state.counters["page_MB"] = double(bytes) / (1024 * 1024);
    std::filesystem::remove(results);
    report_peak_memory(state);
}

void export_of_ensemble(benchmark::State& state, ExportFormat format, bool share) {
    const auto results = ensemble_file(200), folder = results.parent_path() / "nuzuh-bench-export";
    for (auto _ : state) {
        const ResultsFile file(results);
        write_export(folder, share ? exported_to_share(file, format) : exported(file, format), true);
    }
    std::filesystem::remove_all(folder);
    std::filesystem::remove(results);
    report_peak_memory(state);
}

void comparison_of_ensembles(benchmark::State& state) {
    const auto results = ensemble_file(200);
    for (auto _ : state) {
        const ResultsFile file(results);
        benchmark::DoNotOptimize(compare(measured(file), measured(file), true));
    }
    std::filesystem::remove(results);
    report_peak_memory(state);
}

BENCHMARK(check_the_campaign)->Unit(benchmark::kMillisecond);
constexpr auto expected = DrawMode::expected;
BENCHMARK_CAPTURE(one_run, expected, {.mode = expected})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_run, stochastic, {})->Unit(benchmark::kMillisecond);
// Movements and who is displaced where, as study_bench.py collects them.
const PlaceFields asked_for =
    PlaceFields().set(std::size_t(PlaceField::departures)).set(std::size_t(PlaceField::displaced));
BENCHMARK_CAPTURE(one_run, stochastic_of_a_study,
                  {.fields = asked_for, .count_routes = false, .count_origins = false})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(eight_runs, stochastic,
                  {.kind = EngineKind::pooled, .fields = asked_for, .count_routes = false})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(eight_runs, expected,
                  {.kind = EngineKind::pooled, .mode = expected, .fields = asked_for, .count_routes = false})
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(one_run, agents, {.kind = EngineKind::agents})->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(brief_of_ensemble, of_200, 200)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ensemble_with_file, of_200, 200)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1)
    ->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(export_of_ensemble, as_csv, ExportFormat::csv, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(export_of_ensemble, as_geojson, ExportFormat::geojson, false)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(export_of_ensemble, as_quantiles, ExportFormat::quantiles, false)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(export_of_ensemble, to_share, ExportFormat::csv, true)->Unit(benchmark::kMillisecond);
BENCHMARK(comparison_of_ensembles)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nuzuh
