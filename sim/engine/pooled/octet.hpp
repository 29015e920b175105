// Numbers of eight runs side by side.
#pragma once

#include <vector>

namespace nuzuh {

constexpr int octet_runs = 8;

/// A number of each of the runs that are simulated side by side; of a run that is not there, whatever.
struct alignas(64) Octet {
    double of[octet_runs] = {};
};

using Octets = std::vector<Octet>;

}  // namespace nuzuh
