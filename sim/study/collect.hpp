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
struct Selection {
    std::array<bool, place_field_count> place{};
    std::array<bool, total_field_count> total{};
    bool routes = false;
    bool bands = false;  ///< people by danger
    bool first_day_full = false;
    bool arrivals_from = false;
    bool displaced_from = false;

    /// Everything but arrivals by cause.
    static Selection everything();

    /// Asks for place fields beside what is there.
    void add(const PlaceFields& fields);
};

/// The place fields of steps that these parts are made from.
PlaceFields fields_behind(const Selection& selection);

/// A dataset of results that a study can collect.
struct Output {
    std::string name;
    std::vector<std::string> axes;  ///< after that of runs: {"time"}, {"time", "place"}, ...
    /// Its values in a run that kept them, row-major.
    std::span<const float> (*values_of)(const RunResult& run, std::size_t field);
    void (*select_in)(Selection& selection, std::size_t field);  ///< asks for them
    std::size_t field = 0;                                       ///< of a total, a place or a danger band
    bool may_be_missing =
        false;  ///< NaN where something never happens; then there are no quantiles over runs
    Keep keep = Keep::runs;

    std::span<const float> values(const RunResult& run) const { return values_of(run, field); }
};

/// The outputs that a study asks for; by default all totals of every run.
///
/// @param engine, rules  that move the runs
/// @return        the outputs, or what is wrong with them, with paths such as `collect[2].output`
Result<std::vector<Output>> outputs_of(const StudySettings& study, EngineKind engine,
                                       Rules rules = Rules::hazard_choice);

/// What runs must keep so that the outputs can be had.
Selection selection_for(const std::vector<Output>& outputs);

/// Numbers of one run of an output that are kept, for T records.
std::size_t value_count(const Output& output, const World& world, std::size_t records);

}  // namespace nuzuh
