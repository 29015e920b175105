// What a setting means.
#pragma once

#include <string>
#include <string_view>

#include "sim/base/finding.hpp"

namespace nuzuh {

/// Meaning, kind, unit, range, default and source of a key, as a short text for a terminal.
///
/// @param dotted_key  `behaviour.leave.h_max`, `groups.share`, `groups[2].share`; the last part alone
///                    (`h_max`) will do. A section or list gives its keys as well.
/// @return            the text; for an unknown key a finding that names the nearest right one
Result<std::string> explain_key(std::string_view dotted_key);

/// Every key with its unit, default and sentence, a line each, in the order of the scenario.
std::string explain_all();

}  // namespace nuzuh
