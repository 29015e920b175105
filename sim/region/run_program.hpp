// Programs of other projects, run without a shell.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nuzuh::region {

/// How a program ended.
struct ProgramEnd {
    bool found = false;  ///< whether there is a program of that name
    int status = -1;     ///< its exit code; -1 where a signal ended it
    std::string errors;  ///< what it wrote to its standard error, at most 64 KiB
};

/// Runs a program of PATH to its end.
///
/// @param words  its name and arguments, which no shell sees
/// @param input  what it reads from its standard input
/// @param line   called with each line that it writes to its standard output, without the line's end
ProgramEnd run_program(const std::vector<std::string>& words, const std::string& input,
                       const std::function<void(std::string_view)>& line);

}  // namespace nuzuh::region
