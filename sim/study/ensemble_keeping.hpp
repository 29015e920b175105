// Ensembles that may be broken off and gone on with.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "sim/study/ensemble.hpp"
#include "sim/study/kept_members.hpp"

namespace nuzuh {

/// How an ensemble that may be broken off keeps what is done.
struct EnsembleKeeping {
    std::vector<KeptMembers> kept = {};  ///< by an earlier launch; moved into the result
    /// Takes members from any thread: every `every_seconds`, and when the ensemble is broken off. Members in hand come again, further
    /// on, with all that were done before them, until they are done. Says whether it could keep them; else they are offered again.
    std::function<bool(const KeptMembers&)> keep = {};
    double every_seconds = 30;
    const std::atomic<bool>* stop =
        nullptr;  ///< when set: finish the step in hand, keep what there is, and come back
};

/// The members of an ensemble, as far as they were done.
struct PartOfEnsemble {
    EnsembleResult result;
    bool is_whole = false;  ///< whether every member is done
};

/// As `run_ensemble`, whose result it gives in the end however often the ensemble was broken off and gone on with.
PartOfEnsemble run_or_go_on(const World& world, const EnsembleSpec& spec, EnsembleKeeping& keeping);

}  // namespace nuzuh
