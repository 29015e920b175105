// Which figures a prior can reach: a first look before a calibration.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/study/observation.hpp"

namespace nuzuh {

/// Standard deviations from which on a figure rules a point of the prior out: less than three hold 95 % of any distribution with one
/// peak.
///
/// Source   Pukelsheim 1994 (doi:10.1080/00031305.1994.10476030); as a rule for simulators Vernon, Goldstein, Bower 2010
///          (doi:10.1214/10-BA524)
constexpr double ruled_out_from = 3;

/// How near a wide design comes to a figure.
struct FigureReach {
    ReportedFigure figure;
    double nearest = 0;         ///< [persons] of the point that comes nearest to it
    double implausibility = 0;  ///< [standard deviations] that it is off
    double rules_out = 0;       ///< [-] share of the points that it rules out
    double alone = 0;           ///< [-] share that no other figure rules out
};

/// What many draws from the prior say of it before it is calibrated.
struct WideDesign {
    std::int64_t points = 0;      ///< that could be run
    double left = 0;              ///< [-] share of them that no figure rules out
    double left_but_for_one = 0;  ///< [-] share that at most one figure rules out
    std::vector<FigureReach> figures;
    /// Figures that are each near to many points, and both to none: at least 5 points would be near to both if the two had nothing to do
    /// with each other, which by chance gives none once in 150 times.
    std::vector<std::array<std::size_t, 2>> apart;
};

/// Looks at what points simulate. The model itself is taken to be off by `typical_discrepancy`.
///
/// @param simulated  [point][figure] logarithms of persons
WideDesign look_at(const std::vector<Observation>& observations,
                   const std::vector<const std::vector<double>*>& simulated);

/// Warnings of figures that no point reaches, and of pairs that none reaches together; where neither is and yet none reaches all, of the
/// figure without which at least 5 would.
///
/// @param reported  of the scenario: paths are `reported[2]`
Findings unreached(const WideDesign& design, const std::vector<ReportedFigure>& reported);

}  // namespace nuzuh
