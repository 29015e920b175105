// What can be asked of which engine.
#pragma once

#include "sim/base/finding.hpp"
#include "sim/model/settings.hpp"

namespace nuzuh {

/// What is asked of an engine, as far as not every engine can do it.
struct EngineRequest {
    Rules rules = Rules::hazard_choice;
    EngineKind kind = EngineKind::compartments;
    DrawMode mode = DrawMode::stochastic;
    int members = 1;         ///< runs
    int traces = 0;          ///< households to trace
    bool continues = false;  ///< whether runs are stopped and continued
    bool causes = false;     ///< whether it is said for which causes people leave
};

/// Why no engine does what is asked, every reason; empty if one does. The scenario reader, the command line and
/// `make_engine` refuse by this alone.
///
/// @return  findings at `engine.kind`, `engine.mode`, `engine.members` and `output.causes`; at `traces` and `continue`, which a scenario
///          does not ask for
Findings why_no_engine(const EngineRequest& asked);

/// @throws  std::invalid_argument that says why, if no engine does what is asked
void require_engine(const EngineRequest& asked);

}  // namespace nuzuh
