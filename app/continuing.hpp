// Runs that are stopped on a day and go on from there later.
#pragma once

#include <filesystem>
#include <optional>

#include "sim/study/ensemble.hpp"

namespace nuzuh::app {

/// Reads the checkpoint that a run is to go on from; prints why it cannot.
///
/// @return  nothing if it cannot go on from there
std::optional<Checkpoint> checkpoint_to_continue(const std::filesystem::path& file, const World& world,
                                                 const EnsembleSpec& spec);

}  // namespace nuzuh::app
