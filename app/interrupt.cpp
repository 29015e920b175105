#include "app/interrupt.hpp"

#include <array>
#include <csignal>
#include <cstring>

#include <unistd.h>

#include "app/commands.hpp"

namespace nuzuh::app {

namespace {

std::array<char, 4096> file_to_remove{};

/// Only calls that POSIX allows in a signal handler.
extern "C" void stop_at_once(int) {
    if (file_to_remove[0]) ::unlink(file_to_remove.data());
    constexpr char message[] = "\nnuzuh: stopped by a signal; nothing was written\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message, sizeof message - 1);
    ::_exit(exit_failed);
}

void on_signals(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigfillset(&action.sa_mask);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

StopOnSignal::StopOnSignal(const std::filesystem::path& temporary) {
    const std::string name = std::filesystem::absolute(temporary).string();
    if (name.size() < file_to_remove.size())
        std::memcpy(file_to_remove.data(), name.c_str(), name.size() + 1);
    on_signals(stop_at_once);
}

StopOnSignal::~StopOnSignal() { on_signals(SIG_DFL); }

}  // namespace nuzuh::app
