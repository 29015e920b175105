#include "sim/engine/agent/agents.hpp"

#include "sim/engine/agent/start.hpp"
#include "sim/engine/agent/step.hpp"

namespace nuzuh::agent {
namespace {

class Agents final : public Engine {
public:
    Agents(const World& world, const EngineSpec& spec)
        : setup_(world, RandomPolicy{Draws(spec.seed, spec.run)}, spec),
          state_(setup_),
          now_(headcount(world, state_)),
          scratch_(world, setup_.threads) {}

    void step(std::span<StepRecord> records) override {
        agent::step(setup_, state_, now_, scratch_, records.front());
    }
    void save(std::size_t, Saver& to) const override { agent::save(setup_.world, state_, to); }
    void restore(std::size_t, int steps, Loader& from) override {
        agent::restore(setup_.world, state_, steps, from);
        now_ = headcount(setup_.world, state_);
    }
    Histories histories(std::size_t) const override { return agent::histories(setup_.world, state_); }

private:
    Setup<RandomPolicy> setup_;
    State state_;
    Headcount now_;
    Scratch scratch_;
};

}  // namespace

std::unique_ptr<Engine> make_agents(const World& world, const EngineSpec& spec) {
    return std::make_unique<Agents>(world, spec);
}

}  // namespace nuzuh::agent
