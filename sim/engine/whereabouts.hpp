// Where people can be between journeys.
#pragma once

namespace nuzuh {

/// Where a household is between journeys.
enum class Whereabouts {
    home,     ///< at home, never displaced
    back,     ///< at home, after it was displaced and returned
    settled,  ///< displaced and staying at a place; at a place abroad: crossed
    waiting,  ///< displaced and waiting at a crossing, or at the gate of a place that turned it away
};

/// Whether a household is displaced.
constexpr bool is_away(Whereabouts where) {
    return where == Whereabouts::settled || where == Whereabouts::waiting;
}

}  // namespace nuzuh
