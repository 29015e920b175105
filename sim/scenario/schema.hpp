// The scenario's form, for editors.
#pragma once

#include <string>

namespace nuzuh {

/// JSON Schema (draft-07) of a scenario: kinds, ranges, choices, and the sentence and unit of every key.
///
/// A scenario that `extends` another may leave out what is required there and set keys to null.
std::string json_schema();

}  // namespace nuzuh
