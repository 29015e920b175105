// Ctrl-C and SIGTERM while a run is computed or written.
#pragma once

#include <filesystem>

namespace nuzuh::app {

/// While it lives, SIGINT and SIGTERM remove `temporary`, say so, and end the process with exit code 1: nothing
/// has been saved that could be taken up again.
class StopOnSignal {
public:
    explicit StopOnSignal(const std::filesystem::path& temporary);
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;
};

}  // namespace nuzuh::app
