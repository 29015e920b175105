// What the brief shows, taken from a results file: one JSON object with a member for each part of the page.
#pragma once

#include "output/page/html.hpp"
#include "output/reader.hpp"

namespace nuzuh {

/// Everything that the page needs.
///
/// Persons of all places together are whole numbers. Persons by place are rounded to tens and counts below ten are
/// left out (0), for the page is made to be handed on.
///
/// Edges    parts that a file does not have (reported figures, planning figures, a border) are left out
/// @param against  a run to compare with, or nullptr
Json brief_data(const ResultsFile& file, const ResultsFile* against);

}  // namespace nuzuh
