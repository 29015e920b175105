// Commands about the command line itself.
#pragma once

#include <string>

#include "app/commands.hpp"

namespace nuzuh::app {

void add_completion(CLI::App& app, Session& session);

/// For those who make packages: help does not show it.
void add_manual(CLI::App& app, Session& session, const std::string& version);

}  // namespace nuzuh::app
