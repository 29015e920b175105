#include "output/longitude.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nuzuh {

double normal_longitude(double lon) {
    if (lon >= -180 && lon <= 180) return lon;
    return lon - 360 * std::floor((lon + 180) / 360);
}

double western_end(std::vector<double> lon) {
    if (lon.empty()) return -180;
    std::sort(lon.begin(), lon.end());
    std::size_t west = 0;
    double widest = lon.front() + 360 - lon.back();
    for (std::size_t i = 1; i < lon.size(); ++i) {
        if (lon[i] - lon[i - 1] <= widest) continue;
        widest = lon[i] - lon[i - 1];
        west = i;
    }
    return lon.back() - lon.front() <= 180 ? lon.front() : lon[west];
}

double from_west(double west, double lon) { return lon >= west ? lon : lon + 360; }

double mean_longitude(const std::vector<double>& lon) {
    if (lon.empty()) return 0;
    const double west = western_end(lon);
    const double sum = std::accumulate(lon.begin(), lon.end(), 0.0, [&](double total, double x) {
        return total + from_west(west, x) - west;
    });
    return normal_longitude(west + sum / double(lon.size()));
}

std::vector<std::pair<Position, Position>> cut_at_date_line(Position a, Position b) {
    // A place on the meridian itself lies on the side of the other.
    if (std::abs(a.lon) == 180) a.lon = std::copysign(180, b.lon);
    if (std::abs(b.lon) == 180) b.lon = std::copysign(180, a.lon);
    if (std::abs(b.lon - a.lon) <= 180) return {{a, b}};
    const double side = std::copysign(180, a.lon);
    const double east = b.lon + 2 * side;  // b in the frame of a
    const double lat = a.lat + (b.lat - a.lat) * (side - a.lon) / (east - a.lon);
    return {{a, {lat, side}}, {{lat, -side}, b}};
}

}  // namespace nuzuh
