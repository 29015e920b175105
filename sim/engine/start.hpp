// Who is displaced already when a run starts.
#pragma once

#include <cmath>
#include <vector>

#include "sim/engine/draw_policy.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// The displaced households of a world in one run, row by row.
///
/// Counts that are uncertain are multiplied by a gamma factor of mean 1 that the rows of a place share, and then all
/// by one number so that their sum stays: nobody appears or vanishes, but where people are is known only roughly.
template <class Policy>
std::vector<Count> displaced_at_start(const Policy& policy, const World& world) {
    std::vector<double> drawn;
    double counted = 0, sum = 0;
    for (const auto& row : world.displaced) {
        const double factor =
            policy.gamma_factor({Purpose::count, 0, std::uint64_t(row.place)}, row.uncertainty);
        drawn.push_back(double(row.households) * factor);
        counted += double(row.households);
        sum += drawn.back();
    }
    std::vector<Count> result;
    double passed = 0;
    Count given = 0;
    for (double households : drawn) {
        passed += households;
        result.push_back(std::max<Count>(0, std::llround(passed * counted / sum) - given));
        given += result.back();
    }
    return result;
}

}  // namespace nuzuh
