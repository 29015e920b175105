// Points that fill a cube more evenly than chance does.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace nuzuh {

constexpr int most_sobol_dimensions = 3667;

/// The first points of Sobol's sequence, from its point 0 on: any 2^m of them from the start form a net, in
/// which every box of a binary partition holds its share. Leaving out point 0 would spoil that.
///
/// With a seed the net is scrambled: in each dimension the binary digits are multiplied by a random lower
/// triangular matrix and shifted. It stays a net, every point becomes uniform, and nets of different seeds
/// are independent, so that the spread between them measures the error of a mean over one.
///
/// @param points      at least 0
/// @param dimensions  1 to `most_sobol_dimensions`
/// @return            [points, dimensions] in [0, 1), row by row
///
/// Source   direction numbers of Joe and Kuo 2008 (new-joe-kuo-6) as packaged in Boost.Random; scrambling of
///          Matousek 1998, "On the L2-discrepancy for anchored boxes"; point 0: Owen 2022, "On dropping the
///          first Sobol' point".
std::vector<double> sobol_points(int points, int dimensions, std::optional<std::uint64_t> scramble_seed);

}  // namespace nuzuh
