#include "output/memory.hpp"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

#include "sim/study/control_group.hpp"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace nuzuh {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

double free_on_machine() {
    std::ifstream in("/proc/meminfo");
    for (std::string word; in >> word;) {
        double kib = 0;
        if (word == "MemAvailable:" && in >> kib) return kib * 1024;
    }
    return unknown;
}

/// What a limit of the process (ulimit -v) leaves.
double free_of_process() {
    rlimit limit{};
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unknown;
    std::ifstream in("/proc/self/statm");
    double pages = 0;
    in >> pages;
    return std::max(0.0, double(limit.rlim_cur) - pages * double(::sysconf(_SC_PAGESIZE)));
}

}  // namespace

void keep_freed_memory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

double available_bytes() {
    return std::min({free_on_machine(), control_group_limits().free_bytes, free_of_process()});
}

}  // namespace nuzuh
