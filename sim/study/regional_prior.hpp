// What several regions are believed to have in common before figures are looked at.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/base/random.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh {

/// The prior of parameters that regions share in part. In the scale of each parameter's own prior, as standard normal numbers:
///
///     z_rk = sqrt(1 - t^2) u_k + t v_rk,  u_k, v_rk ~ N(0, 1),  t ~ U(0, 1)
///
/// so that each region by itself has the prior of `prior_of`, and t is the part of its spread that lies between regions: 0, all have the
/// same z; 1, none tells of another. A parameter that not all regions have is of its region alone. The even prior of t: judgement.
///
/// Source   a hierarchical normal model: Gelman and others, Bayesian Data Analysis, 3rd edition 2013, chapter 5
class RegionalPrior {
public:
    /// @param priors  [region] its parameters
    /// @return        the prior; or why there is none: a parameter that regions have with different priors, or none that all have
    static Result<RegionalPrior> of(const std::vector<std::vector<PriorParameter>>& priors);

    std::size_t regions() const { return columns_.size(); }
    /// Parameters that all regions have.
    std::size_t shared() const { return columns_.front().size(); }
    /// Where a shared parameter stands among those of a region.
    std::size_t column(std::size_t region, std::size_t shared) const { return columns_[region][shared]; }

    bool is_shared(std::size_t region, std::size_t column) const;

    /// The part t at a point of the standard normal distribution [-].
    static double between(double z);

    /// log density of the shared parameters, but for a constant.
    ///
    /// @param z  [region][parameter]
    double log_density(std::span<const double* const> z, double between) const;

    /// Adds what makes independent standard normal numbers a draw: each region's shared ones are mixed with common ones.
    void mix(std::span<double* const> z, double between, Stream& stream) const;

    /// A draw of the shared parameters of a region that is none of these, given theirs.
    ///
    /// @return  [shared]
    std::vector<double> elsewhere(std::span<const double* const> z, double between, Stream& stream) const;

private:
    std::vector<std::vector<std::size_t>> columns_;  ///< [region][shared]
};

}  // namespace nuzuh
