#include "output/memory.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace nuzuh {

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

void keep_freed_memory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

double available_bytes() { return std::min(free_on_machine(), free_in_control_group()); }

}  // namespace nuzuh
