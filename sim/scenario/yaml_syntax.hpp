// What is wrong with the YAML itself, in plain words.
#pragma once

#include <string_view>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Notes a syntax error. A tab in the indentation, or a ":" without a space on the line before, is named as
/// the likely cause.
///
/// @param parser_message  the YAML parser's own words
void note_syntax(const Spot& spot, std::string_view parser_message, const Sources& sources, Notes& notes);

}  // namespace nuzuh::scenario
