// Members that draw what is not known, each on the World that follows.
#pragma once

#include <memory>
#include <vector>

#include "sim/model/world.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh {

/// A member's World, and what it drew.
struct DrawnMember {
    std::shared_ptr<const World> world;
    std::vector<double> values;  ///< see `Unknowns::Member`
};

/// What some members draw. Those that draw the same stand on one World; parts of others that nothing drawn changes are
/// shared.
///
/// @param base  the scenario that the unknowns are of
/// @return      [count]
/// @throws      ModelFault if what a member drew makes no sense
std::vector<DrawnMember> draw_members(const World& base, const Unknowns& unknowns, int first, int count);

}  // namespace nuzuh
