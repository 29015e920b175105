// Some numbers of a batch in one register.
#pragma once

#include <cstring>

#include "sim/base/batch.hpp"
#include "sim/base/clones.hpp"

namespace nuzuh::pack {

/// As many numbers as one register holds.
template <class Number, std::size_t bytes>
struct Register {
    typedef Number type __attribute__((vector_size(bytes)));
};

/// A register of so many doubles.
template <int width>
using Pack = typename Register<double, sizeof(double) * width>::type;

/// The numbers of a batch that stand in one register, from the `first` on.
///
/// Each number is computed by the same operations in the same order at every width: results are the same on every
/// processor.
///
/// @tparam V  a pack of 2, 4 or 8 doubles
template <class V>
struct Lanes {
    static constexpr int count = sizeof(V) / sizeof(double);
    int first;

    NUZUH_INLINE V operator()(const Batch& from) const { return at(from.of + first); }
    /// By a subtraction that compilers leave out, unlike the addition of 0, which makes 0 of -0.
    NUZUH_INLINE V operator()(double everywhere) const { return everywhere - V{}; }
    NUZUH_INLINE static V at(const double* from) {
        V v;
        std::memcpy(&v, from, sizeof v);
        return v;
    }
    NUZUH_INLINE static void put(const V& v, double* to) { std::memcpy(to, &v, sizeof v); }
    NUZUH_INLINE void put(const V& v, Batch& to) const { put(v, to.of + first); }
    NUZUH_INLINE void add(const V& more, Batch& to) const { put((*this)(to) + more, to); }
    NUZUH_INLINE void take(const V& less, Batch& from) const { put((*this)(from)-less, from); }
};

}  // namespace nuzuh::pack
