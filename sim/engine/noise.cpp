#include "sim/engine/noise.hpp"

#include <algorithm>

namespace nuzuh {
namespace {

/// Share of each place in all who pull others; a quarter is spread evenly over the places that anybody is drawn to, so
/// that a place where nobody is yet may be the next.
Eigen::ArrayXd shares(const std::vector<int>& attracting, const Eigen::ArrayXd& pulling) {
    constexpr double spread_evenly = 0.25;
    Eigen::ArrayXd attracts = Eigen::ArrayXd::Zero(pulling.size());
    for (int j : attracting) attracts(j) = 1;
    const Eigen::ArrayXd there = pulling * attracts;
    Eigen::ArrayXd even = attracts / std::max(1.0, attracts.sum());
    if (!(there.sum() > 0)) return even;
    return spread_evenly * even + (1 - spread_evenly) * there / there.sum();
}

}  // namespace

void Overdispersion::update(const World& world, int step, const Eigen::ArrayXd& pulling) {
    if (!is_due(world, step)) return;
    period_ = period(world, step);
    const Eigen::ArrayXd share = shares(world.attraction->attracting[std::size_t(step)].to, pulling);
    for (int j = 0; j < world.place_count(); ++j)
        factor_(j) =
            share(j) > 0
                ? draw_(period_, j, world.settings.behaviour.choose.overdispersion / std::sqrt(share(j)))
                : 1;
}

}  // namespace nuzuh
