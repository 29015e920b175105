// The people of pooled runs, and what they face during a step: what the kernels read and write.
//
// Shape    P places, K groups of which the first M are mobile. An array [M, P] holds the places of one group after the
//          other.
#pragma once

#include <array>
#include <vector>

#include "sim/base/batch.hpp"
#include "sim/engine/arrival_ring.hpp"
#include "sim/engine/fields.hpp"
#include "sim/model/reach.hpp"
#include "sim/rules/leaving.hpp"

namespace nuzuh::pooled {

/// What does not change from step to step, in each run.
struct Parameters {
    std::size_t runs = 0;  ///< side by side; nothing is worked out for registers of which none is
    std::size_t places = 0, groups = 0, mobile = 0;
    double dt = 1;                    ///< [day]
    bool departures_given = false;    ///< then nobody leaves home, or moves on, by the rules
    std::vector<int> mode_of_group;   ///< [K]
    std::vector<char> is_abroad;      ///< [P]
    std::vector<char> is_gated;       ///< [P] whether not everybody is let in, or through
    std::vector<int> abroad_behind;   ///< [P] place abroad behind a crossing, else -1
    Batches persons;                  ///< [K] a household
    Batches capacity, onward;         ///< [P] persons; rate of moving on [1/day]
    Batches per_start, per_capacity;  ///< [P] 1 / households at the start, 1 / capacity; 0 where that is 0
    bool counts_first = false, counts_stuck = false;  ///< whether a record says who leaves first, who cannot
    bool counts_causes = false;      ///< whether it says for which causes those who arrive left
    rules::LeaveRates<Batch> leave;  ///< 0 where departures are given, as `onward` is
    struct {
        Batch network_pull, network_softening, network_fading, outside_buffer, capacity_floor;
    } choose;
    Batch return_rate;

    /// Element of an array [K, P].
    std::size_t at(std::size_t k, std::size_t i) const { return k * places + i; }
};

/// Households of each run, at the end of a step; whole numbers where they are drawn.
struct Households {
    Batches home;                   ///< [K, P] never displaced
    Batches back;                   ///< [M, P] returned
    Batches settled;                ///< [M, P] displaced at a place; at a place abroad, crossed
    Batches waiting;                ///< [M, P] at a crossing, or turned away at a place
    Batches away;                   ///< [M, home P] displaced, in flight or waiting
    Batches unused_quota;           ///< [P] of a crossing, less than a household [persons]
    Batches departures_to_come;     ///< [P] given ones that are not yet a household [persons]
    Batches pulling;                ///< [P] displaced, as far as they are remembered
    ArrivalRing<Batches> road;      ///< [M, destination P] in flight
    ArrivalRing<Batches> homeward;  ///< [M, home P] on their way home
};

/// Numbers that all runs share, or those of each.
struct Interleaved {
    const double* common = nullptr;  ///< nullptr: runs differ
    Batches of_each;
};

/// What the scenario fixes for a step, in each run; see StepInputs.
struct Inputs {
    Interleaved response;                ///< [P, M]: of group k at place i it is element i * M + k
    Interleaved front, access, ordered;  ///< [P]
    Batches returning;  ///< [P] rate of return of a home, relative to the strongest; 0 where nobody returns
    std::vector<char> is_open;  ///< [P] whether anybody returns there in any run
    std::vector<int> open;      ///< places of which it is
    Batches fallen;             ///< [P] 1 where it has, else 0
    std::vector<char> is_free;  ///< [P] whether anybody who comes may stay, in every run
    bool any_siege = false;     ///< whether access is below 1 anywhere
    std::vector<int> to, from;  ///< places that attract anybody; places that anybody can set out from
    const double* next_matrix = nullptr;  ///< [from P, to P] attraction of the next step, to be fetched early
};

/// Journeys of more than one step to a place.
struct FarJourneys {
    int steps, to;
    std::vector<int> from;
};

/// Ways of one kind of travelling.
struct Ways {
    std::vector<FarJourneys> far;  ///< by means alone: there the network is the same in all runs
    /// [runs][from P, to P] of a journey; 0 to the place itself, or where there is no way
    std::array<const int*, batch_runs> steps{};
};

/// Where ways lead in some of the runs.
struct ReachOfRuns {
    const Reach* reach;
    Batch holds;  ///< 1 in those runs, else 0
};

/// What decisions of a step rest on, all as of its start.
struct DecisionContext {
    Batches immobile, at_home, settled;            ///< [P] households that never leave; at home; displaced
    Batches displaced;                             ///< [P] persons
    std::vector<char> anyone;                      ///< [P] whether there is anyone in any run
    std::vector<char> may_wait;                    ///< [P] whether anybody may be waiting there
    Batches noise;                                 ///< [P]
    std::array<const Reach*, batch_runs> reach{};  ///< [runs]
    std::vector<ReachOfRuns> reaches;              ///< each that is another than those before it
    Batches
        open;  ///< [M, home P] households away from homes that are open, times their rate; of the others, whatever
    Batches per_head;  ///< [M] hazard of going to the home of one who is away, if it is in reach [1/day]
    Batches back;      ///< [M, P] hazard of going home
    Batches overdispersion, pull;  ///< [P]
    std::vector<Batches>
        total;  ///< [modes][P] weights of all destinations; by draws 1 where there are any, else 0
};

/// Households that leave during a step. [M, P] each.
struct Leaving {
    Batches out;        ///< to other places; by means divided by the weights of all destinations together
    Batches returning;  ///< going home; by means divided by the hazard of it
    Batches gate_returning;  ///< by draws: going home of those who wait
    Batches
        all_returning;  ///< by means: going to a home from all places in its reach, for each who is away from it
    std::vector<ByCause<Batch>>
        by_cause;  ///< persons who go to other places, by either; empty unless counted
};

/// What records say of each place, by field: [P] of the flows, and of the stocks that the context does not hold. Only those
/// that a record asks for have a meaning.
struct Fields {
    std::array<Batches, place_field_count> of;
    Batches& operator[](PlaceField field) { return of[std::size_t(field)]; }
};

}  // namespace nuzuh::pooled
