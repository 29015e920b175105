// The brief: one HTML page that shows a results file without any other program or address.
#pragma once

#include <string>
#include <string_view>

#include "output/reader.hpp"

namespace nuzuh {

/// Whether the page holds the engine, and levers by which a reader changes what the scenario says. There are none where the scenario
/// has other rules than the engine of pages.
enum class Levers { shown, left_out };

/// The page, complete: text, style, script, pictures and the data they show.
///
/// The same file gives the same bytes. Its content security policy lets nothing but its own style and script act,
/// named by their SHA-256 digests, and nothing be fetched.
///
/// @param language  of the page's own words, one of `page_languages()`; what the scenario says stays as it was written
/// @param against  a run on the same network and days that the page compares with, or nullptr
/// @throws  h5::Error if the file lacks what the page needs, or the two cannot be compared
///
/// Cost     dominated by reading arrivals and departures of all members
std::string brief_page(const ResultsFile& file, const ResultsFile* against = nullptr,
                       Levers levers = Levers::shown, std::string_view language = "en");

}  // namespace nuzuh
