// Cells of tables that are empty where a number or a date may have been forgotten.
#pragma once

#include "sim/model/settings.hpp"
#include "sim/scenario/node.hpp"
#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Warns of towns without people, camps without a capacity and entries without a last day, where a table has a column
/// for it and the cell is empty, or the key stands there with nothing behind it.
void note_empty_cells(const ScenarioSettings& settings, const Node& tree, Notes& notes);

}  // namespace nuzuh::scenario
