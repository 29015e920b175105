// People of the cells of a grid at the places of a region.
#pragma once

#include "sim/region/population.hpp"

namespace nuzuh::region {

/// Adds the people of a GeoTIFF of people a cell.
Findings add_grid(const std::filesystem::path& file, const Boundaries& boundaries, const Gazetteer& gazetteer,
                  PeopleCount& people);

/// The same of a table of points, with columns x, y and value.
void add_points(const Sheet& sheet, const Boundaries& boundaries, const Gazetteer& gazetteer,
                PeopleCount& people, Findings& found);

}  // namespace nuzuh::region
