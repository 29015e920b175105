// Features of GeoJSON, GeoPackage and shapefiles as a table.
#pragma once

#include "sim/region/sheet.hpp"

namespace nuzuh::region {

/// Properties as columns, and `lat`, `lon`: of a point itself; of an area a point inside, see `point_inside`. Of several
/// layers those that suit best are taken. Everything but GeoJSON is read by GDAL.
///
/// Source   RFC 7946
Result<std::vector<Sheet>> read_features(const std::filesystem::path& file, const SheetScore& suits);

}  // namespace nuzuh::region
