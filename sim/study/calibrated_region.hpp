// One scenario in a calibration: what is believed of it, its figures, and what points of the prior come to.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/archive.hpp"
#include "sim/study/calibrate.hpp"
#include "sim/study/ensemble.hpp"
#include "sim/study/observation.hpp"

namespace nuzuh {

/// log likelihood of what cannot be run.
constexpr double impossible = -1e300;

/// A point of a scenario's prior, as standard normal numbers, and what it simulates.
struct PriorPoint {
    std::vector<double> z;          ///< [parameter], then the discrepancy
    std::vector<double> simulated;  ///< [figure] logarithms; empty: it cannot be run
    double log_likelihood = impossible;
};

class CalibratedRegion {
public:
    CalibratedRegion(const CalibratedScenario& scenario, const SettingAccess& access,
                     const CalibrationSpec& spec);

    /// Why it cannot be calibrated.
    Findings refusal() const;

    const std::string& title() const { return world_.settings.title; }
    const std::vector<PriorParameter>& prior() const { return prior_; }
    /// Of a point: parameters, and the discrepancy.
    std::size_t dimensions() const { return prior_.size() + 1; }

    /// Variance and bias of every figure at the scenario's own parameters.
    ///
    /// @return  runs
    std::int64_t learn_chance();

    /// Simulates points and weighs what they come to.
    void simulate(std::span<PriorPoint* const> points) const;

    /// What points of the prior say of its figures.
    WideDesign look(const std::vector<const PriorPoint*>& from_prior) const;

    /// What points of the prior and of the posterior say of it.
    Calibration outcome(const std::vector<const PriorPoint*>& from_prior,
                        const std::vector<const PriorPoint*>& particles) const;

    /// Whether a point could be one of its own.
    bool fits(const PriorPoint& point) const {
        return point.z.size() == dimensions() &&
               (point.simulated.empty() || point.simulated.size() == observations_.size());
    }

    void save(Saver& to) const {
        for (const auto& o : observations_) to(o.chance, o.bias);
    }
    void restore(Loader& from) {
        for (auto& o : observations_) from(o.chance, o.bias);
    }

private:
    Selection selection() const;
    std::vector<double> figures_of(const RunResult& run) const;
    Member member(const World& world, EngineKind kind, DrawMode mode, int number) const;
    std::optional<std::vector<double>> stochastic_figures(const ScenarioSettings& own,
                                                          const Unknowns& unknowns, int number) const;
    double likelihood_of(const PriorPoint& point) const;
    std::unique_ptr<World> world_of(const std::vector<double>& z) const;

    const World& world_;
    const SettingAccess& access_;
    const CalibrationSpec& spec_;
    Date until_;
    std::vector<double> days_;
    std::vector<PriorParameter> prior_;
    std::vector<Observation> observations_;
};

}  // namespace nuzuh
