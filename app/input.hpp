// A scenario from the command line, checked as a whole.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "sim/model/world.hpp"
#include "sim/scenario/load.hpp"
#include "sim/study/unknowns.hpp"

namespace nuzuh::app {

/// A scenario without mistakes, and the world that it describes.
struct CheckedScenario {
    LoadedScenario loaded;
    World world;
    Unknowns unknowns;  ///< what members of an ensemble draw
    Findings notes;     ///< warnings, with file and line
};

/// What is laid over a scenario: with `--fixed`, behind everything else, what takes parameters and inputs as known.
std::vector<std::string> with_fixed(std::vector<std::string> overrides, bool fixed);

/// Prints findings to stderr. Warnings are kept back when quiet, errors never.
void print_findings(Findings findings, const Session& session);

/// Reads a scenario and builds its world; prints everything that is wrong with it to stderr.
///
/// @param flee_settings  of a case of Flee: settings in place of its own
/// @return  nothing if there are errors
std::optional<CheckedScenario> checked_scenario(const std::string& path,
                                                const std::vector<std::string>& overrides,
                                                const Session& session,
                                                const std::string& flee_settings = "");

}  // namespace nuzuh::app
