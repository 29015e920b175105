// Ctrl-C and SIGTERM while a run is computed or written.
#pragma once

#include <atomic>
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

/// While it lives, SIGINT, SIGTERM and SIGUSR1 set a flag: the study finishes the run in hand and keeps what is done.
class FinishOnSignal {
public:
    explicit FinishOnSignal(std::atomic<bool>& flag);
    ~FinishOnSignal();
    FinishOnSignal(const FinishOnSignal&) = delete;
    FinishOnSignal& operator=(const FinishOnSignal&) = delete;
};

}  // namespace nuzuh::app
