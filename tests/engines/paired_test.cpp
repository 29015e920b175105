// What-ifs are compared run by run: with the same random numbers, the difference varies far less than between runs
// of different seeds.
#include <cmath>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "sim/scenario/load.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

constexpr int members = 60;

World built_scenario(const std::string& name, const std::vector<std::string>& overrides = {}) {
    return test::built(load_scenario(NUZUH_SOURCE_DIR "/scenarios/" + name, overrides)->settings);
}

/// Days that people of each run have spent displaced, in the country, by the end.
std::vector<double> person_days(const World& world) {
    std::vector<double> sample;
    for (const auto& run :
         test::run(world, EngineKind::agents, DrawMode::stochastic, members, 2019, 0).members) {
        const auto& displaced = run.total[std::size_t(TotalField::displaced)];
        sample.push_back(std::accumulate(displaced.begin(), displaced.end(), 0.0) * world.dt);
    }
    return sample;
}

double mean(const std::vector<double>& sample) {
    return std::accumulate(sample.begin(), sample.end(), 0.0) / double(sample.size());
}

double variance(const std::vector<double>& sample) {
    double squares = 0;
    for (double x : sample) squares += (x - mean(sample)) * (x - mean(sample));
    return squares / double(sample.size() - 1);
}

/// How many times smaller the variance of the difference is than between runs of different seeds; prints both.
double gain(const std::string& name, const World& base) {
    const auto before = person_days(base), after = person_days(built_scenario(name));
    std::vector<double> difference;
    for (std::size_t m = 0; m < before.size(); ++m) difference.push_back(after[m] - before[m]);
    const double independent = variance(before) + variance(after), paired = variance(difference);
    fmt::print(
        "{:<22} difference {:>8.2f} million person-days, standard deviation {:>6.3f} paired, {:>6.3f} "
        "independent: variance {:.0f} times smaller\n",
        name, mean(difference) / 1e6, std::sqrt(paired) / 1e6, std::sqrt(independent) / 1e6,
        independent / paired);
    return independent / paired;
}

TEST(PairedWhatIfs, differ_ten_times_less_than_runs_of_other_seeds) {
    const World base = built_scenario("idlib-2019.yaml");
    EXPECT_GT(gain("truce-holds.yaml", base), 10);
    EXPECT_GT(gain("border-opens.yaml", base), 10);
    EXPECT_GT(gain("idlib-city.yaml", built_scenario("idlib-2019.yaml", {"period.to=2020-02-29"})), 10);
}

}  // namespace
}  // namespace nuzuh
