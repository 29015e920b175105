// Which part of a study this launch does.
#pragma once

#include <string>

#include "sim/base/finding.hpp"

namespace nuzuh::app {

/// One of several launches that share the runs of a study.
struct Shard {
    int number = 1;  ///< from 1
    int count = 1;
};

/// Reads `3/8`; `slurm`: the place of this task in its array; "": the whole.
///
/// A task's place is counted from SLURM_ARRAY_TASK_ID, _MIN, _STEP and _COUNT, so that any array will do. Launched again
/// with other tasks or another number of them, what is done is not done again.
Result<Shard> read_shard(const std::string& text);

}  // namespace nuzuh::app
