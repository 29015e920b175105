#include "sim/engine/engine.hpp"

#include "sim/engine/agent/agents.hpp"
#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/flee3/flee3.hpp"

namespace nuzuh {

extern template class Agents<RandomLaw>;

std::unique_ptr<Engine> make_engine(const World& world, const EngineSpec& spec) {
    if (world.settings.behaviour.rules == Rules::flee3) {
        return std::make_unique<flee3::Flee3>(world, Draws(spec.seed, spec.run));
    }
    if (spec.kind == EngineKind::compartments) return make_compartments(world, spec);
    return std::make_unique<Agents<RandomLaw>>(world, RandomLaw{Draws(spec.seed, spec.run)}, spec.traces,
                                               spec.threads);
}

}  // namespace nuzuh
