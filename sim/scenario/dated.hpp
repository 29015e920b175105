// What only the text of a scenario shows to be doubtful: which entries stand in which file, and which cells are empty.
#pragma once

#include "sim/model/settings.hpp"
#include "sim/scenario/node.hpp"
#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Warns of dated entries that lie outside the period, of those that an entry behind them replaces in silence, and of
/// cells that are empty where a number is expected. What a scenario says over the one that it extends replaces it on
/// purpose, and entries of one that is extended may lie outside a period that was made shorter.
void note_doubtful_entries(const ScenarioSettings& settings, const Node& tree, const Sources& sources,
                           Notes& notes);

}  // namespace nuzuh::scenario
