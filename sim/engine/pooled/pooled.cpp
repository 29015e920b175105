#include "sim/engine/pooled/pooled_impl.hpp"

namespace nuzuh::pooled {

bool can_stand_together(const Member& a, const Member& b) {
    const World &v = *a.world, &w = *b.world;
    return a.spec.mode == b.spec.mode && v.network.is_shared_with(w.network) &&
           v.group_count() == w.group_count() && v.mobile_groups == w.mobile_groups &&
           v.mode_of_group == w.mode_of_group && v.departures.size() == w.departures.size();
}

std::unique_ptr<Engine> make_pooled(std::span<const Member> members) {
    if (members.front().spec.mode == DrawMode::expected) {
        return std::make_unique<Pooled<ExpectedPolicy>>(members, std::vector<ExpectedPolicy>(members.size()));
    }
    std::vector<RandomPolicy> policies;
    for (const auto& [world, spec] : members) policies.push_back({Draws(spec.seed, spec.run)});
    return std::make_unique<Pooled<RandomPolicy>>(members, std::move(policies));
}

}  // namespace nuzuh::pooled
