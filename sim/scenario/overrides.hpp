// Keys set on the command line.
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Lays each `key=value` over the scenario, one after the other: a dotted path whose steps into lists are identities or
/// positions from 0. The value is read as YAML, and replaces what the key said before; `~` takes it away. A key may be
/// set by a former name, and then not by the new one too.
void set_keys(Node& scenario, const std::vector<std::string>& options, Sources& sources, Notes& notes);

}  // namespace nuzuh::scenario
