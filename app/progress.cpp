#include "app/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/format.h>

#include "app/console.hpp"
#include "app/streams.hpp"
#include "sim/study/number_text.hpp"

namespace nuzuh::app {

ProgressBar::ProgressBar(bool quiet) : shown_(!quiet), on_terminal_(stderr_is_terminal()) {}

ProgressBar::~ProgressBar() {
    if (drawn_ && on_terminal_) print_to_stderr("\r\033[K");
}

void ProgressBar::update(std::int64_t done, std::int64_t all) {
    if (!shown_ || all < 1) return;
    const std::lock_guard lock(guard_);
    done_ = std::max(done_, done);  // calls may overtake one another
    const auto now = Clock::now();
    const bool first_on_terminal = on_terminal_ && !drawn_;
    const auto between =
        on_terminal_ ? Clock::duration(std::chrono::milliseconds(100)) : std::chrono::minutes(1);
    if (!first_on_terminal && now - last_ < between) return;
    last_ = now;
    drawn_ = true;
    const double elapsed = std::chrono::duration<double>(now - start_).count();
    draw(all, elapsed * double(all - done_) / double(std::max<std::int64_t>(1, done_)));
}

void ProgressBar::draw(std::int64_t all, double seconds_left) const {
    constexpr std::int64_t width = 30;
    const auto filled = std::size_t(width * done_ / all);
    const auto text = fmt::format("{} of {} runs, {} left", done_, all, duration_text(seconds_left));
    print_to_stderr(on_terminal_ ? fmt::format("\r[{}{}] {}\033[K", std::string(filled, '='),
                                               std::string(width - filled, ' '), text)
                                 : text + "\n");
}

}  // namespace nuzuh::app
