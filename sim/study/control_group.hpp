// What the system lets this process have: control groups of Linux, and limits of the process.
#pragma once

#include <filesystem>

namespace nuzuh {

/// What the control groups leave of memory and processors, each on its own and all those above it; infinite where there is no
/// limit. Both versions are read: batch systems and containers use either.
///
/// Source   cgroups(7); memory.max, memory.current, memory.stat, cpu.max of version 2, and memory.limit_in_bytes,
///          memory.usage_in_bytes, cpu.cfs_quota_us of version 1
struct ControlGroupLimits {
    double free_bytes;  ///< limit less what is in use, pages of files that the system can drop not counted
    double processors;  ///< processor time a unit of time
};

/// @param root  of the file system; another one for tests
ControlGroupLimits control_group_limits(const std::filesystem::path& root = "/");

}  // namespace nuzuh
