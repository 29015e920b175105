// From a prior and reported figures to a posterior of parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/model/world.hpp"
#include "sim/study/quantile.hpp"
#include "sim/study/unknowns.hpp"
#include "sim/study/wide_design.hpp"

namespace nuzuh {

struct CalibrationSpec {
    int particles = 400;
    int draws = 100;  ///< particles that the table of the posterior holds
    int moves = 4;    ///< proposals to each particle at a temperature
    double prior_width =
        2;         ///< spreads of the default prior are multiplied by it: it stands around values that
                   ///< may have been chosen with the figures in view
    Date until{};  ///< figures that end later are not used
    std::function<bool(const ReportedFigure&)> left_out = {};  ///< nor are these
    std::uint64_t seed = 1;
    int threads = 0;  ///< 0: all cores
    /// Told, before particles move, what draws from the prior of each scenario say of it.
    std::function<void(const std::vector<WideDesign>&)> looked = {};
    std::function<void(double temperature)> progress = {};
    /// Called as runs get done, from any thread; what it throws breaks the calibration off.
    std::function<void()> watch = {};
    /// Takes the state after each round of proposals, from which a calibration of the same goes on to the same end.
    std::function<void(std::vector<std::byte> state)> keep = {};
    std::optional<std::vector<std::byte>> from = {};  ///< such a state; none: from the prior
};

/// A figure before and after.
struct CalibratedFigure {
    ReportedFigure figure;
    Band prior{}, posterior{};  ///< 5, 25, 50, 75 and 95 % of expected values
};

/// A parameter before and after.
struct CalibratedParameter {
    PriorParameter prior;
    Band before{}, after{};
};

struct Calibration {
    std::vector<CalibratedParameter> parameters;
    std::vector<std::vector<double>> particles;  ///< [particle][parameter] equally likely, from the posterior
    std::vector<CalibratedFigure> figures;
    WideDesign design;  ///< what was seen of the prior beforehand; of a region that is none of these: nothing
    double discrepancy =
        0;                 ///< [-] median standard deviation, in logarithms, by which the model itself is off
    int temperatures = 0;  ///< steps from prior to posterior
    double acceptance = 0;  ///< [-] of the proposals at the last of them
    double log_evidence =
        0;  ///< logarithm of the marginal likelihood of the figures, by the steps from prior to posterior
    std::int64_t runs = 0;
    int draws = 0;  ///< see `draws_of`
};

/// A scenario that is calibrated together with others, and its figures that are used.
struct CalibratedScenario {
    const World* world = nullptr;
    Date until{};                                              ///< figures that end later are not used
    std::function<bool(const ReportedFigure&)> left_out = {};  ///< nor are these
};

/// Several scenarios calibrated together.
struct JointCalibration {
    std::vector<Calibration> regions;  ///< [scenario]
    Band between_before{}, between{};  ///< [-] part of the spread of the prior that lies between regions
    std::optional<Calibration>
        elsewhere;  ///< what is known of a region that is none of these; none of one alone
};

/// Completes what is asked for by the figures that are used, as texts.
///
/// @param until     they end by this day; "": by the end of the period
/// @param left_out  a month such as "2019-08": no figure that ends in it is used; "": all are
/// @return          why it cannot be done
Findings complete_spec(CalibrationSpec& spec, const World& world, const std::string& until,
                       const std::string& left_out);

/// What a calibration is fitted on, for `parameters.fitted_on` of a scenario.
std::string fitted_on(const World& world, const CalibrationSpec& spec);

/// As many particles as were asked for, evenly from all.
///
/// @return  [draw][parameter]
std::vector<std::vector<double>> draws_of(const Calibration& calibration);

/// Samples the posterior of the parameters given the figures that end by a day.
///
/// Figures are compared in logarithms, and may lie where `reported_range` says: that is a 90 % range of a number, and
/// leaves every value as likely of a bound such as "over". To it come the variance by chance and inputs (from stochastic
/// runs of the scenario's own parameters), and the model's discrepancy, estimated along with the parameters. Figures of a series
/// (the same quantity and place) stand for the root of their number of independent ones: judgement, since reports of a
/// cumulative series share their errors. Runs are expected values by the pooled engine, corrected by the ratio of the mean
/// of stochastic runs, by the scenario's own engine, to them at the scenario's own parameters.
///
/// @return  the posterior, or why there is none
/// @throws  std::out_of_range if `from` is not the state of such a calibration
///
/// Particles are chosen, by their weights at the first temperature, among five times as many draws from the prior (at most 2,000), which
/// also say which figures the prior can reach.
///
/// Source   Sequential Monte Carlo with tempered likelihoods: Del Moral, Doucet, Jasra 2006
///          (doi:10.1111/j.1467-9868.2006.00553.x); temperatures such that half of the particles count, Jasra et al. 2011
///          (doi:10.1111/j.1467-9469.2010.00723.x); random walk scaled by 2.38 / sqrt(d).
/// Draws    keyed by the seed and the particle: the same for any number of threads.
/// Cost     runs = draws + particles temperatures moves; five to ten temperatures.
Result<Calibration> calibrate(const World& world, const SettingAccess& access, const CalibrationSpec& spec);

/// Samples the joint posterior of several scenarios that share parameters in part, see RegionalPrior: every region keeps values of its
/// own, and what the figures of one say of a parameter counts in the others as far as regions turn out to be alike. The discrepancy of
/// the model, and parameters that not all scenarios have, are of each region alone. Of one scenario the same as `calibrate`.
///
/// @param spec  its `until` and `left_out` are not used
/// @return      the posterior, or why there is none
///
/// Cost  runs of each scenario = draws + 2 particles temperatures moves
Result<JointCalibration> calibrate_together(std::span<const CalibratedScenario> scenarios,
                                            const SettingAccess& access, const CalibrationSpec& spec);

}  // namespace nuzuh
