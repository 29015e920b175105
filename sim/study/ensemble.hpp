// Runs that differ only in chance.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/engine/engine.hpp"

namespace nuzuh {

struct EnsembleSpec {
    EngineKind engine = EngineKind::compartments;
    DrawMode mode = DrawMode::stochastic;
    int members = 1;
    std::uint64_t seed = 1;
    int threads = 0;       ///< 0: all cores
    int every_steps = 1;   ///< steps between records
    int traces = 0;        ///< households to trace in each member; agents only
    std::function<void(int done, int members)> progress;  ///< called as members finish, from any thread
};

/// All members of an ensemble, in order.
///
/// Shape    T records, P places.
struct EnsembleResult {
    std::vector<double> days;                ///< [T] days since the start of the period, at the end of each record
    std::vector<RunResult> members;
    std::vector<float> mean_displaced_from;  ///< [T, home P, place P] persons, mean over members
    std::string failure;                     ///< why a member failed; empty if none did
};

/// Runs every member, over OpenMP threads.
///
/// The result does not depend on the number of threads: members draw by address, and sums over members are
/// integer (thousandths of a person).
EnsembleResult run_ensemble(const World& world, const EnsembleSpec& spec);

}  // namespace nuzuh
