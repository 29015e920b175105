// Ranks of what regions were drawn with among draws from their joint posterior.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sim/base/samplers.hpp"
#include "sim/study/calibrate.hpp"
#include "sim/study/regional_prior.hpp"
#include "tests/support/chi_square.hpp"
#include "tests/uncertainty/observed.hpp"

namespace nuzuh::test {

/// Regions that share two parameters; the first has a third of its own.
class RegionsDrawn {
public:
    RegionsDrawn(int particles, int bins) : particles_(particles), bins_(bins) {
        for (const bool first : {true, false}) {
            bases_.push_back(settings_of(
                std::string("uncertainty: {strikes: 0, front_days: 0, population: 0, capacity: 0}\n"
                            "engine: {kind: pooled}\n"
                            "behaviour: {leave: {daily_noise: 0, run_noise: 0}}\n"
                            "parameters:\n  prior:\n"
                            "    - {setting: behaviour.leave.h_max, spread: 0.6}\n") +
                (first ? "    - {setting: behaviour.leave.h_front, spread: 0.6}\n" : "") +
                "    - {setting: behaviour.choose.attraction_camp, spread: 0.6}\n"));
            priors_.push_back(prior_of(bases_.back(), access()));
        }
        bases_.back().fronts.clear();
        priors_.push_back(priors_.back());  // of a region of which nothing is reported
    }

    /// Draws regions from the prior and figures given them, calibrates them together and counts ranks.
    void draw(int number) {
        const auto shared = RegionalPrior::of(priors_);
        Stream stream = Draws(78, 0).at(Purpose::bootstrap, 0, std::uint64_t(number));
        std::vector<std::vector<double>> z;
        for (const auto& prior : priors_) z.emplace_back(prior.size());
        std::vector<double*> all;
        for (auto& region : z) {
            for (double& one : region) one = standard_normal(stream);
            all.push_back(region.data());
        }
        const double between = RegionalPrior::between(standard_normal(stream));
        shared->mix(all, between, stream);
        std::vector<World> worlds;
        for (std::size_t r = 0; r < bases_.size(); ++r) worlds.push_back(reported(r, z[r], stream));
        std::vector<CalibratedScenario> scenarios;
        for (const auto& world : worlds) scenarios.push_back({&world, world.settings.period.to});
        CalibrationSpec spec;
        spec.particles = particles_;
        spec.seed = std::uint64_t(number) + 1;
        const auto found = calibrate_together(scenarios, access(), spec);
        if (!found) throw std::runtime_error(found.findings().front().message);
        for (std::size_t r = 0; r < bases_.size(); ++r) count(r, z[r], found->regions[r].particles);
        count(2, z[2], found->elsewhere->particles);
        auto& of_between = between_ranks_;
        ++of_between[std::size_t(std::ranges::lower_bound(found->between, between) - found->between.begin())];
    }

    /// [parameter and region] chance that ranks of a right sampler are as uneven.
    std::map<std::string, double> p_values() const {
        std::map<std::string, double> p;
        const std::vector<double> even(std::size_t(bins_), 1.0 / bins_);
        for (const auto& [name, counts] : ranks_) p[name] = chi_square_p_value(counts, even);
        p["between"] = chi_square_p_value(between_ranks_, std::vector{0.05, 0.2, 0.25, 0.25, 0.2, 0.05});
        return p;
    }

private:
    /// A region with figures as its parameters and the model's discrepancy give them.
    World reported(std::size_t region, const std::vector<double>& z, Stream& stream) const {
        std::vector<std::pair<std::string, double>> truth;
        for (std::size_t k = 0; k < z.size(); ++k)
            truth.emplace_back(priors_[region][k].key, priors_[region][k].at(z[k]));
        // As the calibration has it: 0.15 within a factor, its logarithm normal with 0.5, beside the report's own.
        const double discrepancy = 0.15 * std::exp(0.5 * standard_normal(stream)),
                     report = std::log(1.2) / 1.6448536;
        return world_of(observed(bases_[region], truth, [&](std::size_t) {
            return std::hypot(discrepancy, report) * standard_normal(stream);
        }));
    }

    void count(std::size_t region, const std::vector<double>& z,
               const std::vector<std::vector<double>>& particles) {
        for (std::size_t k = 0; k < z.size(); ++k) {
            const double truth = priors_[region][k].at(z[k]);
            const auto below =
                std::ranges::count_if(particles, [&](const auto& one) { return one[k] < truth; });
            auto& counts = ranks_[priors_[region][k].key + " of region " + std::to_string(region)];
            counts.resize(std::size_t(bins_));
            // Neighbours in a bin: particles are not quite independent of each other.
            ++counts[std::size_t(std::min<long>(bins_ - 1, below * bins_ / (particles_ + 1)))];
        }
    }

    int particles_, bins_;
    std::vector<ScenarioSettings> bases_;
    std::vector<std::vector<PriorParameter>> priors_;
    std::map<std::string, std::vector<long>> ranks_;
    std::vector<long> between_ranks_ = std::vector<long>(6, 0);
};

}  // namespace nuzuh::test
