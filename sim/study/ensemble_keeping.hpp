// Ensembles that may be broken off and gone on with.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "sim/study/done_members.hpp"
#include "sim/study/ensemble.hpp"

namespace nuzuh {

/// How an ensemble that may be broken off keeps what is done.
struct EnsembleKeeping {
    std::vector<DoneMembers> done = {};  ///< by an earlier launch; moved into the result
    /// Takes members that are done, from any thread: every `every_seconds`, and when the ensemble is broken off. Says
    /// whether it could keep them; else they are offered again.
    std::function<bool(const DoneMembers&)> keep = {};
    double every_seconds = 30;
    const std::atomic<bool>* stop = nullptr;  ///< when set: finish the runs in hand, keep them, and come back
};

/// The members of an ensemble, as far as they were done.
struct PartOfEnsemble {
    EnsembleResult result;
    bool is_whole = false;  ///< whether every member is done
};

/// As `run_ensemble`, whose result it gives in the end however often the ensemble was broken off and gone on with.
PartOfEnsemble run_or_go_on(const World& world, const EnsembleSpec& spec, EnsembleKeeping& keeping);

}  // namespace nuzuh
