#include "sim/engine/engine.hpp"

#include "sim/engine/agent/agents.hpp"
#include "sim/engine/compartment/compartments.hpp"
#include "sim/engine/flee3/flee3.hpp"
#include "sim/engine/pooled/pooled.hpp"

namespace nuzuh {

extern template class Agents<RandomLaw>;

namespace {

bool is_pooled(const Member& member) {
    return member.spec.kind == EngineKind::compartments && !member.spec.track_origin &&
           member.world->settings.behaviour.rules != Rules::flee3;
}

/// An engine as a group of one run.
class GroupOfOne final : public EngineGroup {
public:
    explicit GroupOfOne(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}

    void step(std::span<StepRecord> records) override { engine_->step(records[0]); }
    void save(std::size_t, Saver& to) const override { engine_->save(to); }
    void restore(std::size_t, Loader& from) override { engine_->restore(from); }
    Histories histories(std::size_t) const override { return engine_->histories(); }

private:
    std::unique_ptr<Engine> engine_;
};

/// A group of one run as an engine.
class OnlyOne final : public Engine {
public:
    explicit OnlyOne(std::unique_ptr<EngineGroup> group) : group_(std::move(group)) {}

    void step(StepRecord& record) override { group_->step({&record, 1}); }
    void save(Saver& to) const override { group_->save(0, to); }
    void restore(Loader& from) override { group_->restore(0, from); }

private:
    std::unique_ptr<EngineGroup> group_;
};

}  // namespace

std::size_t best_together(std::span<const Member> members) {
    std::size_t count = 1;
    while (count < std::min<std::size_t>(members.size(), octet_runs) && is_pooled(members[0]) &&
           is_pooled(members[count]) && pooled::can_stand_together(members[0], members[count])) {
        ++count;
    }
    return count;
}

std::unique_ptr<EngineGroup> make_group(std::span<const Member> members) {
    if (is_pooled(members.front())) return pooled::make_pooled(members);
    return std::make_unique<GroupOfOne>(make_engine(*members.front().world, members.front().spec));
}

std::unique_ptr<Engine> make_engine(const World& world, const EngineSpec& spec) {
    const Member member{&world, spec};
    if (is_pooled(member)) return std::make_unique<OnlyOne>(make_group({&member, 1}));
    if (world.settings.behaviour.rules == Rules::flee3) {
        return std::make_unique<flee3::Flee3>(world, Draws(spec.seed, spec.run));
    }
    if (spec.kind == EngineKind::compartments) return make_compartments(world, spec);
    return std::make_unique<Agents<RandomLaw>>(world, RandomLaw{Draws(spec.seed, spec.run)}, spec.traces,
                                               spec.threads);
}

}  // namespace nuzuh
