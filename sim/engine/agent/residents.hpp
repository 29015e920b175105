// Households that nothing has moved yet.
#pragma once

#include "sim/base/samplers.hpp"
#include "sim/engine/agent/household.hpp"

namespace nuzuh::agent {

/// The households of one group at one home that have not left since the start of the run.
///
/// Each has a unit-exponential threshold, and only the lowest is known: of n it is an exponential divided by n,
/// and the others lie above it as if they started there. Households are numbered in the order of their
/// thresholds, so one that never moves costs neither time nor memory.
///
/// Source   Renyi 1953, "On the theory of order statistics".
struct Residents {
    Count households = 0;
    HouseholdId next = 0;  ///< who leaves first
    double threshold = 0;  ///< of the next, in hazard accumulated since the start

    /// Takes out the next household and draws the threshold of the one after it.
    template <class Policy>
    HouseholdId leave(const Policy& policy) {
        --households;
        const HouseholdId id = next++;
        draw(policy);
        return id;
    }

    template <class Policy>
    void draw(const Policy& policy) {
        if (households > 0) threshold += policy.threshold({Purpose::threshold, 0, next}) / households;
    }
};

}  // namespace nuzuh::agent
