// A network to be looked at before anything is run: what each place and road is, and what is odd about it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/model/world.hpp"

namespace nuzuh {

/// How the length of a road fits the straight line between its ends.
enum class RoadFit { fits, long_way, too_short, too_long };

/// @param km,straight_km  along the road, along the great circle [km]
RoadFit road_fit(double km, double straight_km);

struct RoadLook {
    double straight_km = 0;
    double detour = 0;  ///< km over the straight line [-]; 0 where both ends lie on one spot
    double hours = 0;   ///< by vehicle [h]
    RoadFit fit = RoadFit::fits;
    int days_closed = 0;
    std::vector<bool> is_open;  ///< [days]
};

struct PlaceLook {
    double people = 0;     ///< living there, as given [persons]
    double displaced = 0;  ///< there when the run starts, in whole households [persons]
    int roads = 0;         ///< that end there
    int part = 0;          ///< of the network, by roads that are open on any day; part 0 holds most people
    int twin = -1;         ///< a place that lies within a kilometre; -1: none
    double strikes = 0;    ///< in the period
    int first_strike = -1, last_strike = -1;  ///< days of the period; -1: none
};

/// Shape    P places, R roads, D days.
struct NetworkLook {
    std::vector<PlaceLook> places;               ///< [P]
    std::vector<RoadLook> roads;                 ///< [R]
    std::vector<std::vector<double>> strikes;    ///< [D][P] strikes of the day
    std::vector<std::vector<bool>> under_order;  ///< [D][P] whether people are told to leave
    std::vector<int> falls;                      ///< [P] day on which it has fallen; -1: never
    int parts = 0;                               ///< of the network
};

NetworkLook look_at(const World& world);

}  // namespace nuzuh
