// Places at which routes part.
#pragma once

#include <vector>

#include "sim/region/pairs.hpp"

namespace nuzuh::region {

/// The roads of pairs laid together: vertices beside the towns are forks, at which three or more of them meet.
///
/// Forks at most `fork_km` apart become one, half the stretch between them going to the roads on either side: a way along
/// the stretch keeps its length, one past its end grows by it. A fork as near to a town is the town. Each is done only
/// where no way between towns nearby grows by more than a hundredth [judgement].
RoadGraph laid_together(const RoadGraph& graph, const std::vector<TownPair>& pairs, double fork_km);

}  // namespace nuzuh::region
