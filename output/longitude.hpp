// Longitudes on both sides of the 180th meridian, where the numbers jump from 180 to -180.
#pragma once

#include <utility>
#include <vector>

namespace nuzuh {

/// The same meridian between -180 and 180 [degrees east].
double normal_longitude(double lon);

/// Western end of the shortest stretch of meridians that holds all of these: their smallest where they do not lie on
/// both sides of the 180th meridian [degrees east].
double western_end(std::vector<double> lon);

/// The same meridian from `west` up to 360 degrees east of it: longitudes in one frame, without a jump.
double from_west(double west, double lon);

/// Mean over the shortest stretch that holds all, between -180 and 180 [degrees east]. 0 for none.
double mean_longitude(const std::vector<double>& lon);

/// Position on the earth [degrees].
struct Position {
    double lat = 0;
    double lon = 0;
};

/// A straight line between two places as GeoJSON draws it: one part, or two that meet at the 180th meridian.
///
/// Source  RFC 7946, 3.1.9, "Antimeridian Cutting".
std::vector<std::pair<Position, Position>> cut_at_date_line(Position a, Position b);

}  // namespace nuzuh
