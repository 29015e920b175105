// Names that keys had in former versions, read as the names that they have now.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Gives every key of a scenario, and every axis of a study, the name that it has now.
///
/// Each former name is a warning that says the new one; a former name beside the new one in the same map is an error.
void rename_former_keys(Node& scenario, Notes& notes);

/// A dotted path with the names that its keys have now: `behaviour.leave.run_noise` for
/// `behaviour.leave.lasting_noise`. Names and positions of a list's entries stay as they are.
///
/// @return  nothing if no part of the path is a former name
std::optional<std::string> path_today(std::string_view path);

}  // namespace nuzuh::scenario
