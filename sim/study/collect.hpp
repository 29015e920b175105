// What is kept of a run.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/base/finding.hpp"
#include "sim/engine/record.hpp"
#include "sim/model/study_settings.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// Parts of a RunResult to be filled; the others stay empty and cost nothing.
struct Kept {
    std::array<bool, place_field_count> place{};
    std::array<bool, total_field_count> total{};
    bool routes = false;
    bool bands = false;           ///< people by danger
    bool first_day_full = false;
    bool arrivals_from = false;
    bool displaced_from = false;

    static Kept everything();
};

/// A dataset of results that a study collects.
struct Output {
    enum class Of { total, place, routes, arrivals_from, displaced_from };

    std::string name;
    Of of = Of::total;
    int field = 0;  ///< of a total or a place: TotalField or PlaceField
    Keep keep = Keep::runs;

    /// Axes after that of runs: {"time"}, {"time", "place"}, ...
    std::vector<std::string> axes() const;
    /// Its values in a run that kept them, row-major.
    std::span<const float> values(const RunResult& run) const;
};

/// The outputs that a study asks for; by default all totals of every run.
///
/// @return  the outputs, or names that no output has, with paths such as `collect[2].output`
Result<std::vector<Output>> outputs_of(const StudySettings& study);

/// What runs must keep so that the outputs can be had.
Kept kept_for(const std::vector<Output>& outputs);

/// Numbers of one run of an output, for T records.
std::size_t value_count(const Output& output, const World& world, std::size_t records);

}  // namespace nuzuh
