// Which parameter sets a study tries.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <Eigen/Core>

#include "sim/base/finding.hpp"

namespace nuzuh {

enum class AxisScale {
    linear,
    log,    ///< even in the logarithm: for parameters known only to a factor
    whole,  ///< every whole number of the range, ends included, alike
};

/// One setting that a study varies: over a range, or over values written out.
struct Axis {
    std::string key;  ///< dotted key of the scenario: `behaviour.leave.h_max`
    double from = 0;  ///< low end of the range, in the setting's own unit
    double to = 0;    ///< high end
    AxisScale scale = AxisScale::linear;
    int levels = 0;  ///< numbers that a grid takes from the range, ends included; 0: not said
    std::vector<std::string> values;  ///< instead of a range: what the key is set to, one after the other

    bool is_list() const { return !values.empty(); }
};

enum class DesignKind {
    grid,             ///< every combination; the last axis varies fastest
    list,             ///< the values of all axes side by side: set number i takes value i of each
    latin_hypercube,  ///< random, with exactly one set in each of `size` slices of every axis
    sobol,            ///< Sobol's sequence
    saltelli,         ///< for Sobol' indices: `size` blocks of axes + 2 sets
    morris,           ///< for elementary effects: `size` trajectories of axes + 1 sets
};

/// As a study writes them.
constexpr std::array<std::pair<std::string_view, DesignKind>, 6> design_kinds{{
    {"grid", DesignKind::grid},
    {"list", DesignKind::list},
    {"latin_hypercube", DesignKind::latin_hypercube},
    {"sobol", DesignKind::sobol},
    {"saltelli", DesignKind::saltelli},
    {"morris", DesignKind::morris},
}};

struct DesignSpec {
    DesignKind kind = DesignKind::grid;
    std::vector<Axis> axes;
    int size = 0;           ///< sets, blocks or trajectories; grid and list need none
    int morris_levels = 4;  ///< levels of an axis in a Morris design; even
    bool scramble = true;   ///< of sobol and saltelli: randomise the sequence by the seed
    std::uint64_t seed = 1;
};

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
