// The page of a study: its own results, set by set, with the settings that it varies to choose by.
#pragma once

#include <string>
#include <string_view>

#include "output/reader.hpp"

namespace nuzuh {

/// One HTML page of what `nuzuh sweep` wrote, which needs no other file and no address; see `html_page`. It holds no engine: it shows
/// the totals that the file keeps, of the sets that were run.
///
/// @param language  of the page's own words, one of `page_languages()`
/// @throws  h5::Error if the file holds no study, one that keeps no totals, or more sets than a page can hold
///
/// Cost     dominated by reading every total of every run
std::string study_page(const ResultsFile& file, std::string_view language = "en");

}  // namespace nuzuh
