// Functions compiled for several generations of x86 processors, of which one is chosen when the program starts. Every
// number is computed by the same operations in the same order, so results are the same.
#pragma once

// The choice runs before sanitizers are ready for it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define NUZUH_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define NUZUH_CLONES
#endif

/// Part of whatever calls it, and so compiled for the same processors.
#define NUZUH_INLINE inline __attribute__((always_inline))
