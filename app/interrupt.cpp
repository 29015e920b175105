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

std::atomic<bool>* flag_to_set = nullptr;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void set_flag(int) {
    if (flag_to_set) flag_to_set->store(true);
}

void on_signals(std::initializer_list<int> signals, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (int number : signals) ::sigaction(number, &action, nullptr);
}

}  // namespace

StopOnSignal::StopOnSignal(const std::filesystem::path& temporary) {
    const std::string name = std::filesystem::absolute(temporary).string();
    if (name.size() < file_to_remove.size())
        std::memcpy(file_to_remove.data(), name.c_str(), name.size() + 1);
    on_signals({SIGINT, SIGTERM}, stop_at_once);
}

StopOnSignal::~StopOnSignal() { on_signals({SIGINT, SIGTERM}, SIG_DFL); }

FinishOnSignal::FinishOnSignal(std::atomic<bool>& flag) {
    flag_to_set = &flag;
    on_signals({SIGINT, SIGTERM, SIGUSR1}, set_flag);
}

FinishOnSignal::~FinishOnSignal() {
    on_signals({SIGINT, SIGTERM, SIGUSR1}, SIG_DFL);
    flag_to_set = nullptr;
}

}  // namespace nuzuh::app
