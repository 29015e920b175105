#include "sim/engine/compartment/state.hpp"

#include <algorithm>

namespace nuzuh::compartment {

std::vector<double> strongest_returns(const World& world, int step, const Eigen::ArrayXd& returning) {
    const Reach& reach = world.reach(step);
    std::vector<double> of_part(std::size_t(reach.part_count), 0), strongest;
    for (int o = 0; o < world.place_count(); ++o) {
        for (int part : reach.parts[std::size_t(o)]) {
            double& rate = of_part[std::size_t(part)];
            rate = std::max(rate, world.return_rate * returning(o));
        }
    }
    for (const auto& parts : reach.parts) {
        strongest.push_back(0);
        for (int part : parts) strongest.back() = std::max(strongest.back(), of_part[std::size_t(part)]);
    }
    return strongest;
}

}  // namespace nuzuh::compartment
