#include "sim/engine/engine.hpp"

#include "sim/engine/agent/agents.hpp"
#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/flee3/flee3.hpp"

namespace nuzuh {

extern template class Compartments<RandomLaw>;
extern template class Compartments<ExpectedLaw>;
extern template class Agents<RandomLaw>;

std::unique_ptr<Engine> make_engine(const World& world, const EngineSpec& spec) {
    if (world.settings.behaviour.rules == Rules::flee3) {
        return std::make_unique<flee3::Flee3>(world, Draws(spec.seed, spec.run));
    }
    const RandomLaw chance{Draws(spec.seed, spec.run)};
    if (spec.kind == EngineKind::agents) {
        return std::make_unique<Agents<RandomLaw>>(world, chance, spec.traces);
    }
    if (spec.mode == DrawMode::expected) {
        return std::make_unique<Compartments<ExpectedLaw>>(world, ExpectedLaw{});
    }
    return std::make_unique<Compartments<RandomLaw>>(world, chance);
}

}  // namespace nuzuh
