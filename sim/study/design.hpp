// Which parameter sets a study tries.
#pragma once

#include <string>
#include <vector>

#include <Eigen/Core>

#include "sim/base/finding.hpp"
#include "sim/model/study_settings.hpp"

namespace nuzuh {

/// The parameter sets of a study in order.
///
/// Sets that an analysis needs together stand together, as blocks of `block_size` rows: of a Saltelli
/// design A, then A with column i taken from B for every axis i, then B; of a Morris design the corners of a
/// trajectory, each apart from the one before in a single axis. In the other designs a block is one set.
struct Design {
    DesignKind kind = DesignKind::grid;
    std::vector<Axis> axes;
    /// [set, axis] for an axis with a range the number itself, for an axis with values the position from 0.
    Eigen::ArrayXXd sets;
    int block_size = 1;

    int count() const { return int(sets.rows()); }
};

/// The sets that a spec asks for.
///
/// @return  the design, with warnings; or all that is wrong, each with the path of a key of the study:
///          `size`, `axes.behaviour.leave.h_max.from`
///
/// Source   Latin hypercube: McKay, Beckman, Conover 1979. Saltelli: scheme of Saltelli et al. 2010, table 2,
///          over Sobol' points in twice as many dimensions. Morris: Morris 1991 with the step p / (2 (p - 1)).
/// Draws    all keyed by the seed: the same on every machine, compiler and standard library.
/// Edges    at most 10 million sets; Sobol' points in at most 3667 dimensions.
Result<Design> make_design(const DesignSpec& spec);

/// What the axis is set to there, as the scenario would write it (`0.25`, `closed`): for `key=value`.
///
/// @param coordinate  as in `Design::sets`
std::string setting_at(const Axis& axis, double coordinate);

/// The same as a number: NaN where the setting is no number.
double number_at(const Axis& axis, double coordinate);

/// Where a point of the unit interval lies on the axis, as in `Design::sets`.
///
/// @param share  [0, 1]
double coordinate_at(const Axis& axis, double share);

}  // namespace nuzuh
