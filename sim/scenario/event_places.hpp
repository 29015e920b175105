// The place of a network that an event belongs to.
#pragma once

#include <string>
#include <vector>

#include "sim/model/settings.hpp"

namespace nuzuh::scenario {

/// Names of a place in its columns name, name_ar and spellings, folded, without those of which nothing is left.
std::vector<std::string> folded_names(const PlaceSettings& place);

struct EventPlace {
    int place = -1;        ///< index of the place; -1: none is in reach
    bool by_name = false;  ///< it bears the event's name
    int namesake = -1;     ///< place of the event's name that lies out of reach, where none in reach bears it
    double namesake_km = 0;  ///< how far off it lies
};

/// How much farther than the reach a place may lie that bears the event's name: two gazetteers put one town several
/// kilometres apart, as they take its centre or its middle (judgement).
constexpr double reach_of_names = 2;

/// Finds places by name and distance. Names are those of the columns place, name, name_ar and spellings, folded.
class EventPlaces {
public:
    EventPlaces(const Network& network, double reach_km);

    /// The nearest place that bears the name, up to `reach_of_names` times the reach; else the nearest in reach. Places
    /// abroad are none.
    EventPlace find(const std::string& name, double lat, double lon) const;

private:
    const Network& network_;
    double reach_km_;
    std::vector<std::vector<std::string>> names_;  ///< [P]
};

}  // namespace nuzuh::scenario
