// A household, where it can be, and what it remembers.
#pragma once

#include <cstdint>

#include "sim/engine/whereabouts.hpp"

namespace nuzuh::agent {

/// Number of a household. Those of one group and home follow each other in the order in which they first leave.
using HouseholdId = std::uint32_t;

/// Those who face the same hazards: households of one group and home that are in the same situation at one place.
struct Cell {
    Whereabouts where;
    int k;  ///< group
    int i;  ///< place
    int o;  ///< home; i itself for those at home
};

/// What a household has been through.
struct History {
    std::uint16_t settlements = 0;  ///< times it settled in a cell; addresses its draws
    std::uint16_t steps_on_road = 0;
    std::uint16_t hectometres = 0;     ///< [100 m] travelled by road; at most 6,553 km
    std::uint8_t times_displaced = 0;  ///< departures in flight
    std::uint8_t places_visited = 0;   ///< arrivals in flight
};

/// A household that leaves a place during a step.
struct Leaver {
    static constexpr int nowhere = -1;

    HouseholdId id;
    std::int32_t k;      ///< group
    std::int32_t o;      ///< home
    std::int32_t to;     ///< destination, home for those who return; nowhere if none can be reached
    Whereabouts before;  ///< it left
};

/// A household on its way to a place.
struct Traveller {
    HouseholdId id;
    std::int32_t k;  ///< group
    std::int32_t o;  ///< home; the destination itself for those who return
};

}  // namespace nuzuh::agent
