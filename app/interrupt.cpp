#include "app/interrupt.hpp"

namespace nuzuh::app {

namespace {

std::atomic<bool>* flag_to_set = nullptr;
static_assert(std::atomic<bool>::is_always_lock_free);

/// Only calls that POSIX allows in a signal handler.
extern "C" void set_flag(int number) {
    if (flag_to_set) flag_to_set->store(true);
    if (number == SIGINT) ::signal(SIGINT, SIG_DFL);
}

}  // namespace

FinishOnSignal::FinishOnSignal(std::atomic<bool>& flag) {
    flag_to_set = &flag;
    struct sigaction action {};
    action.sa_handler = set_flag;
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (std::size_t i = 0; i < signals_that_end.size(); ++i)
        ::sigaction(signals_that_end[i], &action, &before_[i]);
}

FinishOnSignal::~FinishOnSignal() {
    for (std::size_t i = 0; i < signals_that_end.size(); ++i)
        ::sigaction(signals_that_end[i], &before_[i], nullptr);
    flag_to_set = nullptr;
}

}  // namespace nuzuh::app
