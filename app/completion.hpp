// Completion of the command line in shells, written from the command line itself.
#pragma once

#include <string>

#include "app/command_tree.hpp"

namespace nuzuh::app {

/// A script for bash, zsh or fish that completes commands, options and their choices; other values as file names.
///
/// @param shell  one of `completed_shells`
std::string completion_script(const CommandText& program, const std::string& shell);

/// The shells that there is a script for.
constexpr const char* completed_shells[] = {"bash", "zsh", "fish"};

}  // namespace nuzuh::app
