#include "sim/engine/compartment/compartments_impl.hpp"

namespace nuzuh {

std::unique_ptr<Engine> make_compartments(const World& world, const EngineSpec& spec) {
    if (spec.mode == DrawMode::expected) {
        return std::make_unique<Compartments<ExpectedPolicy>>(world, ExpectedPolicy{}, spec);
    }
    return std::make_unique<Compartments<RandomPolicy>>(world, RandomPolicy{Draws(spec.seed, spec.run)}, spec);
}

}  // namespace nuzuh
