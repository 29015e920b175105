// How dangerous a place is, and how that drives people away.
#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <string_view>
#include <utility>

namespace nuzuh {

/// How dangerous a place is on a day, from no strikes to fallen; everything from `from_1` on is danger.
///
/// Source   judgement: the index is 1, 2 and 3 under 1, 3 and 7 strikes a day that go on; ground troops come above
///          any bombardment, because people who stay then seldom get another chance to leave.
enum class DangerBand { below_1, from_1, from_2, from_3, assault, fallen, count_ };
constexpr int danger_band_count = int(DangerBand::count_);

/// Name and meaning of each band.
constexpr std::array<std::pair<std::string_view, std::string_view>, danger_band_count> danger_bands{{
    {"below 1", "danger index below 1: less than a strike a day in reach"},
    {"1 to 2", "danger index from 1 to 2: one to three strikes a day in reach"},
    {"2 to 3", "danger index from 2 to 3: three to seven strikes a day in reach"},
    {"3 and more", "danger index of 3 or more: seven strikes a day in reach or more"},
    {"under assault", "under ground assault, whatever the danger index"},
    {"fallen", "has fallen"},
}};

namespace rules {

/// Part of something remembered that is left after some days: 2^(-days / half-life).
inline double memory_left(double days, double half_life_days) { return std::exp2(-days / half_life_days); }

/// Weight of what happens some way off: exp(-distance / reach). Of strikes, and of fronts.
///
/// @tparam N  a double or an array of Eigen
template <class N>
auto distance_decay(const N& km, double reach_km) {
    using std::exp;
    return exp(-km / reach_km);
}

/// Exposure after a step [strikes].
///
///     exposure * 2^(-length / half-life) + strikes_in_reach * length
inline double remembered_exposure(double half_life_days, double exposure, double strikes_in_reach_per_day,
                                  double length_days) {
    return exposure * memory_left(length_days, half_life_days) + strikes_in_reach_per_day * length_days;
}

/// Danger index of a place.
///
///     log2(1 + exposure * ln 2 / half-life)
///
/// About 1 under a steady strike a day, and one more for each doubling after that: the choice of
/// destination then falls as a power of the strikes, not to nothing.
inline double danger_index(double half_life_days, double exposure) {
    return std::log2(1 + exposure * std::numbers::ln2 / half_life_days);
}

/// Band of a place that is neither under assault nor fallen.
inline DangerBand danger_band(double danger_index) {
    if (danger_index < 1) return DangerBand::below_1;
    if (danger_index < 2) return DangerBand::from_1;
    return danger_index < 3 ? DangerBand::from_2 : DangerBand::from_3;
}

/// Response of leaving to exposure.
///
///     response = x^n / (1 + x^n),  x = exposure / threshold
///
/// @param exposure   strikes in memory [strikes], >= 0
/// @param threshold  exposure at half response [strikes], > 0
/// @param steepness  n [-], > 0
/// @return           [-] in [0, 1), 0 without exposure, 1/2 at the threshold
inline double response(double exposure, double threshold, double steepness) {
    if (!(exposure > 0)) return 0;
    return 1 / (1 + std::pow(threshold / exposure, steepness));
}

}  // namespace rules
}  // namespace nuzuh
