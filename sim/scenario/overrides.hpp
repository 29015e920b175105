// Keys set on the command line.
#pragma once

#include <string>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Lays `key=value` over the scenario: a dotted path whose steps into lists are identities or positions from
/// 0. The value is read as YAML, and replaces what the key said before; `~` takes it away.
void set_key(Node& scenario, const std::string& option, Sources& sources, Notes& notes);

}  // namespace nuzuh::scenario
