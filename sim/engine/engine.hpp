// The narrow interface that both engines fill.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stdexcept>

#include "sim/base/archive.hpp"
#include "sim/engine/record.hpp"
#include "sim/model/world.hpp"

namespace nuzuh {

/// A fault of this program, never of its input: households were lost or made, or a law of the model broken.
struct ModelFault : std::logic_error {
    using std::logic_error::logic_error;
};

/// A run in progress: a population on a World, moved one step at a time.
class Engine {
public:
    virtual ~Engine() = default;

    /// Simulates the next step and writes what happened and what is, at its end, into `record`.
    ///
    /// @throws  ModelFault if the number of households changed
    virtual void step(StepRecord& record) = 0;

    /// Writes down the state between two steps. An engine for the same world that restores it goes on as this one
    /// would have.
    ///
    /// @throws  ModelFault if the engine cannot
    virtual void save(Saver&) const { throw ModelFault("this engine cannot be stopped and continued"); }
    virtual void restore(Loader&) { throw ModelFault("this engine cannot be stopped and continued"); }

    /// What only households with a history can tell; empty for compartments.
    virtual Histories histories() const { return {}; }
};

struct EngineSpec {
    EngineKind kind = EngineKind::compartments;
    DrawMode mode = DrawMode::stochastic;  ///< expected needs compartments
    std::uint64_t seed = 1;
    std::uint64_t run = 0;                     ///< member of an ensemble
    int traces = 0;                            ///< households to trace; agents only
    bool track_origin = true;                  ///< whether homes are told apart; agents always do
    PlaceFields fields = PlaceFields().set();  ///< that records need; others may be left 0
    bool count_routes = true;                  ///< whether records say how many set out over each road
    bool count_origins = true;  ///< whether records say where people are from; agents always do
    int threads = 1;            ///< of one step; agents only
};

/// One run: who is moved, and how.
struct Member {
    const World* world;  ///< must outlive the engine
    EngineSpec spec;
};

/// Runs in progress that are moved together, step by step.
class EngineGroup {
public:
    virtual ~EngineGroup() = default;

    /// Simulates the next step of every run.
    ///
    /// @param records  [runs] what happened and what is, as Engine::step
    virtual void step(std::span<StepRecord> records) = 0;

    virtual void save(std::size_t run, Saver& to) const = 0;
    virtual void restore(std::size_t run, Loader& from) = 0;
    virtual Histories histories(std::size_t run) const = 0;
};

/// How many of the first of these runs are best moved together: several where homes are forgotten and their worlds
/// differ in little, else one.
std::size_t best_together(std::span<const Member> members);

/// @param members  of which `best_together` says all
std::unique_ptr<EngineGroup> make_group(std::span<const Member> members);

/// Places the population of `world` at home and makes the engine that will move it.
///
/// @param world  must outlive the engine
std::unique_ptr<Engine> make_engine(const World& world, const EngineSpec& spec);

}  // namespace nuzuh
