#include "sim/engine/compartment/kernels.hpp"

// The start-up choice between clones runs before sanitizers are ready for it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define NUZUH_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define NUZUH_CLONES
#endif

namespace nuzuh::kernels {
namespace {

constexpr int together = 8;  ///< columns added in one pass over the result

/// to += a[0] * q[0] + ... + a[7] * q[7], n long.
NUZUH_CLONES void add_eight(const double* const* a, const double* q, double* __restrict to, long n) {
    const double *a0 = a[0], *a1 = a[1], *a2 = a[2], *a3 = a[3], *a4 = a[4], *a5 = a[5], *a6 = a[6], *a7 = a[7];
    const double q0 = q[0], q1 = q[1], q2 = q[2], q3 = q[3], q4 = q[4], q5 = q[5], q6 = q[6], q7 = q[7];
    for (long j = 0; j < n; ++j) {
        to[j] = to[j] + a0[j] * q0 + a1[j] * q1 + a2[j] * q2 + a3[j] * q3 + a4[j] * q4 + a5[j] * q5 +
                a6[j] * q6 + a7[j] * q7;
    }
}

NUZUH_CLONES void add_one(const double* a, double q, double* __restrict to, long n) {
    for (long j = 0; j < n; ++j) to[j] += a[j] * q;
}

NUZUH_CLONES void weigh(const Count* cells, double weight, double* __restrict weighted,
                        double* __restrict sums, long n) {
    for (long i = 0; i < n; ++i) {
        const double here = cells[i];
        weighted[i] += weight * here;
        sums[i] += here;
    }
}

NUZUH_CLONES void weigh(const double* cells, double weight, double* __restrict weighted,
                        double* __restrict sums, long n) {
    for (long i = 0; i < n; ++i) {
        weighted[i] += weight * cells[i];
        sums[i] += cells[i];
    }
}

NUZUH_CLONES void sum_up(const Count* cells, double* __restrict sums, long n) {
    for (long i = 0; i < n; ++i) sums[i] += cells[i];
}

NUZUH_CLONES void sum_up(const double* cells, double* __restrict sums, long n) {
    for (long i = 0; i < n; ++i) sums[i] += cells[i];
}

NUZUH_CLONES void take_column(const double* closed, const double* opened, const double* homeward,
                              const double* open, const double* total, double* __restrict cells,
                              double* __restrict out, double* __restrict home, double* __restrict departures,
                              double* __restrict stuck, long n) {
    for (long i = 0; i < n; ++i) {
        const double here = cells[i];
        const double leaving = here * (open[i] * opened[i] + (1 - open[i]) * closed[i]);
        const bool reachable = total[i] > 0;
        const double moving = reachable ? leaving : 0.0;
        const double returning = here * open[i] * homeward[i];
        departures[i] += moving;
        stuck[i] += leaving - moving;
        home[i] = returning;
        out[i] += moving / (reachable ? total[i] : 1.0);
        cells[i] = here - moving - returning;
    }
}

}  // namespace

void add_product(const Reals& left, const Reals& right, Reals& result) {
    const long rows = left.rows();
    const double* columns[together];
    double factors[together];
    for (long o = 0; o < right.cols(); ++o) {
        const double* by = right.col(o).data();
        double* to = result.col(o).data();
        int ready = 0;
        for (long i = 0; i < right.rows(); ++i) {
            if (by[i] == 0) continue;
            columns[ready] = left.data() + i * rows;
            factors[ready] = by[i];
            if (++ready < together) continue;
            add_eight(columns, factors, to, rows);
            ready = 0;
        }
        for (int c = 0; c < ready; ++c) add_one(columns[c], factors[c], to, rows);
    }
}

void add_weighted(const Counts& cells, double weight, Reals& weighted, Eigen::ArrayXd& sums) {
    for (long o = 0; o < cells.cols(); ++o) {
        weigh(cells.col(o).data(), weight, weighted.col(o).data(), sums.data(), cells.rows());
    }
}
void add_weighted(const Reals& cells, double weight, Reals& weighted, Eigen::ArrayXd& sums) {
    for (long o = 0; o < cells.cols(); ++o) {
        weigh(cells.col(o).data(), weight, weighted.col(o).data(), sums.data(), cells.rows());
    }
}

void add_sums(const Counts& cells, Eigen::ArrayXd& sums) {
    for (long o = 0; o < cells.cols(); ++o) sum_up(cells.col(o).data(), sums.data(), cells.rows());
}
void add_sums(const Reals& cells, Eigen::ArrayXd& sums) {
    for (long o = 0; o < cells.cols(); ++o) sum_up(cells.col(o).data(), sums.data(), cells.rows());
}

void take_out(const Fractions& fractions, const Reals& open, const Reals& total_weight, Reals& cells,
              Reals& setting_out, Reals& going_home, Eigen::ArrayXd& departures, Eigen::ArrayXd& stuck) {
    for (long o = 0; o < cells.cols(); ++o) {
        take_column(fractions.leave_if_closed.data(), fractions.leave_if_open.data(),
                    fractions.home_if_open.data(), open.col(o).data(), total_weight.col(o).data(),
                    cells.col(o).data(), setting_out.col(o).data(), going_home.col(o).data(),
                    departures.data(), stuck.data(), cells.rows());
    }
}

}  // namespace nuzuh::kernels
