// Which quirks of Flee 3 are in force.
#pragma once

#include "sim/model/settings.hpp"

namespace nuzuh {

/// Whether a quirk is in force: what it says itself, or else its preset.
inline bool in_force(Quirk quirk, QuirkPreset preset) {
    return quirk == Quirk::as_preset ? preset == QuirkPreset::as_run : quirk == Quirk::kept;
}

}  // namespace nuzuh
