#include "sim/study/control_group.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

constexpr double unlimited = std::numeric_limits<double>::infinity();

std::optional<double> number_in(const fs::path& file) {
    std::ifstream in(file);
    double number = 0;
    if (in >> number) return number;
    return {};
}

/// The number behind a word, as memory.stat has them.
double number_of(const fs::path& file, std::string_view word) {
    std::ifstream in(file);
    std::string name;
    for (double number = 0; in >> name >> number;) {
        if (name == word) return number;
    }
    return 0;
}

struct MemoryFiles {
    const char *limit, *usage, *inactive;
};
constexpr MemoryFiles version_2{"memory.max", "memory.current", "inactive_file"};
constexpr MemoryFiles version_1{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};

double free_in(const fs::path& group, const MemoryFiles& files) {
    const auto limit = number_in(group / files.limit);  // "max" is no number
    constexpr double no_limit = 4e18;                   // version 1 says so with the largest number of pages
    if (!limit || *limit > no_limit) return unlimited;
    const double used =
        number_in(group / files.usage).value_or(0) - number_of(group / "memory.stat", files.inactive);
    return std::max(0.0, *limit - std::max(0.0, used));
}

double processors_in(const fs::path& group) {
    std::ifstream in(group / "cpu.max");
    double quota = 0, period = 0;
    if (in >> quota >> period && period > 0) return quota / period;
    const auto quota_us = number_in(group / "cpu.cfs_quota_us"),
               period_us = number_in(group / "cpu.cfs_period_us");
    if (quota_us && period_us && *quota_us > 0 && *period_us > 0) return *quota_us / *period_us;
    return unlimited;
}

/// Calls `look` with a group and all those above it, as far as they can be seen.
template <class Look>
void each_above(const fs::path& mounted, const fs::path& group, const Look& look) {
    fs::path inside = group.relative_path();
    look(mounted);
    for (fs::path one; const auto& part : inside) {
        one /= part;
        look(mounted / one);
    }
}

}  // namespace

ControlGroupLimits control_group_limits(const fs::path& root) {
    ControlGroupLimits limits{unlimited, unlimited};
    const auto memory = [&](const MemoryFiles& files) {
        return [&limits, &files](const fs::path& group) {
            limits.free_bytes = std::min(limits.free_bytes, free_in(group, files));
        };
    };
    const auto processors = [&](const fs::path& group) {
        limits.processors = std::min(limits.processors, processors_in(group));
    };
    const fs::path mounted = root / "sys/fs/cgroup";
    std::ifstream in(root / "proc/self/cgroup");
    for (std::string line; std::getline(in, line);) {
        // number:controllers:group; no controllers in version 2
        const auto first = line.find(':'), second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const fs::path group = line.substr(second + 1);
        if (controllers.empty()) {
            each_above(mounted, group, memory(version_2));
            each_above(mounted, group, processors);
        }
        std::istringstream words(controllers);
        for (std::string one; std::getline(words, one, ',');) {
            for (const auto& folder : {controllers, one}) {
                if (one == "memory") each_above(mounted / folder, group, memory(version_1));
                if (one == "cpu") each_above(mounted / folder, group, processors);
            }
        }
    }
    return limits;
}

}  // namespace nuzuh
