// The nearest right word for a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nuzuh {

/// Number of single-letter changes (insert, delete, replace, swap neighbours) between two words,
/// ignoring ASCII case.
///
/// Source   optimal string alignment distance, the restricted form of Damerau-Levenshtein.
/// Cost     O(|a| |b|).
int edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, or "" when none is near enough to be meant.
///
/// Near enough: at most one change for every three letters, and at least one allowed.
std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace nuzuh
