// Whether members of an ensemble differ in more than chance.
#pragma once

#include "sim/model/settings.hpp"

namespace nuzuh {

/// Whether members draw parameters or inputs, as far as the scenario says: an input that does not act is not drawn.
inline bool asks_for_draws(const ScenarioSettings& settings) {
    const auto& given = settings.uncertainty;
    return settings.parameters.drawn || given.strikes > 0 || given.front_days > 0 || given.population > 0 ||
           given.capacity > 0;
}

}  // namespace nuzuh
