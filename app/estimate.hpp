// What a study will take, asked before it is begun.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/study/sweep.hpp"

namespace nuzuh::app {

/// What a study will take, reckoned from a few of its runs.
struct StudyEstimate {
    std::int64_t runs = 0;  ///< left to do
    std::int64_t sets = 0;
    double seconds = 0;  ///< until all are done
    double seconds_a_run = 0;
    int workers = 1;
    double memory_bytes = 0;  ///< of this process
    double disk_bytes = 0;    ///< most that lies on the disk at a time: segments and results file
    std::int64_t block = 1;   ///< runs that a segment should hold

    /// One line for people.
    std::string text() const;

    /// Why the study cannot be begun here; "" if it can.
    std::string refusal(const std::filesystem::path& folder) const;
};

/// Simulates a few runs for up to a second or two, and reckons from them.
///
/// @param left     ranges still to be done
/// @param workers  threads of all ranks
/// @param shards   launches that share the study
StudyEstimate estimate_study(const StudyPlan& plan, const std::vector<RunRange>& left, int workers,
                             int shards);

}  // namespace nuzuh::app
