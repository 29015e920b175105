// Features of GeoJSON as a table.
#pragma once

#include "sim/region/sheet.hpp"

namespace nuzuh::region {

/// Properties as columns, and `lat`, `lon`: of a point itself; of an area a point inside, in the middle of the widest piece of
/// the parallel halfway up its largest part.
///
/// Source   RFC 7946
Result<Sheet> read_features(const std::filesystem::path& file);

}  // namespace nuzuh::region
