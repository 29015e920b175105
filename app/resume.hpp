// Ensembles that are broken off and gone on with.
#pragma once

#include <string>

#include "app/commands.hpp"
#include "output/ensemble_parts.hpp"
#include "sim/study/ensemble_keeping.hpp"

namespace nuzuh::app {

/// Why something cannot be, and the way out; empty if it can.
struct Refusal {
    std::string message;
    std::string hint;
};

/// Whether what an earlier launch has left is in the way. When a run is begun anew, it is taken away.
Refusal why_not_begun(const EnsembleParts& parts, bool resume, bool force);

/// Simulates the members that are not kept yet; on a signal finishes those in hand and keeps them.
PartOfEnsemble run_and_keep(const World& world, EnsembleSpec spec, const EnsembleParts& parts,
                            const Session& session);

/// Says what became of an ensemble that is not whole. @return exit code
int broken_off(const EnsembleResult& result, const EnsembleParts& parts);

}  // namespace nuzuh::app
