// Columns of exports and their hashtags of the Humanitarian Exchange Language (HXL 1.1).
#pragma once

#include <string_view>

#include "output/csv.hpp"

namespace nuzuh {

/// A dataset of the results as a column: its name, hashtag, unit and meaning; `#indicator` where HXL has no tag for it.
///
/// @param dataset  name in the root of the file, e.g. "displaced"
Column column_of(std::string_view dataset);

}  // namespace nuzuh
