// People as whole households.
#pragma once

#include <vector>

#include "sim/base/count.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh {

/// Households of a group at a place.
struct GroupHouseholds {
    Count households = 0;
    Count immobile = 0;  ///< of them, who will not leave
};

/// People of a household of a group [persons].
inline double household_size(const GroupSettings& group, MovingUnit unit) {
    return unit == MovingUnit::person ? 1 : group.household_size;
}

/// Divides the people of a place among its groups, in whole households.
///
/// Every group has its share, rounded. Where many small shares round to the same side, so that the place as a whole
/// is more than a household short or over, groups have one more or one fewer, those with the largest remainders
/// first, until it is as near as whole households come. The same holds for those who will not leave.
///
/// @param people  [persons] who live there
/// @return        by group
std::vector<GroupHouseholds> settle_groups(const List<GroupSettings>& groups, MovingUnit unit, double people);

}  // namespace nuzuh
