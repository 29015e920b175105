// Why people came to a place: those who arrived in some days by what made them leave, by home and by the road they came
// over, from members that are run anew.
#pragma once

#include <vector>

#include "sim/study/ensemble.hpp"

namespace nuzuh {

/// Which arrivals are asked about: those at a place during some steps.
struct ArrivalsAsked {
    int place;
    int first_step, end_step;  ///< from the first up to the end
};

/// Arrivals in flight of one member [persons]. What is divided adds up to all, but for the road of those who found their home
/// fallen when they came back.
///
/// Shape    P places, R roads.
struct ExplainedArrivals {
    double all = 0;
    ByCause<double> by_cause;
    std::vector<double> by_home;       ///< [P]; empty for pooled runs, which forget homes
    std::vector<double> by_last_road;  ///< [R] those who came over a road that ends at the place
};

/// Runs members as far as is asked. Draws are addressed: they move as those of the same ensemble did before.
///
/// @return  [members]
/// @throws  std::invalid_argument if no engine does what is asked, as rules: flee3 know no causes; ModelFault
std::vector<ExplainedArrivals> explain_arrivals(const World& world, const EnsembleSpec& spec,
                                                const ArrivalsAsked& asked);

}  // namespace nuzuh
