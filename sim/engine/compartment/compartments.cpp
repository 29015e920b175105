#include "sim/engine/compartment/compartments.hpp"

#include "sim/engine/compartment/step.hpp"

namespace nuzuh::compartment {
namespace {

void save(const SparseArrivals<Count>& arrivals, Saver& to) { to(arrivals.all); }
void save(const Eigen::ArrayXXd& arrivals, Saver& to) { to(arrivals); }
template <class Policy>
void restore(const Setup<Policy>& setup, SparseArrivals<Count>& arrivals, Loader& from) {
    from(arrivals.all);
    for (const auto& [j, cell] : arrivals.all)
        require_saved(j >= 0 && j < setup.places() && cell.h >= 0 && cell.h < setup.homes.count() &&
                      cell.k >= 0 && cell.k < setup.groups());
}
template <class Policy>
void restore(const Setup<Policy>&, Eigen::ArrayXXd& arrivals, Loader& from) {
    from.fixed(arrivals);
}

template <class State>
void save_state(const State& state, Saver& to) {
    to(state.step, state.home, state.back, state.unused_quota, state.departures_to_come,
       std::uint64_t(state.road.size()));
    state.settled.save(to);
    state.waiting.save(to);
    state.pull.save(to);
    state.under_way.save(state.step, to);
    for (std::size_t n = 1; n <= state.road.size(); ++n) {
        save(state.road.at(state.step, n), to);
        to(state.homeward.at(state.step, n));
    }
}

/// @param nobody  on the road
template <class Policy, class State, class Arrivals>
void restore_state(const Setup<Policy>& setup, State& state, const Arrivals& nobody, int steps,
                   Loader& from) {
    std::uint64_t slots = 0;
    from(state.step);
    from.fixed(state.home, state.back, state.unused_quota, state.departures_to_come);
    from(slots);
    require_saved(state.step == steps && slots >= 1 && slots <= from.left());
    state.settled.restore(from);
    state.waiting.restore(from);
    state.pull.restore(from);
    state.under_way.restore(state.step, from);
    state.road.reset(slots, nobody);
    auto none = state.homeward[0];
    none.setZero();
    state.homeward.reset(slots, none);
    for (std::size_t n = 1; n <= slots; ++n) {
        restore(setup, state.road.at(state.step, n), from);
        from.fixed(state.homeward.at(state.step, n));
    }
}

template <class Policy>
class Compartments final : public Engine {
public:
    Compartments(const World& world, Policy policy, const EngineSpec& spec)
        : setup_(world, std::move(policy), spec),
          state_(setup_, nobody(setup_)),
          totals_(setup_, state_),
          scratch_(setup_) {}

    void step(std::span<StepRecord> records) override {
        compartment::step(setup_, state_, totals_, scratch_, records.front());
    }
    void save(std::size_t, Saver& to) const override { save_state(state_, to); }
    void restore(std::size_t, int steps, Loader& from) override {
        restore_state(setup_, state_, nobody(setup_), steps, from);
        totals_ = Totals<typename Policy::Number>(setup_, state_);
    }

private:
    Setup<Policy> setup_;
    StateOf<Policy> state_;
    Totals<typename Policy::Number> totals_;
    Scratch<Policy> scratch_;
};

}  // namespace

std::unique_ptr<Engine> make_compartments(const World& world, const EngineSpec& spec) {
    if (spec.mode == DrawMode::expected)
        return std::make_unique<Compartments<ExpectedPolicy>>(world, ExpectedPolicy{}, spec);
    return std::make_unique<Compartments<RandomPolicy>>(world, RandomPolicy{Draws(spec.seed, spec.run)},
                                                        spec);
}

}  // namespace nuzuh::compartment
