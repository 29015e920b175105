// The places of a network that an event belongs to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/region/strike_days.hpp"

namespace nuzuh::region {

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
/// A unit's name as it is compared: folded, without words for kinds of units, so that Kassala state is Kassala.
std::string folded_unit(const std::string& name);

class EventPlaces {
public:
    EventPlaces(const Network& network, double reach_km);

    /// The nearest place that bears the name, up to `reach_of_names` times the reach; else the nearest in reach. Places
    /// abroad are none.
    EventPlace find(const std::string& name, double lat, double lon) const;

    /// A place and the towns in reach of a point, by population: where something fell of which the surroundings are known.
    PlaceShares around(int place, double lat, double lon) const;

    /// The towns of a province by population: of the area of its name, else of the first-level unit of the place nearest to a point
    /// in reach. None where neither is known.
    ///
    /// @param areas  areas by names of provinces, folded; areas that bear the name themselves need none
    PlaceShares in_province(const std::string& name, double lat, double lon,
                            const std::map<std::string, std::string>& areas) const;

private:
    PlaceShares by_population(const std::vector<int>& places) const;

    const Network& network_;
    double reach_km_;
    std::vector<std::vector<std::string>> names_;      ///< [P]
    std::map<std::string, std::vector<int>> of_area_;  ///< towns, by the name of their area, folded
};

}  // namespace nuzuh::region
