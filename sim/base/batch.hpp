// Numbers of eight runs side by side.
#pragma once

#include <vector>

namespace nuzuh {

constexpr int batch_runs = 8;  ///< runs that are simulated side by side

/// One number of each run of a batch. A batch of fewer runs leaves the last numbers without a meaning.
struct alignas(64) Batch {
    double of[batch_runs] = {};
};

using Batches = std::vector<Batch>;  ///< numbers by place, or by group and place

}  // namespace nuzuh
