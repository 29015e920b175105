// What a study says beyond its scenario, as plain structs. Keys, ranges and sentences: study_fields.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/list.hpp"

namespace nuzuh {

/// How the values of an axis lie between its ends.
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

/// Ways of choosing sets of values along the axes.
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

/// Which sets of values a study tries.
struct DesignSpec {
    DesignKind kind = DesignKind::grid;
    List<Axis> axes;
    int size = 0;           ///< sets, blocks or trajectories; grid and list need none
    int morris_levels = 4;  ///< levels of an axis in a Morris design; even
    bool scramble = true;   ///< of sobol and saltelli: randomise the sequence by the seed
    std::uint64_t seed = 1;
};

/// What is kept of an output.
enum class Keep {
    runs,       ///< every run's own values
    quantiles,  ///< mean and quantiles over the runs
};

/// What a study does after a run that failed.
enum class OnFailure { stop, go_on };

/// An output that a study collects.
struct CollectSettings {
    std::string output;  ///< name of a dataset of the results: `displaced`, `total_movements`
    Keep keep = Keep::runs;
};

/// What a study says beside its scenario.
struct StudySettings {
    DesignSpec design;
    int replicates = 1;             ///< runs of each set
    List<CollectSettings> collect;  ///< empty: all totals of every run
    OnFailure on_failure = OnFailure::go_on;
};

}  // namespace nuzuh
