// Settings that scenarios of earlier versions call by another name.
#pragma once

#include "sim/scenario/node.hpp"
#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Puts what a scenario or a study says under old names where it stands today, each with a warning.
///
///     engine: {track_origin: false}   is   engine: {kind: pooled}
///
/// As an axis of a study, too. An old name beside a new one that says something else is an error.
///
/// @param tree  merged, with all overrides; changed
void take_old_names(Node& tree, Notes& notes);

}  // namespace nuzuh::scenario
