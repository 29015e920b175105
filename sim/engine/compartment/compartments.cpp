#include "sim/engine/compartment/compartments.hpp"

#include "sim/engine/compartment/step.hpp"

namespace nuzuh::compartment {
namespace {

template <class Number>
void save(const State<Number>& state, Saver& to) {
    to(state.step, state.home, state.back, state.settled, state.waiting, state.unused_quota,
       state.departures_to_come, std::uint64_t(state.road.size()));
    state.pull.save(to);
    for (std::size_t n = 1; n <= state.road.size(); ++n)
        to(state.road.at(state.step, n), state.homeward.at(state.step, n));
}

template <class Number>
void restore(State<Number>& state, Loader& from) {
    std::uint64_t slots = 0;
    from(state.step, state.home, state.back, state.settled, state.waiting, state.unused_quota,
         state.departures_to_come, slots);
    state.pull.restore(from);
    state.road.reset(slots, Cells<Number>::Zero(state.settled.rows(), state.settled.cols()));
    state.homeward.reset(slots, Cells<Number>::Zero(state.homeward[0].rows(), state.homeward[0].cols()));
    for (std::size_t n = 1; n <= slots; ++n)
        from(state.road.at(state.step, n), state.homeward.at(state.step, n));
}

template <class Policy>
class Compartments final : public Engine {
public:
    Compartments(const World& world, Policy policy, const EngineSpec& spec)
        : setup_(world, std::move(policy), spec), state_(setup_), totals_(setup_, state_), scratch_(setup_) {}

    void step(std::span<StepRecord> records) override {
        compartment::step(setup_, state_, totals_, scratch_, records.front());
    }
    void save(std::size_t, Saver& to) const override { compartment::save(state_, to); }
    void restore(std::size_t, Loader& from) override {
        compartment::restore(state_, from);
        totals_ = Totals(setup_, state_);
    }

private:
    Setup<Policy> setup_;
    State<typename Policy::Number> state_;
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
