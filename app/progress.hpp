// A bar with the time left.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>

namespace nuzuh::app {

/// Draws on stderr how many runs are done, unless the user has asked for quiet: a bar on a terminal, else a line a
/// minute.
///
/// Threads  update() may be called from any thread.
class ProgressBar {
public:
    explicit ProgressBar(bool quiet);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void update(std::int64_t done, std::int64_t all);

private:
    void draw(std::int64_t all, double seconds_left) const;
    using Clock = std::chrono::steady_clock;
    bool shown_;
    bool on_terminal_;
    bool drawn_ = false;
    std::int64_t done_ = 0;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = Clock::now();
    std::mutex guard_;
};

}  // namespace nuzuh::app
