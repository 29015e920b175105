#include "app/memory.hpp"

#include <algorithm>
#include <fstream>
#include <limits>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <fmt/format.h>
#include <omp.h>

namespace nuzuh::app {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

double first_number(const char* file) {
    std::ifstream in(file);
    double number = 0;
    return in >> number ? number : unknown;
}

double free_on_machine() {
    std::ifstream in("/proc/meminfo");
    for (std::string word; in >> word;) {
        double kib = 0;
        if (word == "MemAvailable:" && in >> kib) return kib * 1024;
    }
    return unknown;
}

/// Memory of the control group that is not yet used; "max" reads as no limit.
double free_in_control_group() {
    const double limit = first_number("/sys/fs/cgroup/memory.max");
    return limit == unknown ? unknown : std::max(0.0, limit - first_number("/sys/fs/cgroup/memory.current"));
}

}  // namespace

double ensemble_bytes(const World& world, const EnsembleSpec& spec) {
    const double places = world.place_count(), routes = double(world.roads.size());
    const double records = std::max(1, (world.steps + spec.every_steps - 1) / spec.every_steps);
    const double threads = std::min(spec.threads > 0 ? spec.threads : omp_get_max_threads(), spec.members);
    const double a_member =
        sizeof(float) *
        (records * (place_field_count * places + total_field_count + routes) + 2 * places * places);
    constexpr double file_share = 0.4;  // the compressed file stands in memory before it goes to disk
    const double origins = records * places * places;
    const double sums = origins * (sizeof(float) + sizeof(std::int64_t) * (threads + 1));
    constexpr double bytes_a_household =
        32;  // its history, its threshold and its place in a cell, if all move
    const bool follows_households =
        spec.engine == EngineKind::agents && world.settings.behaviour.rules != Rules::flee3;
    const double population =
        follows_households ? threads * world.households_from.sum() * bytes_a_household : 0;
    constexpr double slack = 1.1;  // vectors grow ahead of their content
    return slack * (spec.members * a_member * (1 + file_share) + sums + population);
}

void keep_freed_memory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

double available_bytes() { return std::min(free_on_machine(), free_in_control_group()); }

std::string bytes_text(double bytes) {
    return bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9);
}

}  // namespace nuzuh::app
