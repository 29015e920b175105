#include "sim/engine/pooled/kernels.hpp"

namespace nuzuh::pooled {

extern const Kernels kernels_of_2;
#ifdef __x86_64__
extern const Kernels kernels_of_4, kernels_of_8;
#endif

const Kernels* kernels_for(int width) {
#ifdef __x86_64__
    const bool eight = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                       __builtin_cpu_supports("avx512vl");
    if (width == 8) return eight ? &kernels_of_8 : nullptr;
    const bool four = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (width == 4) return four ? &kernels_of_4 : nullptr;
#endif
    return width == 2 ? &kernels_of_2 : nullptr;
}

namespace {

const Kernels* in_use = kernels_for(8) ? kernels_for(8) : kernels_for(4) ? kernels_for(4) : kernels_for(2);

}  // namespace

const Kernels& kernels() { return *in_use; }
void use_kernels(const Kernels& others) { in_use = &others; }

}  // namespace nuzuh::pooled
