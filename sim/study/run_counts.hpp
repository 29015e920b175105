// How many runs of a study were done, and why others were not.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace nuzuh {

/// How a run of a study ended.
enum class RunStatus : std::int8_t {
    done = 0,
    refused = 1,  ///< the settings make no world
    failed = 2,   ///< the run broke off, or a result is not a finite number
};

/// Runs of a study by how they ended.
struct RunCounts {
    std::int64_t all = 0;
    std::int64_t done = 0;
    std::map<std::string, std::int64_t> reasons;  ///< runs that were not done, by why

    void add(RunStatus status, const std::string& message);
    void add(const RunCounts& other);

    /// How many runs could not be done, and each reason once with how many it kept from being done, the commonest first;
    /// "" if all were done.
    std::string shortfall() const;
};

}  // namespace nuzuh
