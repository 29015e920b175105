// Places beyond the border of a region, and the crossings that lead there.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/region/boundaries.hpp"
#include "sim/region/roads.hpp"

namespace nuzuh::region {

/// Where roads may leave the country: at controls that the map has, where they cross a border between countries, and where they
/// leave the units' boundaries. Those within 5 km of one before are left out: a border has a control on either side (judgement).
///
/// @param given  posts that are known: none is found near one of them
/// @param roads  pieces that leave the boundaries are marked
std::vector<BorderPost> posts_of(RoadMap& roads, const Boundaries& boundaries,
                                 const std::vector<BorderPost>& given);

/// What lies beyond the border.
struct Beyond {
    std::set<std::string> places;  ///< those out of the country, and forks of roads there
    std::map<std::string, std::string>
        leads_to;  ///< the first place beyond, by post that a road from within leads to
};

/// Finds out what lies beyond.
///
/// @param posts    places of the network at which roads may leave the country
/// @param crosses_border  [route of the network]
/// @param outside  places known to lie outside; none: those that only roads through posts join to where most people live
Beyond beyond_posts(const Network& network, const std::set<std::string>& posts,
                    const std::vector<bool>& crosses_border, std::set<std::string> outside);

/// Makes crossings of posts and places abroad of those they lead to. People beyond are not counted, routes beyond and places that none
/// leads to are left out. Posts that lead nowhere stay as waypoints. Crossings are open: a guess, which is said.
///
/// A place outside that a route reaches without a post gets a crossing on its own spot.
/// @param posts  by identifier
void put_abroad(const Beyond& beyond, const std::map<std::string, BorderPost>& posts,
                ScenarioSettings& settings, Findings& report);

}  // namespace nuzuh::region
