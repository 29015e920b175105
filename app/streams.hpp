// Standard streams that may be full or closed.
#pragma once

#include <string>

namespace nuzuh::app {

/// Prints text to stderr as it is. What cannot be printed, on a full disk or a closed stream, is dropped: no message is
/// worth the run.
void print_to_stderr(const std::string& text);

/// Opens the standard streams that are closed, so that no file gets their numbers and what is printed with it; writing to
/// them fails as it would have.
void hold_standard_streams();

}  // namespace nuzuh::app
