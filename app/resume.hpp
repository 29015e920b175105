// Ensembles that are broken off and gone on with.
#pragma once

#include <string>
#include <string_view>

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

/// Simulates what is not kept yet; keeps it every so often, and on a signal after the step in hand.
PartOfEnsemble run_and_keep(const World& world, EnsembleSpec spec, const EnsembleParts& parts,
                            double every_seconds, const Session& session);

constexpr double keep_every_by_default = 0.5;  ///< [min]

/// --keep-every, in minutes; @param where  where what is done is put
void add_keep_every(CLI::App& command, double& minutes, std::string_view where);

/// Says that a signal ended the work. @return exit code
int stopped(bool is_kept);

/// Says what became of an ensemble that is not whole. @return exit code
int broken_off(const EnsembleResult& result, const EnsembleParts& parts);

}  // namespace nuzuh::app
