#include "sim/engine/engine.hpp"

#include "sim/engine/agent/agents.hpp"
#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/flee3/flee3.hpp"
#include "sim/engine/pooled/pooled.hpp"

namespace nuzuh {

extern template class Agents<RandomLaw>;

namespace {

constexpr auto cannot_continue = "this engine cannot be stopped and continued";

bool is_pooled(const Member& member) {
    return member.spec.kind == EngineKind::compartments && !member.spec.track_origin &&
           member.world->settings.behaviour.rules != Rules::flee3;
}

std::unique_ptr<Engine> make_engine_of_one(const World& world, const EngineSpec& spec) {
    if (world.settings.behaviour.rules == Rules::flee3) {
        return std::make_unique<flee3::Flee3>(world, Draws(spec.seed, spec.run));
    }
    if (spec.kind == EngineKind::compartments) return make_compartments(world, spec);
    return std::make_unique<Agents<RandomLaw>>(world, RandomLaw{Draws(spec.seed, spec.run)}, spec.traces,
                                               spec.threads);
}

}  // namespace

void Engine::save(std::size_t, Saver&) const { throw ModelFault(cannot_continue); }
void Engine::restore(std::size_t, Loader&) { throw ModelFault(cannot_continue); }
Histories Engine::histories(std::size_t) const { return {}; }

std::size_t best_together(std::span<const Member> members) {
    std::size_t count = 1;
    while (count < std::min<std::size_t>(members.size(), batch_runs) && is_pooled(members[0]) &&
           is_pooled(members[count]) && pooled::can_stand_together(members[0], members[count])) {
        ++count;
    }
    return count;
}

std::unique_ptr<Engine> make_engine(std::span<const Member> members) {
    if (members.empty() || best_together(members) != members.size())
        throw std::invalid_argument("make_engine: runs that cannot be moved together");
    if (is_pooled(members.front())) return pooled::make_pooled(members);
    return make_engine_of_one(*members.front().world, members.front().spec);
}

std::unique_ptr<Engine> make_engine(const World& world, const EngineSpec& spec) {
    const Member member{&world, spec};
    return make_engine(std::span(&member, 1));
}

}  // namespace nuzuh
