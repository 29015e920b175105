// A bar with the time left.
#pragma once

#include <chrono>
#include <mutex>

namespace nuzuh::app {

/// Draws on stderr how many runs are done, if stderr is a terminal and the user has not asked for quiet.
///
/// Threads  update() may be called from any thread.
class ProgressBar {
public:
    explicit ProgressBar(bool quiet);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void update(int done, int all);

private:
    using Clock = std::chrono::steady_clock;
    bool shown_;
    bool drawn_ = false;
    int done_ = 0;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_{};
    std::mutex guard_;
};

}  // namespace nuzuh::app
