// Numbers of several worlds beside one another.
#pragma once

#include <algorithm>

#include "sim/engine/pooled/state.hpp"

namespace nuzuh::pooled {

/// Numbers of each run beside one another; those of the last stand in for runs that are not there.
///
/// @param from  of a world: n numbers
template <class From>
void interleave(const Runs& runs, Batches& to, std::size_t n, From from) {
    to.resize(n);
    bool same = true;
    for (std::size_t run = 1; run < runs.count(); ++run)
        same = same && from(runs.world(run)) == from(runs.world());
    for (std::size_t c = 0; c < n && same; ++c)
        std::fill_n(to[c].of, batch_runs, double(from(runs.world())[c]));
    for (std::size_t run = 0; run < batch_runs && !same; ++run) {
        const auto* values = from(runs.world(std::min(run, runs.count() - 1)));
        for (std::size_t c = 0; c < n; ++c) to[c].of[run] = double(values[c]);
    }
}

}  // namespace nuzuh::pooled
