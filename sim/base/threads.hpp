// Threads of OpenMP; where a compiler has none, as for WebAssembly, there is one.
#pragma once

#include <exception>
#include <mutex>

#ifdef _OPENMP
#include <omp.h>
#endif

namespace nuzuh {

/// Number of the thread that asks, within its team; counted from 0.
inline int thread_number() {
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

/// Most threads that a team is made of unless it is said otherwise.
inline int most_threads() {
#ifdef _OPENMP
    return omp_get_max_threads();
#else
    return 1;
#endif
}

/// Carries the first exception out of a team, which none may leave: it would end the process.
class CarriedFailure {
public:
    /// Does a piece of work of one thread. Says whether it was done.
    template <class Work>
    bool watch(Work&& work) {
        try {
            work();
            return true;
        } catch (...) {
            const std::lock_guard lock(guard_);
            if (!first_) first_ = std::current_exception();
            return false;
        }
    }

    /// Behind the team: throws what was carried out of it, if anything was.
    void rethrow() const {
        if (first_) std::rethrow_exception(first_);
    }

private:
    std::mutex guard_;
    std::exception_ptr first_;
};

}  // namespace nuzuh
