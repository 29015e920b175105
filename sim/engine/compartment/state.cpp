#include "sim/engine/compartment/state.hpp"

#include <algorithm>

namespace nuzuh::compartment {

std::vector<char> any_open_home(const World& world, int step) {
    const StepInputs& inputs = world.inputs[std::size_t(step)];
    const Reach& reach = world.reach(step);
    std::vector<char> open_part(std::size_t(reach.part_count), false), any;
    for (int o = 0; o < world.place_count(); ++o) {
        for (int part : reach.parts[std::size_t(o)])
            open_part[std::size_t(part)] |= char(inputs.may_return(o));
    }
    for (const auto& parts : reach.parts)
        any.push_back(
            std::any_of(parts.begin(), parts.end(), [&](int part) { return open_part[std::size_t(part)]; }));
    return any;
}

}  // namespace nuzuh::compartment
