#include "sim/engine/compartment/kernels.hpp"

#include <algorithm>

#include "sim/base/clones.hpp"
#include "sim/base/lanes.hpp"

namespace nuzuh::kernels {
namespace {

using pack::Lanes;
using pack::Pack;

/// A few rows, `packs` packs of them, of all columns of a product. The sums stay in registers, those rows of `left` in a
/// near cache.
template <int width, int packs>
NUZUH_INLINE long rows_of_sparse(const double* left, long rows, long stride, const Columns& right, long r,
                                 double* result) {
    using V = Pack<width>;
    for (; r + width * packs <= rows; r += width * packs) {
        for (std::size_t q = 0; q < std::size_t(right.count()); ++q) {
            V sums[packs] = {};
            for (auto c = std::size_t(right.begin[q]); c < std::size_t(right.begin[q + 1]); ++c) {
                const double* from = left + right.row[c] * stride + r;
                const double factor = right.factor[c];
                for (int b = 0; b < packs; ++b) sums[b] += Lanes<V>::at(from + b * width) * factor;
            }
            for (int b = 0; b < packs; ++b) Lanes<V>::put(sums[b], result + long(q) * rows + r + b * width);
        }
    }
    return r;
}

template <int width>
NUZUH_INLINE void sparse(const double* left, long rows, long stride, const Columns& right, double* result) {
    long r = rows_of_sparse<width, 4>(left, rows, stride, right, 0, result);
    r = rows_of_sparse<width, 2>(left, rows, stride, right, r, result);
    r = rows_of_sparse<width, 1>(left, rows, stride, right, r, result);
    if constexpr (width > 4) r = rows_of_sparse<4, 1>(left, rows, stride, right, r, result);
    if constexpr (width > 2) r = rows_of_sparse<2, 1>(left, rows, stride, right, r, result);
    rows_of_sparse<1, 1>(left, rows, stride, right, r, result);
}

constexpr long together = 4;  ///< columns of a dense product that share what is read of `left`

/// Some rows of four columns.
///
/// @param factors  [terms, 4]
/// @param count    of the columns that there are
template <int width, int packs>
NUZUH_INLINE long rows_of_dense(const double* left, long rows, const std::vector<double>& factors, long count,
                                long r, long end, double* result) {
    using V = Pack<width>;
    for (; r + width * packs <= end; r += width * packs) {
        V sums[together][packs] = {};
        const double* from = left + r;
        const double* const last = factors.data() + factors.size();
        for (const double* factor = factors.data(); factor != last; factor += together, from += rows) {
            for (int b = 0; b < packs; ++b) {
                const V some = Lanes<V>::at(from + b * width);
                for (long q = 0; q < together; ++q) sums[q][b] += some * factor[q];
            }
        }
        for (long q = 0; q < count; ++q) {
            for (int b = 0; b < packs; ++b) Lanes<V>::put(sums[q][b], result + q * rows + r + b * width);
        }
    }
    return r;
}

template <int width>
NUZUH_INLINE void dense(const double* left, long rows, const Dense& right, double* result) {
    std::vector<double> factors(std::size_t(right.rows * together));
    constexpr long near = 128;  // rows of `left` that stay in the second cache
    for (long first = 0; first < rows; first += near) {
        const long end = std::min(rows, first + near);
        for (long q = 0; q < right.columns; q += together) {
            const long count = std::min(together, right.columns - q);
            for (long c = 0; c < right.rows; ++c) {
                for (long one = 0; one < count; ++one)
                    factors[std::size_t(c * together + one)] = right.values[(q + one) * right.rows + c];
            }
            double* const to = result + q * rows;
            long r = rows_of_dense<width, 2>(left, rows, factors, count, first, end, to);
            r = rows_of_dense<width, 1>(left, rows, factors, count, r, end, to);
            if constexpr (width > 4) r = rows_of_dense<4, 1>(left, rows, factors, count, r, end, to);
            if constexpr (width > 2) r = rows_of_dense<2, 1>(left, rows, factors, count, r, end, to);
            rows_of_dense<1, 1>(left, rows, factors, count, r, end, to);
        }
    }
}

#define NUZUH_PRODUCTS(width, target)                                                              \
    target void sparse_##width(const double* left, long rows, long stride, const Columns& right,   \
                               double* result) {                                                   \
        sparse<width>(left, rows, stride, right, result);                                          \
    }                                                                                              \
    target void dense_##width(const double* left, long rows, const Dense& right, double* result) { \
        dense<width>(left, rows, right, result);                                                   \
    }                                                                                              \
    constexpr Products products_##width = {sparse_##width, dense_##width};
NUZUH_PRODUCTS(2, )
#ifdef __x86_64__
NUZUH_PRODUCTS(4, __attribute__((target("avx2"))))
NUZUH_PRODUCTS(8, __attribute__((target("avx512f"))))
#endif

const Products& widest() {
    static const Products& found = *(products_for(8)   ? products_for(8)
                                     : products_for(4) ? products_for(4)
                                                       : products_for(2));
    return found;
}

/// Sum of n numbers: of every eighth one, and of those sums, in an order that depends on n alone.
template <class Term>
NUZUH_INLINE double sum_of(long n, Term term) {
    constexpr int lanes = 8;
    double sums[lanes] = {};
    long at = 0;
    for (; at + lanes <= n; at += lanes) {
        for (int l = 0; l < lanes; ++l) sums[l] += term(at + l);
    }
    for (int l = 0; at < n; ++at, ++l) sums[l] += term(at);
    return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

}  // namespace

void Columns::clear() {
    begin.assign(1, 0);
    row.clear();
    factor.clear();
}

void Columns::add(int in_row, double value) {
    row.push_back(in_row);
    factor.push_back(value);
}

void product(const double* left, long rows, long stride, const Columns& right, double* result) {
    widest().sparse(left, rows, stride, right, result);
}
void product(const double* left, long rows, const Dense& right, double* result) {
    widest().dense(left, rows, right, result);
}

const Products* products_for(int width) {
#ifdef __x86_64__
    if (width == 8) return __builtin_cpu_supports("avx512f") ? &products_8 : nullptr;
    if (width == 4) return __builtin_cpu_supports("avx2") ? &products_4 : nullptr;
#endif
    return width == 2 ? &products_2 : nullptr;
}

NUZUH_CLONES double take_out(double chance, const double* per_weight, double* __restrict cells,
                             double* __restrict setting_out, long n) {
    return sum_of(n, [=](long h) {
        const double moving = per_weight[h] > 0 ? cells[h] * chance : 0.0;
        setting_out[h] += moving * per_weight[h];
        cells[h] -= moving;
        return moving;
    });
}

NUZUH_CLONES double take_out(const double* leave, const double* home, const double* per_weight,
                             double* __restrict cells, double* __restrict setting_out,
                             double* __restrict going_home, long n) {
    return sum_of(n, [=](long h) {
        const double here = cells[h];
        const double moving = per_weight[h] > 0 ? here * leave[h] : 0.0;
        const double returning = here * home[h];
        going_home[h] += returning;
        setting_out[h] += moving * per_weight[h];
        cells[h] =
            std::max(0.0, here - moving - returning);  // where all go, rounding would leave less than nobody
        return moving;
    });
}

NUZUH_CLONES void add(const double* from, double weight, double* __restrict to, long n) {
    for (long h = 0; h < n; ++h) to[h] += from[h] * weight;
}

NUZUH_CLONES double add_product(const double* left, const double* right, double weight, double* __restrict to,
                                long n) {
    return sum_of(n, [=](long h) {
        const double product = left[h] * right[h] * weight;
        to[h] += product;
        return product;
    });
}

NUZUH_CLONES double sum(const double* values, long n) {
    return sum_of(n, [=](long h) { return values[h]; });
}

}  // namespace nuzuh::kernels
