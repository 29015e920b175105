#include "app/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "app/console.hpp"

namespace nuzuh::app {

namespace {

std::string duration_text(double seconds) {
    if (seconds < 90) return fmt::format("{:.0f} s", seconds);
    if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
    return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace

ProgressBar::ProgressBar(bool quiet) : shown_(!quiet && stderr_is_terminal()) {}

ProgressBar::~ProgressBar() {
    if (drawn_) fmt::print(stderr, "\r\033[K");
}

void ProgressBar::update(int done, int all) {
    if (!shown_ || all < 1) return;
    const std::lock_guard lock(guard_);
    done_ = std::max(done_, done);  // calls may overtake one another
    const auto now = Clock::now();
    constexpr auto between_drawings = std::chrono::milliseconds(100);
    if (drawn_ && now - last_ < between_drawings) return;
    last_ = now;
    drawn_ = true;
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    const double left = elapsed * double(all - done_) / std::max(1, done_);
    constexpr int width = 30;
    const int filled = width * done_ / all;
    fmt::print(stderr, "\r[{}{}] {} of {} runs, {} left\033[K", std::string(std::size_t(filled), '='),
               std::string(std::size_t(width - filled), ' '), done_, all, duration_text(left));
    std::fflush(stderr);
}

}  // namespace nuzuh::app
