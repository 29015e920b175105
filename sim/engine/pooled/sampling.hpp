// Where households draw to go, several households of a run at a time.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/engine/pooled/pack_random.hpp"

namespace nuzuh::pooled {

using namespace pack;

/// Where points lie on a line along which weights are laid end to end.
struct SampledDestinations {
    std::vector<double> which;   ///< weight
    std::vector<double> within;  ///< how far into it
    Batches sums;                ///< of the weights laid, see `sample_destinations`

    void make_room(std::size_t points, std::size_t rows) {
        sums.resize(rows);
        if (which.size() >= points) return;
        which.resize((points + 31) / 32 * 32);
        within.resize(which.size());
    }
};

/// A number of a batch for each lane.
///
/// @param which  [lanes] from 0 to 7
template <class V>
NUZUH_INLINE V picked(const Batch& from, const Bits<V>& which) {
#ifndef __clang__
    if constexpr (sizeof(V) == sizeof(Batch)) return __builtin_shuffle(Lanes<V>::at(from.of), which);
#endif
    V result;
    for (int lane = 0; lane < Lanes<V>::count; ++lane) result[lane] = from.of[which[lane]];
    return result;
}

/// How many sums of a strand, without its last, a point has reached. They ascend: many are halved until few are left, which are
/// all looked at, since where a point lies cannot be guessed.
NUZUH_INLINE std::size_t sums_up_to(double point, const Batches& sums, std::size_t strand) {
    constexpr std::size_t few = 12;
    std::size_t past = 0, rest = sums.size() - 1;
    for (; rest > few; rest -= rest / 2) past += point >= sums[past + rest / 2 - 1].of[strand] ? rest / 2 : 0;
    const std::size_t end = past + rest;
    std::size_t r = past;
    for (; r + 4 <= end; r += 4) {
#pragma GCC unroll 4
        for (std::size_t ahead = 0; ahead < 4; ++ahead) past += point >= sums[r + ahead].of[strand];
    }
    for (; r < end; ++r) past += point >= sums[r].of[strand];
    return past;
}

/// Draws points on a line of weights, and finds where they lie.
///
/// The line is made of eight strands: strand s holds the weights s, s + 8, s + 16 ..., so that eight running sums grow
/// at a time. Point h is number h / 8 % 4 of block h / 32 * 8 + h % 8.
///
/// @param factors  [weights] of which those of the line are products with
/// @param others   [rows] eight at a time, 0 past the last weight
/// @param points   how many, above 0
/// @param sampled    set; it must have room
/// @return         the sum of all weights; where it is 0, no point is drawn
template <class V>
double sample_destinations(const Draws& draws, const Address& address, const double* factors,
                           std::size_t weights, const Batches& others, std::size_t points,
                           SampledDestinations& sampled) {
    Batches& sums = sampled.sums;
    const std::size_t rows = others.size(), whole = weights / batch_runs;
    Batch rest;
    for (std::size_t c = whole * batch_runs; c < weights; ++c) rest.of[c % batch_runs] = factors[c];
    for (int first = 0; first < batch_runs; first += Lanes<V>::count) {
        const Lanes<V> in{first};
        V sum{};
        for (std::size_t row = 0; row < whole; ++row) {
            sum += in.at(factors + row * batch_runs + std::size_t(first)) * in(others[row]);
            in.put(sum, sums[row]);
        }
        if (whole < rows) in.put(sum + in(rest)*in(others[whole]), sums[whole]);
    }
    double ends[batch_runs], end = 0;
    for (int s = 0; s < batch_runs; ++s) ends[s] = end += sums[rows - 1].of[s];
    if (!(end > 0)) return end;
    using U = Words<V>;
    U lane{};
    for (int c = 0; c < Lanes<V>::count; ++c) lane[c] = std::uint64_t(c);
    for (std::size_t group = 0; group < points; group += 32) {
        for (int first = 0; first < batch_runs && group + std::size_t(first) < points;
             first += Lanes<V>::count) {
            const Lanes<V> in{first};
            const Uniforms<V> uniforms(U{} + draws.seed(), U{} + draws.run(), address,
                                       lane + std::uint64_t(group / 4 + std::size_t(first)));
            for (std::size_t number = 0;
                 number < 4 && group + number * batch_runs + std::size_t(first) < points; ++number) {
                const V point = uniforms.of[number] * end;
                V before{}, under{};
                Bits<V> strand{}, row{};
                for (int s = 0; s + 1 < batch_runs; ++s) {
                    const Bits<V> past = point >= ends[s];
                    strand -= past;
                    before = past ? in(ends[s]) : before;
                }
                // By rounding it may lie past the strand's end: then in its last weight above 0.
                V left = point - before;
                const V length = picked<V>(sums[rows - 1], strand);
                left = left >= length ? __builtin_bit_cast(V, __builtin_bit_cast(Bits<V>, length) - 1) : left;
                if constexpr (Lanes<V>::count > 2) {
#pragma GCC unroll 4
                    for (std::size_t r = 0; r + 1 < rows; ++r) {
                        const V sum = picked<V>(sums[r], strand);
                        const Bits<V> past = left >= sum;
                        row -= past;
                        under = past ? sum : under;
                    }
                } else {
                    for (int c = 0; c < Lanes<V>::count; ++c) {
                        const std::size_t past = sums_up_to(left[c], sums, std::size_t(strand[c]));
                        row[c] = std::int64_t(past);
                        under[c] = past > 0 ? sums[past - 1].of[strand[c]] : 0;
                    }
                }
                const std::size_t at = group + number * batch_runs + std::size_t(first);
                in.put(__builtin_convertvector(Bits<V>(row * batch_runs + strand), V), &sampled.which[at]);
                in.put(left - under, &sampled.within[at]);
            }
        }
    }
    return end;
}

}  // namespace nuzuh::pooled
