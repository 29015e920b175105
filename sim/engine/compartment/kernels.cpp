#include "sim/engine/compartment/kernels.hpp"

#include <algorithm>

#include <cstring>

#include "sim/base/clones.hpp"

namespace nuzuh::kernels {
namespace {

/// Numbers that are worked on together, in as many registers as the processor needs for them.
using Eight = double __attribute__((vector_size(8 * sizeof(double))));
using Four = double __attribute__((vector_size(4 * sizeof(double))));

/// A few rows, `packs` packs of them, of all columns of a product. The sums stay in registers, those rows of `left` in the nearest cache.
template <class Pack, int packs>
NUZUH_INLINE long rows_of_product(const double* left, long rows, long stride, const Columns& right, long r,
                                  double* result) {
    constexpr long n =
        long(sizeof(Pack) / sizeof(double));  // NOLINT(bugprone-sizeof-expression): a vector of them
    for (; r + n * packs <= rows; r += n * packs) {
        for (std::size_t q = 0; q < std::size_t(right.count()); ++q) {
            Pack sums[packs] = {};
            for (int c = right.begin[q]; c < right.begin[q + 1]; ++c) {
                const double* from = left + right.row[std::size_t(c)] * stride + r;
                const double factor = right.factor[std::size_t(c)];
                for (int b = 0; b < packs; ++b) {
                    Pack some;
                    std::memcpy(&some, from + b * n, sizeof some);
                    sums[b] += some * factor;
                }
            }
            std::memcpy(result + long(q) * rows + r, sums, sizeof sums);
        }
    }
    return r;
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

void Columns::add(const double* values, int n) {
    std::size_t at = row.size();
    row.resize(at + std::size_t(n));
    factor.resize(at + std::size_t(n));
    for (int r = 0; r < n; ++r) {
        row[at] = r;
        factor[at] = values[r];
        at += values[r] != 0;
    }
    row.resize(at);
    factor.resize(at);
}

NUZUH_CLONES void product(const double* left, long rows, long stride, const Columns& right, double* result) {
    long r = rows_of_product<Eight, 4>(left, rows, stride, right, 0, result);
    r = rows_of_product<Eight, 2>(left, rows, stride, right, r, result);
    r = rows_of_product<Eight, 1>(left, rows, stride, right, r, result);
    r = rows_of_product<Four, 1>(left, rows, stride, right, r, result);
    rows_of_product<double, 1>(left, rows, stride, right, r, result);
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
