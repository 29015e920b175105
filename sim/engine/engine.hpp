// The narrow interface that every engine fills, and the one maker of engines.
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

/// How a run is moved, and what its records hold.
struct EngineSpec {
    EngineKind kind = EngineKind::compartments;
    DrawMode mode = DrawMode::stochastic;
    std::uint64_t seed = 1;
    std::uint64_t run = 0;                  ///< member of an ensemble
    int traces = 0;                         ///< households to trace; agents only
    PlaceFields fields = ~fields_by_cause;  ///< that records need; others may be left 0
    bool count_routes = true;               ///< whether records say how many set out over each road
    bool count_last_roads =
        false;                  ///< whether they say, with causes, over which road those who arrive came last
    bool count_origins = true;  ///< whether records say where people are from; agents always do
    int threads = 1;            ///< of one step; agents only

    bool counts_causes() const { return (fields & fields_by_cause).any(); }
};

/// One run: who is moved, and how.
struct Member {
    const World* world;  ///< must outlive the engine
    EngineSpec spec;
};

/// Runs in progress: one to n populations, each on its World, that are moved together one step at a time.
class Engine {
public:
    virtual ~Engine() = default;

    /// Simulates the next step of every run.
    ///
    /// @param records  [runs] what happened during the step and what is at its end; set
    /// @throws  ModelFault if the number of households of a run changed
    virtual void step(std::span<StepRecord> records) = 0;
    /// The same for an engine of one run.
    void step(StepRecord& record) { step(std::span(&record, 1)); }

    /// Writes down the state of a run between two steps. An engine whose run has the same world and restores it goes
    /// on as this one would have.
    ///
    /// @throws  ModelFault if the engine cannot
    virtual void save(std::size_t run, Saver& to) const;
    /// @param steps  after which it was saved
    /// @throws       ModelFault if the engine cannot, std::out_of_range if what was saved is not the state of such a run
    virtual void restore(std::size_t run, int steps, Loader& from);

    /// What only households with a history can tell; empty unless the engine is agents.
    virtual Histories histories(std::size_t run) const;
};

/// The most runs of a kind that `best_together` may give.
std::size_t most_together(EngineKind kind);

/// How many of the first of these runs are best moved together by one engine: several where homes are forgotten and
/// their worlds differ in little, else one.
std::size_t best_together(std::span<const Member> members);

/// Places the population of every world and makes the engine that will move them.
///
/// @param members  of which `best_together` says all
/// @throws  std::invalid_argument if no engine does what is asked (see `why_no_engine`), or none moves them together
std::unique_ptr<Engine> make_engine(std::span<const Member> members);
/// The same for one run.
///
/// @param world  must outlive the engine
std::unique_ptr<Engine> make_engine(const World& world, const EngineSpec& spec);

}  // namespace nuzuh
