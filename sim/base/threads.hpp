// Threads of OpenMP; where a compiler has none, as for WebAssembly, there is one.
#pragma once

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

}  // namespace nuzuh
