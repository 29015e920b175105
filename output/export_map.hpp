// Results as GeoJSON (RFC 7946), for QGIS.
#pragma once

#include <vector>

#include "output/export.hpp"

namespace nuzuh {

/// Places and routes with what passed over the whole run, and again by week, a feature for each place and week with
/// the days from and to, which QGIS's temporal controller steps through.
std::vector<ExportedFile> map_files(const ResultsFile& file);

/// Sub-districts by week, at the mean position of their places; no places, no routes.
std::vector<ExportedFile> shared_map_files(const ResultsFile& file);

}  // namespace nuzuh
