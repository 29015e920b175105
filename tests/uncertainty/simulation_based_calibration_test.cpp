// Talts, Betancourt, Simpson, Vehtari, Gelman 2018 (arXiv:1804.06788): of parameters drawn from the prior, and figures
// drawn given them, ranks among draws from the posterior are uniform.
#include <gmock/gmock.h>

#include <boost/math/distributions/chi_squared.hpp>

#include "sim/base/samplers.hpp"
#include "sim/study/calibrate.hpp"
#include "tests/uncertainty/joint_ranks.hpp"
#include "tests/uncertainty/observed.hpp"

namespace nuzuh {
namespace {

TEST(SimulationBasedCalibration, ranks_are_uniform) {
    constexpr int draws = 1000, particles = 120, bins = 10;
    const auto base = test::settings_of(
        "uncertainty: {strikes: 0, front_days: 0, population: 0, capacity: 0}\n"
        "engine: {kind: pooled}\n"
        "behaviour: {leave: {daily_noise: 0, run_noise: 0}}\n"
        "parameters:\n  prior:\n"
        "    - {setting: behaviour.leave.h_max, spread: 0.6}\n"
        "    - {setting: behaviour.leave.h_front, spread: 0.6}\n"
        "    - {setting: behaviour.choose.attraction_camp, spread: 0.6}\n");
    const auto prior = prior_of(base, test::access());
    std::vector<std::vector<int>> ranks(prior.size(), std::vector<int>(bins, 0));
    for (int d = 0; d < draws; ++d) {
        Stream stream = Draws(77, 0).at(Purpose::bootstrap, 0, std::uint64_t(d));
        std::vector<std::pair<std::string, double>> truth;
        for (const auto& parameter : prior)
            truth.emplace_back(parameter.key, parameter.at(standard_normal(stream)));
        // As the calibration has it: 0.15 within a factor, its logarithm normal with 0.5, beside the report's own.
        const double discrepancy = 0.15 * std::exp(0.5 * standard_normal(stream)),
                     report = std::log(1.2) / 1.6448536;
        const auto settings = test::observed(base, truth, [&](std::size_t) {
            return std::hypot(discrepancy, report) * standard_normal(stream);
        });
        const World world = test::world_of(settings);
        CalibrationSpec spec;
        spec.particles = particles;
        spec.until = settings.period.to;
        spec.seed = std::uint64_t(d) + 1;
        const auto found = calibrate(world, test::access(), spec);
        ASSERT_TRUE(found);
        for (std::size_t k = 0; k < prior.size(); ++k) {
            int below = 0;
            for (const auto& particle : found->particles) below += particle[k] < truth[k].second;
            // Neighbours in a bin: particles are not quite independent of each other.
            ++ranks[k][std::size_t(std::min(bins - 1, below * bins / (particles + 1)))];
        }
    }
    for (std::size_t k = 0; k < prior.size(); ++k) {
        double chi_square = 0;
        for (int count : ranks[k])
            chi_square += std::pow(count - double(draws) / bins, 2) / (double(draws) / bins);
        const boost::math::chi_squared distribution(bins - 1);
        EXPECT_GT(boost::math::cdf(boost::math::complement(distribution, chi_square)), 1e-3)
            << prior[k].key << ": " << testing::PrintToString(ranks[k]);
    }
}

TEST(SimulationBasedCalibration, ranks_are_uniform_of_regions_calibrated_together) {
    constexpr int draws = 300;
    test::RegionsDrawn regions(100, 10);
    for (int d = 0; d < draws; ++d) regions.draw(d);
    for (const auto& [what, p] : regions.p_values()) EXPECT_GT(p, 1e-3) << what;
}

}  // namespace
}  // namespace nuzuh
