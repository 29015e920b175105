// Areas on the earth.
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace nuzuh::region {

/// Corners, the last the same as the first [degrees]: longitude, latitude.
using Ring = std::vector<std::array<double, 2>>;
/// An outer ring, and holes.
using Polygon = std::vector<Ring>;

/// A point inside the largest of some polygons, in the middle of the widest piece of the parallel halfway up.
///
/// @return  longitude and latitude; nothing where they have no inside
std::optional<std::array<double, 2>> point_inside(const std::vector<Polygon>& polygons);

/// Finds out which areas points lie in. Rings count by even and odd crossings, so that holes are no part.
class Areas {
public:
    /// @param polygons  of each area
    explicit Areas(const std::vector<std::vector<Polygon>>& polygons);

    /// An area that a point lies in; nothing where it lies in none.
    ///
    /// @param likely  the area that is tried first: neighbours mostly lie in the same
    std::optional<std::size_t> find(double lat, double lon, std::size_t likely = 0) const;

    /// The area whose outline is nearest to a point; nothing where none is within a distance [km].
    std::optional<std::size_t> nearest(double lat, double lon, double within_km) const;

private:
    struct Edge {
        double south, north;          ///< latitudes of its ends
        double lon_south, lon_north;  ///< and their longitudes
    };
    struct Area {
        std::array<double, 2> low, high;        ///< longitude, latitude
        std::vector<std::vector<Edge>> strips;  ///< edges by parts of the area's height

        std::size_t strip_of(double lat) const;
        bool holds(double lat, double lon) const;
    };

    std::vector<Area> areas_;
};

}  // namespace nuzuh::region
