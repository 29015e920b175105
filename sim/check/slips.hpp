// Roads that contradict coordinates, slips of the hand that put a place elsewhere, and how to undo them.
#pragma once

#include <array>
#include <cmath>

#include "sim/model/network.hpp"

namespace nuzuh {

/// A position on earth [degrees].
struct LatLon {
    double lat, lon;
};

inline double km_between(const LatLon& a, const LatLon& b) {
    return great_circle_km(a.lat, a.lon, b.lat, b.lon);
}

inline bool on_earth(const LatLon& s) { return std::abs(s.lat) <= 90 && std::abs(s.lon) <= 180; }

/// Shorter than the straight line, but for rounded coordinates.
///
/// Source   judgement: 2 % and half a kilometre
inline bool too_short(double km, double straight_km) { return km * 1.02 + 0.5 < straight_km; }

/// A detour that no road makes.
///
/// Source   judgement: published distances in northwest Syria are 1.04 to 1.45 times the straight line
inline bool too_long(double km, double straight_km) { return km > 5 * straight_km + 100; }

/// A slip that puts a place elsewhere, undone.
struct Cure {
    const char* slip;
    LatLon (*undone)(const LatLon&);
};

/// Distances between places that share a slip stay as they are, but where latitude and longitude are swapped, the
/// first of these.
inline constexpr std::array cures = {Cure{"latitude and longitude look swapped",
                                          [](const LatLon& s) {
                                              return LatLon{s.lon, s.lat};
                                          }},
                                     Cure{"the longitude seems to lack its minus, or to have one too many",
                                          [](const LatLon& s) {
                                              return LatLon{s.lat, -s.lon};
                                          }},
                                     Cure{"the latitude seems to lack its minus, or to have one too many",
                                          [](const LatLon& s) {
                                              return LatLon{-s.lat, s.lon};
                                          }},
                                     Cure{"latitude and longitude seem to lack their minus",
                                          [](const LatLon& s) {
                                              return LatLon{-s.lat, -s.lon};
                                          }},
                                     Cure{"the point in the latitude looks shifted",
                                          [](const LatLon& s) {
                                              return LatLon{10 * s.lat, s.lon};
                                          }},
                                     Cure{"the point in the longitude looks shifted",
                                          [](const LatLon& s) {
                                              return LatLon{s.lat, 10 * s.lon};
                                          }},
                                     Cure{"the point in the longitude looks shifted", [](const LatLon& s) {
                                              return LatLon{s.lat, s.lon / 10};
                                          }}};

}  // namespace nuzuh
