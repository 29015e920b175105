// Nobody appears or vanishes.
#pragma once

#include <cmath>

#include <fmt/format.h>

#include "sim/engine/engine.hpp"

namespace nuzuh {

/// Compares the households of a run with those at its start. Every engine does so at the end of every step.
///
/// @param by_means  whether households are fractions, which rounding may change by a millionth of all
/// @throws          ModelFault if they differ
inline void check_conserved(double households, double at_start, int step, bool by_means) {
    const double tolerance = by_means ? 1e-6 * (1 + at_start) : 0;
    if (std::abs(households - at_start) <= tolerance) return;
    throw ModelFault(fmt::format("{} households at the end of step {}, {} at the start of the run",
                                 households, step, at_start));
}

}  // namespace nuzuh
