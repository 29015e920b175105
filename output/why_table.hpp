// Why people came to a place, as a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/model/world.hpp"
#include "sim/study/why.hpp"

namespace nuzuh {

/// A part of those who arrived.
struct WhyRow {
    std::string_view by;          ///< "cause", "home" or "last road"
    std::string id;               ///< of the cause, the place or the route
    std::string name;             ///< as people read it
    std::vector<double> persons;  ///< [members]
    double mean = 0;              ///< over members
};

/// All who arrived at a place, by cause, by home and by last road; within each the largest first, and nobody left out. A kind
/// without rows does not apply.
std::vector<WhyRow> why_rows(const World& world, int place, const std::vector<ExplainedArrivals>& members);

/// Mean over members, its share of all, and quantiles.
///
/// @param first, last  days asked about
std::string why_csv(const World& world, int place, Date first, Date last,
                    const std::vector<ExplainedArrivals>& members);

}  // namespace nuzuh
