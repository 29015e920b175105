// The people of pooled runs, and what they face during a step.
//
// Shape    P places, K groups of which the first M are mobile. An array [M, P] holds the places of one group after the
//          other: at(k, i) is its element k * P + i.
#pragma once

#include <array>
#include <vector>

#include "sim/engine/pooled/octet.hpp"
#include "sim/engine/record.hpp"

namespace nuzuh::pooled {

/// Households of each run, at the end of a step; whole numbers where they are drawn.
struct Crowd {
    Octets home;                   ///< [K, P] never displaced
    Octets back;                   ///< [M, P] returned
    Octets settled;                ///< [M, P] displaced at a place; at a place abroad, crossed
    Octets waiting;                ///< [M, P] at a crossing, or turned away at a place
    Octets away;                   ///< [M, home P] displaced, in flight or waiting
    std::vector<Octets> road;      ///< [steps left][M, destination P] in flight
    std::vector<Octets> homeward;  ///< [steps left][M, home P] on their way home
    Octets credit;                 ///< [P] unused part of a crossing's quota, less than a household [persons]
    Octets carry;                  ///< [P] given departures that are not yet a household [persons]
};

/// What does not change from step to step, in each run.
struct Setting {
    int places = 0, groups = 0, mobile = 0;
    double dt = 1;                      ///< [day]
    bool departures_given = false;      ///< then nobody leaves home, or moves on, by the rules
    std::vector<int> mode_of_group;     ///< [K]
    std::vector<char> is_abroad;        ///< [P]
    std::vector<int> abroad_behind;     ///< [P] place abroad behind a crossing, else -1
    Octets persons;                     ///< [K] a household
    Octets at_start, capacity, onward;  ///< [P]
    Octets per_start, per_capacity;     ///< [P] 1 / those; 0 where they are 0
    struct {
        Octet h0, h_max, neighbours, h_front, h_capture, displaced_factor, onward_without_shelter;
    } leave;
    struct {
        Octet network_pull, network_softening, network_fading, per_buffer, capacity_floor;
    } choose;
    Octet return_rate;
};

/// What the scenario fixes for a step, in each run; see StepInputs.
struct Ground {
    Octets response;            ///< [P, M]: of group k at place i it is element i * M + k
    Octets front, access;       ///< [P]
    Octets may_return;          ///< [P] 1 where home may be returned to
    std::vector<char> is_open;  ///< [P] whether that is so in any run
    std::vector<int> open;      ///< places of which it is
    std::vector<char> fallen;   ///< [P]
    bool any_siege = false;     ///< whether access is below 1 anywhere
    std::vector<int> to, from;  ///< places that attract anybody; places that anybody can set out from
};

/// What decisions of a step rest on, all as of its start.
///
/// With network_memory_days, `pulling` is what is known of earlier steps; it belongs to the state of a run.
struct Outlook {
    Octets at_home, displaced;  ///< [P] households, persons
    std::vector<char> anyone;   ///< [P] whether there is anyone in any run
    Octets settled, pulling;    ///< [P] displaced households; as far as they are remembered
    Octets noise;               ///< [P]
    Octets away;                ///< [M, home P] households
    Octets back;                ///< [M, P] hazard of going home
    Octets share_noise, pull;   ///< [P]
    std::vector<Octets> total;  ///< [modes][P] weights of all destinations
};

/// Chances that follow, where people are drawn one run after the other. [M, P] each.
struct Chances {
    Octets home;         ///< of leaving home
    Octets no_one_home;  ///< that nobody does
    Octets onward,
        onward_home_part;  ///< of the displaced, to move on or go home; part of it that is going home
    Octets no_one_onward;
    Octets gate, gate_home_part;                     ///< of those who wait
    Octets home_hazard, onward_hazard, gate_hazard;  ///< before access out [1/day]; only under a siege
};

/// Who is where at the end of a step. Persons, by place, beside `displaced` and `settled` of the outlook.
struct Stock {
    Octets at_home, waiting, on_the_road;  ///< [P]
    Octet households;                      ///< all of them
};

/// Persons at each place during a step, for the fields that are flows; the others stay empty.
using Passed = std::array<Octets, place_field_count>;

}  // namespace nuzuh::pooled
