// What an ensemble says of a quantity: its mean and its quantiles over members.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <vector>

namespace nuzuh {

constexpr std::array<double, 5> quantile_levels{0.05, 0.25, 0.5, 0.75, 0.95};

/// Shape    N values.
struct EnsembleSummary {
    std::vector<float> mean;                                          ///< [N]
    std::array<std::vector<float>, quantile_levels.size()> quantile;  ///< [5][N]
};

/// Mean and quantiles over members, value by value.
///
/// Quantiles are by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996); sums run in
/// the order of the members.
///
/// @param values   [N] number of values in each member
/// @param member   the values of one member; called from several threads
/// @param threads  0: all cores
EnsembleSummary summarise(std::size_t members, std::size_t values,
                          const std::function<std::span<const float>(std::size_t)>& member, int threads);

/// The same where members cannot all stand in memory: a part of the values of all members at a time.
///
/// @param member  fetches the values of one member; called from several threads
/// @param room    [bytes] in which values of all members may stand side by side
EnsembleSummary summarise_fetched(std::size_t members, std::size_t values,
                                  const std::function<std::vector<float>(std::size_t)>& member, double room,
                                  int threads);

}  // namespace nuzuh
