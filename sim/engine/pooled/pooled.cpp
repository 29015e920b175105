#include "sim/engine/pooled/pooled.hpp"

#include <algorithm>
#include <tuple>

#include "sim/engine/pooled/step.hpp"

namespace nuzuh::pooled {
namespace {

template <class Policy>
class Pooled final : public Engine {
public:
    Pooled(std::span<const Member> members, std::vector<Policy> policies)
        : setup_(members, std::move(policies)), state_(setup_), scratch_(setup_, state_) {}

    void step(std::span<StepRecord> records) override { pooled::step(setup_, state_, scratch_, records); }
    void save(std::size_t run, Saver& to) const override { pooled::save(setup_, state_, run, to); }
    void restore(std::size_t run, int steps, Loader& from) override {
        pooled::restore(state_, run, steps, from);
        count(setup_, state_, scratch_);
    }

private:
    Setup<Policy> setup_;
    State state_;
    Scratch scratch_;
};

/// Whether people move between the same places at the same times, whoever lives there and whatever roads are closed.
bool have_same_map(const World& a, const World& b) {
    const auto is_same = [](const PlaceSettings& one, const PlaceSettings& other) {
        return std::tie(one.place, one.type, one.admission, one.leads_to) ==
               std::tie(other.place, other.type, other.admission, other.leads_to);
    };
    return a.settings.period == b.settings.period && a.modes == b.modes &&
           std::equal(a.places.begin(), a.places.end(), b.places.begin(), b.places.end(), is_same);
}

}  // namespace

bool can_stand_together(const Member& a, const Member& b) {
    const World &v = *a.world, &w = *b.world;
    const bool may_differ =
        a.spec.mode == DrawMode::stochastic && !v.network->journeys.empty() && !w.network->journeys.empty();
    return a.spec.mode == b.spec.mode && (v.network.is_shared_with(w.network) || may_differ) &&
           (&v == &w || have_same_map(v, w)) && v.group_count() == w.group_count() &&
           v.mobile_groups == w.mobile_groups && v.mode_of_group == w.mode_of_group &&
           v.departures.size() == w.departures.size();
}

std::unique_ptr<Engine> make_pooled(std::span<const Member> members) {
    if (members.front().spec.mode == DrawMode::expected)
        return std::make_unique<Pooled<ExpectedPolicy>>(members, std::vector<ExpectedPolicy>(members.size()));
    std::vector<RandomPolicy> policies;
    for (const auto& [world, spec] : members) policies.push_back({Draws(spec.seed, spec.run)});
    return std::make_unique<Pooled<RandomPolicy>>(members, std::move(policies));
}

}  // namespace nuzuh::pooled
