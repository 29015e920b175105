#include "app/interrupt.hpp"

#include <csignal>
#include <initializer_list>

namespace nuzuh::app {

namespace {

std::atomic<bool>* flag_to_set = nullptr;
static_assert(std::atomic<bool>::is_always_lock_free);

/// Only calls that POSIX allows in a signal handler.
extern "C" void set_flag(int number) {
    if (flag_to_set) flag_to_set->store(true);
    if (number == SIGINT) ::signal(SIGINT, SIG_DFL);
}

void on_signals(std::initializer_list<int> signals, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (int number : signals) ::sigaction(number, &action, nullptr);
}

}  // namespace

FinishOnSignal::FinishOnSignal(std::atomic<bool>& flag) {
    flag_to_set = &flag;
    on_signals({SIGINT, SIGTERM, SIGUSR1}, set_flag);
}

FinishOnSignal::~FinishOnSignal() {
    on_signals({SIGINT, SIGTERM, SIGUSR1}, SIG_DFL);
    flag_to_set = nullptr;
}

}  // namespace nuzuh::app
