// Decisions of pooled runs under the expected law: every draw is replaced by its mean, in eight runs at a time.
#pragma once

#include <span>

#include "sim/engine/pooled/crowd.hpp"

namespace nuzuh::pooled {

/// Households that leave during a step.
struct Leaving {
    Octets per_weight;  ///< [M, P] divided by the weights of all destinations together
    Octets returning;   ///< [M, P] going home, divided by the hazard of it
    Octets flow;        ///< [M, P] of one step of travel, by destination
};

/// Households at home leave, displaced ones move on or go home. Those who have nowhere to go, or no way out, are
/// counted.
///
/// @param leaving  with departures given, `per_weight` holds the households that leave home
void leave(const Setting& setting, const Ground& ground, const Outlook& outlook, Crowd& crowd,
           Leaving& leaving, Passed& passed);

/// The same for those who wait at a gate.
void leave_gates(const Setting& setting, const Ground& ground, const Outlook& outlook, Crowd& crowd,
                 Leaving& leaving, Passed& passed);

/// Journeys of more than one step to a place.
struct FarJourneys {
    int steps, to;
    std::vector<int> from;
};

/// Puts those who leave on the road, for the groups that travel in one way.
///
/// @param near_sheet  [from P, to P] attraction of places that are one step away, in every run or of each
/// @param sheet       the same of all places
void set_out(const double* near_sheet, const double* sheet, std::span<const FarJourneys> far,
             const Setting& setting, const Ground& ground, const Octets& pull, int mode,
             std::span<Octets* const> road, Leaving& leaving);
void set_out(const Octet* near_sheet, const Octet* sheet, std::span<const FarJourneys> far,
             const Setting& setting, const Ground& ground, const Octets& pull, int mode,
             std::span<Octets* const> road, Leaving& leaving);

/// Puts those who go home on the road, to the open homes in reach as people are away from them.
///
/// @param near  [home P] places one step away from each
void go_home(const std::vector<std::vector<int>>& near, std::span<const FarJourneys> far,
             const Setting& setting, const Ground& ground, const Outlook& outlook, int mode,
             std::span<Octets* const> homeward, Crowd& crowd, Leaving& leaving);

}  // namespace nuzuh::pooled
