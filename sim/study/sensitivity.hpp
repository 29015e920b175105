// Which parameters matter: Sobol' indices and elementary effects from the outputs of a designed study.
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

namespace nuzuh {

/// How intervals are found: whole blocks of a design are drawn with replacement, again and again.
///
/// The points of a scrambled net are more even than independent ones, which resampling cannot see: intervals
/// of Sobol' indices are then wider than they need be, seldom narrower.
struct Bootstrap {
    int resamples = 1000;
    double level = 0.95;  ///< share of resamples inside the interval
    std::uint64_t seed = 1;
};

/// An estimate and the interval that resampling gives it.
struct Estimate {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// Blocks of a design that could be used; one failed set takes its whole block with it.
struct BlockCount {
    int used = 0;
    int dropped = 0;
};

/// How the variance of an output divides between the axes.
///
/// The first-order index S of an axis is the share of the variance that would go if it were known; the total
/// index T is the share that would stay if everything else were known. T - S is its part in interactions.
struct SobolIndices {
    BlockCount blocks;
    double mean = 0;              ///< of the output over the ranges
    double variance = 0;          ///< of the output over the ranges
    std::vector<Estimate> first;  ///< [axis] -; 0..1 up to sampling error
    std::vector<Estimate> total;  ///< [axis] -; >= 0
};

/// Sobol' indices from the outputs at a Saltelli design.
///
///     S_i = mean(y_B (y_ABi - y_A)) / V        T_i = mean((y_A - y_ABi)^2) / (2 V)
///
/// with y measured from its mean, and V the variance of y over the sets A and B.
///
/// @param outputs  [set] in the order of the design; NaN where the run failed
/// @param axes     number of axes of the design: a block is axes + 2 sets
/// @return         all indices NaN where the output does not vary or fewer than two blocks are left
///
/// Source   first order: Saltelli et al. 2010, equation (b) of table 2; total: Jansen 1999. Intervals: percentiles of the
///          bootstrap, Archer, Saltelli, Sobol' 1997.
/// Draws    keyed by the bootstrap's seed.
/// Cost     O(resamples x sets).
SobolIndices sobol_indices(const Eigen::ArrayXd& outputs, int axes, const Bootstrap& bootstrap = {});

/// What moving one axis does to an output, others being anywhere.
///
/// An elementary effect is the change of the output along a step of a trajectory, divided by the step as a share of
/// the axis's range: it is in the unit of the output, per whole range.
struct MorrisEffects {
    BlockCount blocks;
    std::vector<Estimate> mu;       ///< [axis] mean effect: which way the axis pulls
    std::vector<Estimate> mu_star;  ///< [axis] mean size of the effect: how much the axis matters
    std::vector<Estimate> sigma;    ///< [axis] spread of the effects: bends and interactions
};

/// Elementary effects from the outputs at a Morris design.
///
/// @param outputs  [set] in the order of the design; NaN where the run failed
/// @param sets     [set, axis] as in `Design::sets`
/// @param levels   of the design: a step is levels / (2 (levels - 1)) of the range
/// @return         all NaN where fewer than two trajectories are left
///
/// Source   Morris 1991; mu*: Campolongo, Cariboni, Saltelli 2007. Intervals: percentiles of the bootstrap over
///          trajectories.
/// Draws    keyed by the bootstrap's seed.
MorrisEffects morris_effects(const Eigen::ArrayXd& outputs, const Eigen::ArrayXXd& sets, int levels,
                             const Bootstrap& bootstrap = {});

}  // namespace nuzuh
