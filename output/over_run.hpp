// What the series of a member come to over its run, by place; and results that keep no series of members.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "output/results.hpp"
#include "sim/engine/fields.hpp"

namespace nuzuh {

/// The sum over records, the last record, or the largest.
enum class Over { sum, last, most };

/// A flow is summed up, a stock is that of the end.
constexpr Over over_of(Kind kind) { return kind == Kind::flow ? Over::sum : Over::last; }

/// What every column of a series comes to.
///
/// @param series  [T, W]
/// @return        [W]
std::vector<double> over_run(std::span<const float> series, std::size_t width, Over how);

/// Whether results hold the series of each member by place, and not its totals alone (`output.members` of the scenario).
bool keeps_series(const Results& results);

/// @param what  that needs the series, as the subject of a sentence
/// @throws      ResultsError that names the setting if results do not hold them
void require_series(const Results& results, std::string_view what);

/// What a place field comes to in every member, from its series or, without them, as it was kept.
///
/// @param how  the largest of people without shelter alone
/// @return     [M][P]
std::vector<std::vector<double>> places_over_run(const Results& results, PlaceField field, Over how);

}  // namespace nuzuh
