// What a run has to beat: rules that divide the same people among the same places in a line of thought each.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "sim/study/registrations.hpp"

namespace nuzuh {

/// Simple rules that a model has to beat; `baselines` describes them.
enum class Baseline { persistence, gravity, gravity_with_size, fill_to_capacity, equal_shares };

/// A baseline in words.
struct BaselineInfo {
    Baseline kind;
    std::string_view name;
    std::string_view meaning;
};

constexpr std::array<BaselineInfo, 5> baselines{{
    {Baseline::persistence, "persistence of shares",
     "shares of the first day with anybody counted, for ever"},
    {Baseline::gravity, "gravity", "in proportion to 1 / travel time"},
    {Baseline::gravity_with_size, "gravity with size", "in proportion to capacity / travel time"},
    {Baseline::fill_to_capacity, "fill to capacity", "in proportion to the room that is left; no geography"},
    {Baseline::equal_shares, "equal shares", "each place the same"},
}};

/// Persons leaving each place during each record so that registrations grow as they do: the same under every set of
/// rules, whatever a run made of it.
///
/// Where departures follow from registrations, those; elsewhere the growth of all series together, divided among
/// places as the run's departures are.
///
/// @param days  [T] of the records, since the start of the period
/// @param left  [T, P] persons leaving each place in the run
/// @return      [T, P] persons
Eigen::ArrayXXd leaving_as_registered(const World& world, const std::vector<double>& days,
                                      const Eigen::ArrayXXd& left);

/// The people at each counted place if those who leave were divided by a baseline, arriving at once and staying.
///
/// They start from the counts of the first record. Places that nobody may go to on the day get nobody, except by
/// persistence.
///
/// @param days  [T] of the records, since the start of the period
/// @param left  [T, P] persons leaving each place during each record
/// @return      [T, C] persons; nothing if the baseline rests on capacities and some counted place has none
/// Source       gravity: Ravenstein 1885, Zipf 1946 (doi:10.2307/2087063), here of order 1 in travel time
std::optional<Eigen::ArrayXXd> baseline_counts(Baseline kind, const World& world,
                                               const Registrations& counted, const std::vector<double>& days,
                                               const Eigen::ArrayXXd& left);

}  // namespace nuzuh
