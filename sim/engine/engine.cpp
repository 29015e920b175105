#include "sim/engine/engine.hpp"

#include "sim/base/batch.hpp"
#ifndef __EMSCRIPTEN__
#include "sim/engine/agent/agents.hpp"
#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/flee3/flee3.hpp"
#endif
#include "sim/engine/pooled/pooled.hpp"
#include "sim/model/engine_choice.hpp"

namespace nuzuh {

namespace {

constexpr auto cannot_continue = "this engine cannot be stopped and continued";

#ifdef __EMSCRIPTEN__
std::unique_ptr<Engine> make_engine_of_one(const World&, const EngineSpec&) {
    throw std::invalid_argument("the engine of pages moves pooled runs alone");
}
#else
std::unique_ptr<Engine> make_engine_of_one(const World& world, const EngineSpec& spec) {
    if (world.settings.behaviour.rules == Rules::flee3) {
        return std::make_unique<flee3::Flee3>(world, Draws(spec.seed, spec.run));
    }
    if (spec.kind == EngineKind::compartments) return compartment::make_compartments(world, spec);
    return agent::make_agents(world, spec);
}
#endif

}  // namespace

void Engine::save(std::size_t, Saver&) const { throw ModelFault(cannot_continue); }
void Engine::restore(std::size_t, int, Loader&) { throw ModelFault(cannot_continue); }
Histories Engine::histories(std::size_t) const { return {}; }

std::size_t most_together(EngineKind kind) { return kind == EngineKind::pooled ? batch_runs : 1; }

std::size_t best_together(std::span<const Member> members) {
    std::size_t count = 1;
    const std::size_t most = members.empty() ? 1 : most_together(members.front().spec.kind);
    while (count < std::min(members.size(), most) && members[count].spec.kind == EngineKind::pooled &&
           pooled::can_stand_together(members.front(), members[count])) {
        ++count;
    }
    return count;
}

std::unique_ptr<Engine> make_engine(std::span<const Member> members) {
    for (const auto& [world, spec] : members) {
        require_engine({.rules = world->settings.behaviour.rules,
                        .kind = spec.kind,
                        .mode = spec.mode,
                        .traces = spec.traces,
                        .causes = spec.counts_causes()});
    }
    if (members.empty() || best_together(members) != members.size())
        throw std::invalid_argument("no engine moves these runs together");
    if (members.front().spec.kind == EngineKind::pooled) return pooled::make_pooled(members);
    return make_engine_of_one(*members.front().world, members.front().spec);
}

std::unique_ptr<Engine> make_engine(const World& world, const EngineSpec& spec) {
    const Member member{&world, spec};
    return make_engine(std::span(&member, 1));
}

}  // namespace nuzuh
