// Which part of a study a launch does.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "sim/base/finding.hpp"

namespace nuzuh {

/// How the tasks of a job array stand for the shards of a study. It is settled once, by the first launch, and kept with
/// the parts: a task that is submitted again alone, or with some of the others, does the same shard as before.
struct ShardNumbering {
    int count = 1;       ///< shards of the study
    int first_task = 1;  ///< number of the task that does shard 1
    int step = 1;        ///< between the numbers of neighbouring tasks

    bool operator==(const ShardNumbering&) const = default;
};

/// Part `number` of `numbering.count`.
struct Shard {
    int number = 1;  ///< from 1
    ShardNumbering numbering;

    int count() const { return numbering.count; }
    bool is_whole() const { return numbering.count == 1; }
};

/// A variable of the environment; nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;
std::optional<std::string> of_this_process(const std::string& name);

/// Reads what a launch says of its shard.
///
/// @param text         `3/8`; `slurm`: that of this task of a job array; "": the whole
/// @param shards       how many there are, given beside `slurm`; 0: not said
/// @param begun        numbering that the study was begun with, if it was
/// @param environment  SLURM_ARRAY_TASK_ID, _COUNT, _MIN, _MAX and _STEP of the task
/// @return             the shard, or why the task stands for none: an array with gaps does not say how many shards there
///                     are, nor does a single task
Result<Shard> read_shard(const std::string& text, int shards = 0,
                         const std::optional<ShardNumbering>& begun = {},
                         const Environment& environment = of_this_process);

}  // namespace nuzuh
