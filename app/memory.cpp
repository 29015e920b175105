#include "app/memory.hpp"

#include <algorithm>

#include "output/ensemble_summary.hpp"
#include "output/families.hpp"
#include "sim/model/network_states.hpp"
#include "sim/study/kept_places.hpp"
#include "sim/study/schedule.hpp"

namespace nuzuh::app {

namespace {

double records_of(const World& world, const EnsembleSpec& spec) {
    return std::max(1, (world.steps + spec.every_steps - 1) / spec.every_steps);
}

double origins_of(const World& world, const EnsembleSpec& spec) {
    const bool tells_origins = spec.engine != EngineKind::pooled && spec.origins != OriginsKept::nothing;
    return tells_origins ? double(world.place_count()) * world.place_count() : 0;
}

/// Of one member: its large series.
double series_bytes(const World& world, const EnsembleSpec& spec) {
    const double places = world.place_count(), routes = double(world.roads.size());
    const double fields = double(place_field_count) - (spec.causes ? 0 : double(cause_count));
    return sizeof(float) *
           (records_of(world, spec) * (fields * places + routes) + 2 * origins_of(world, spec));
}

/// Of one member: what is kept in memory in any case.
double other_bytes(const World& world, const EnsembleSpec& spec) {
    return sizeof(float) *
           (records_of(world, spec) * (total_field_count + band_field_count * danger_band_count) +
            double(full_levels.size()) * world.place_count());
}

/// What members and the file take.
double results_bytes(const World& world, const EnsembleSpec& spec, double threads) {
    const double series = series_bytes(world, spec), other = other_bytes(world, spec);
    const KeptPlaces kept(world);
    const double share = double(kept.places().size()) / world.place_count();
    constexpr double file_share = 0.4;  // the compressed file stands in memory before it goes to disk
    const double shortened = kept.are_all() ? 0 : share;  // beside the series of all places
    if (!needs_shelf(world, spec))
        return spec.members * (series * (1 + shortened + share * file_share) + other * (1 + file_share));
    // Those in hand, with what they are packed into; then a series of all of them, and what is said of it.
    const double largest = share * sizeof(float) *
                           std::max(records_of(world, spec) * world.place_count(), origins_of(world, spec));
    const double summary = std::min(room_for_summaries, spec.members * largest) +
                           (1 + double(quantile_levels.size()) + 2 * threads) * largest;
    return spec.members * other +
           std::max(2 * threads * double(most_together(spec.engine)) * series, summary);
}

}  // namespace

bool needs_shelf(const World& world, const EnsembleSpec& spec) {
    constexpr double most_in_memory = 1e9, worth_a_file = 1e6;
    const double bytes = series_bytes(world, spec);
    return bytes > worth_a_file && spec.members * bytes > most_in_memory;
}

double ensemble_bytes(const World& world, const EnsembleSpec& spec) {
    const double places = world.place_count();
    const double records = records_of(world, spec);
    const double threads = std::min(thread_count(spec.threads), spec.members);
    const double pairs = places * places, modes = double(world.modes.size());
    const double origins = origins_of(world, spec);
    const double at_every_record = spec.origins == OriginsKept::every_record ? records * origins : 0;
    const double sums = at_every_record * (sizeof(float) + sizeof(std::int64_t) * (threads + 1)) +
                        threads * 2 * origins * sizeof(double);
    // Tables of all pairs that engines of means and of pools work with.
    const bool means = spec.mode == DrawMode::expected && spec.engine == EngineKind::compartments;
    const double slots = world.network->longest_journey;
    const double cells = means ? world.mobile_groups * (slots + 4) + 6 * modes : 0;
    const double side_by_side = double(most_together(spec.engine));
    const bool is_held = !world.attraction->held.empty();
    const bool is_made = spec.engine == EngineKind::pooled ? spec.unknowns || !is_held : means && !is_held;
    const double made = is_made ? std::max(5.0, side_by_side) * modes : 0;
    const double tables = threads * pairs * sizeof(double) * (cells + made);
    constexpr double bytes_a_household =
        32;  // its history, its threshold and its place in a cell, if all move
    const bool follows_households =
        spec.engine == EngineKind::agents && world.settings.behaviour.rules != Rules::flee3;
    constexpr double copies =
        4;  // them, and where a run in hand is kept: its state, as bytes, and as those of a file
    const double population =
        follows_households ? threads * copies * world.households_from.sum() * bytes_a_household : 0;
    // Members that draw what is not known each stand in a world of their own: ways, and inputs by step.
    constexpr double numbers_a_step = 16;
    const double ways = bytes_of_ways(world);
    const double a_world = ways + world.steps * places * numbers_a_step * sizeof(double);
    const double worlds = spec.unknowns ? threads * side_by_side * a_world : 0;
    const double to_come = world.network->journeys.empty() ? ways : 0;  // of this world, as runs ask for them
    constexpr double slack = 1.1;                                       // vectors grow ahead of their content
    return slack * (results_bytes(world, spec, threads) + sums + tables + population + worlds + to_come);
}

}  // namespace nuzuh::app
