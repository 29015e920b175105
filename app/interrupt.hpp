// Ctrl-C and SIGTERM while a run is computed or written.
#pragma once

#include <array>
#include <atomic>
#include <csignal>

#include "output/pending_file.hpp"

namespace nuzuh::app {

/// While it lives, the signals that ask a run to end set a flag: what is in hand is brought to an end, and what is done is kept. A second
/// SIGINT ends the process at once.
class FinishOnSignal {
public:
    explicit FinishOnSignal(std::atomic<bool>& flag);
    ~FinishOnSignal();
    FinishOnSignal(const FinishOnSignal&) = delete;
    FinishOnSignal& operator=(const FinishOnSignal&) = delete;

private:
    std::array<struct sigaction, signals_that_end.size()> before_{};  ///< what the signals did
};

}  // namespace nuzuh::app
