// What GDAL reads for this program: its own programs are run where they are installed, and nothing is linked.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/finding.hpp"

namespace nuzuh::region {

/// Whether a file is a vector file that GDAL reads for this program: GeoPackage, shapefile, file geodatabase, or a ZIP that holds
/// some.
bool is_vector_of_gdal(const std::filesystem::path& file);

/// Whether a file is a grid that GDAL reads for this program: GeoTIFF, or a ZIP that holds one.
bool is_grid_of_gdal(const std::filesystem::path& file);

/// Called with the name of a layer and one of its features as GeoJSON, in WGS 84.
using FeatureVisit = std::function<void(const std::string& layer, std::string_view feature)>;

/// Reads the layers of a vector file by ogrinfo and ogr2ogr, one feature after the other. Attributes that are not UTF-8, as those of
/// a shapefile without .cpg may be, are read as Windows-1252.
///
/// @return  an error where GDAL is not installed or complains; warnings about layers whose reference system is not known
/// Source   gdal.org/programs/ogr2ogr.html, gdal.org/drivers/vector/geojsonseq.html
Findings read_layers(const std::filesystem::path& file, const FeatureVisit& visit);

/// Called with the middle of a cell [degrees] and its value.
using CellVisit = std::function<void(double lat, double lon, double value)>;

/// Reads the cells of a grid of one band by gdalinfo, gdal_translate and gdaltransform, row by row from the top. Cells without
/// data, of no number or below zero are passed over.
///
/// @return  an error where GDAL is not installed or complains, and of grids that are no counts on known ground
/// Source   gdal.org/programs/gdal_translate.html
Findings read_grid(const std::filesystem::path& file, const CellVisit& visit);

}  // namespace nuzuh::region
