#include "app/memory.hpp"

#include <algorithm>

#include "sim/study/schedule.hpp"

namespace nuzuh::app {

double ensemble_bytes(const World& world, const EnsembleSpec& spec) {
    const double places = world.place_count(), routes = double(world.roads.size());
    const double records = std::max(1, (world.steps + spec.every_steps - 1) / spec.every_steps);
    const double threads = std::min(thread_count(spec.threads), spec.members);
    const double pairs = places * places, modes = double(world.modes.size());
    const bool tells_origins = spec.engine != EngineKind::pooled && spec.origins != OriginsKept::nothing;
    const double origins = tells_origins ? pairs : 0;
    const double a_member =
        sizeof(float) * (records * (place_field_count * places + total_field_count + routes) + 2 * origins);
    constexpr double file_share = 0.4;  // the compressed file stands in memory before it goes to disk
    const double at_every_record = spec.origins == OriginsKept::every_record ? records * origins : 0;
    const double sums = at_every_record * (sizeof(float) + sizeof(std::int64_t) * (threads + 1)) +
                        threads * 2 * origins * sizeof(double);
    // Tables of all pairs that engines of means and of pools work with.
    const bool means = spec.mode == DrawMode::expected && spec.engine == EngineKind::compartments;
    const double slots = world.network->longest_journey;
    const double cells = means ? world.mobile_groups * (slots + 4) + 6 * modes : 0;
    const double made =
        (means || spec.engine == EngineKind::pooled) && world.attraction->held.empty() ? 5 * modes : 0;
    const double tables = threads * pairs * sizeof(double) * (cells + made);
    constexpr double bytes_a_household =
        32;  // its history, its threshold and its place in a cell, if all move
    const bool follows_households =
        spec.engine == EngineKind::agents && world.settings.behaviour.rules != Rules::flee3;
    constexpr double copies =
        4;  // them, and where a run in hand is kept: its state, as bytes, and as those of a file
    const double population =
        follows_households ? threads * copies * world.households_from.sum() * bytes_a_household : 0;
    // Members that draw what is not known each stand in a world of their own: ways, inputs by step, and for pooled runs
    // attraction.
    constexpr double bytes_a_way = 32, numbers_a_step = 16;
    const bool is_held = spec.engine == EngineKind::pooled && !world.attraction->held.empty();
    const double held = is_held ? world.steps * modes * pairs * sizeof(double) : 0;
    const double a_world = modes * pairs * double(world.network->ways.size()) * bytes_a_way + held +
                           world.steps * places * numbers_a_step * sizeof(double);
    const double worlds = spec.unknowns ? threads * double(most_together(spec.engine)) * a_world : 0;
    constexpr double slack = 1.1;  // vectors grow ahead of their content
    return slack * (spec.members * a_member * (1 + file_share) + sums + tables + population + worlds);
}

}  // namespace nuzuh::app
