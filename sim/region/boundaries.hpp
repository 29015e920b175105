// Administrative units that places and cells of a grid lie in: by their boundaries, or by names alone.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "sim/region/gazetteer.hpp"

namespace nuzuh::region {

/// Units in force.
struct Boundaries {
    std::vector<AdminUnits> units;  ///< whose areas are known
    Areas areas{{}};                ///< of each of `units`
    std::vector<AdminUnits> named;  ///< of which only the names are known
    Findings notes;

    bool have_areas() const { return !units.empty(); }
};

/// Reads units with P-codes. Boundaries are GeoJSON, and by GDAL shapefiles, GeoPackage and a ZIP of them; of several layers the
/// deepest up to `level` is taken. A table without areas (COD-AB as XLSX or CSV, OCHA's global list of P-codes) names units. Those
/// without P-code and those no longer in force (valid_to) are left out.
///
/// Source   OCHA COD-AB, adm{level}_pcode; fieldmaps.io and HDX, global_pcodes (Admin Level, P-Code, Parent P-Code)
Result<Boundaries> read_boundaries(const std::vector<std::filesystem::path>& files, std::optional<int> level);

/// Gives places the codes and names of the units they lie in, where they have none: by area, or by a name that just one unit bears,
/// letters without accents alone, in the country of the place where it is known.
///
/// @param notes  places that get none by name, or whose own code is another; units without any place
/// @return       [place] whether it lies in an area; all do where there are none
std::vector<bool> put_into_units(const Boundaries& boundaries, Gazetteer& gazetteer, Findings& notes);

}  // namespace nuzuh::region
