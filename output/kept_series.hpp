// The series of an ensemble as far as results keep them, where `output.places` chooses places.
#pragma once

#include <optional>

#include "sim/study/ensemble.hpp"
#include "sim/study/kept_places.hpp"

namespace nuzuh {

/// Series by place and route of every member, of kept places, on a shelf where the ensemble's are, and nothing else of it; none
/// where all places are kept.
std::optional<EnsembleResult> series_of_kept_places(const EnsembleResult& result, const KeptPlaces& kept);

}  // namespace nuzuh
