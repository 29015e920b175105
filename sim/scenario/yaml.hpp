// YAML into located nodes.
#pragma once

#include <optional>
#include <string_view>

#include "sim/scenario/notes.hpp"

namespace nuzuh::scenario {

/// Most a list or map can be nested.
constexpr int most_depth = 64;

/// What a key means that stands twice in a map: a mistake, or that the last one counts (with a warning), as PyYAML takes it.
enum class KeyTwice { mistake, last_counts };

/// Reads one YAML document. Duplicate keys, tags, keys that are no words, and a second document are findings.
///
/// @param source  index of the source that the text belongs to
/// @param text    the source's text, or the part of its first line that begins after `before` bytes
/// @param twice   what a duplicate key means
/// @return        nothing when the text is not well formed
///
/// Edges    nesting up to 64 deep, up to 1,000,000 values, up to 100,000 of them copied by aliases
std::optional<Node> parse_yaml(const Sources& sources, int source, std::string_view text, int before,
                               Notes& notes, KeyTwice twice = KeyTwice::mistake);

}  // namespace nuzuh::scenario
