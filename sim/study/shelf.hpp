// Where the large series of runs lie while an ensemble is at work whose members together would not fit into memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/engine/record.hpp"

namespace nuzuh {

/// Number of a large series of a run: the place fields, then those below.
using Series = std::size_t;
constexpr Series route_series = place_field_count;
constexpr Series arrivals_from_series = route_series + 1;
constexpr Series displaced_from_series = route_series + 2;
constexpr Series series_count = route_series + 3;

std::vector<float>& series_of(RunResult& run, Series series);
const std::vector<float>& series_of(const RunResult& run, Series series);

/// Takes the large series of runs out of memory, and gives each back as often as it is asked for.
///
/// Threads  may be used by several
class Shelf {
public:
    virtual ~Shelf() = default;

    /// Takes the large series of a run that is done; the run then holds them no longer.
    ///
    /// @throws  std::exception if there is no room for them
    virtual void put(int member, RunResult& run) = 0;

    /// A series as it was put; empty if it was.
    virtual std::vector<float> series(int member, Series series) const = 0;

    /// The same as results files store it.
    virtual std::vector<std::uint8_t> packed(int member, Series series) const = 0;
};

}  // namespace nuzuh
