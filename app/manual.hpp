// Manual pages, written from the command line itself.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/command_tree.hpp"

namespace nuzuh::app {

/// A page of section 1 for every command, in troff with the macros of man(7).
///
/// @param version  of the program
/// @return         file names, `nuzuh-run.1`, with their texts
std::vector<std::pair<std::string, std::string>> manual_pages(const CommandText& program,
                                                              const std::string& version);

}  // namespace nuzuh::app
