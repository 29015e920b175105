#include "sim/engine/compartment/kernels.hpp"

// The start-up choice between clones runs before sanitizers are ready for it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define NUZUH_CLONES __attribute__((target_clones("avx2", "default")))
#else
#define NUZUH_CLONES
#endif

namespace nuzuh::kernels {
namespace {

/// to += a0 * q0 + a1 * q1 + a2 * q2 + a3 * q3, n long.
NUZUH_CLONES void add_four(const double* a0, const double* a1, const double* a2, const double* a3, double q0,
                           double q1, double q2, double q3, double* __restrict to, long n) {
    for (long j = 0; j < n; ++j) to[j] = to[j] + a0[j] * q0 + a1[j] * q1 + a2[j] * q2 + a3[j] * q3;
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
    for (long o = 0; o < right.cols(); ++o) {
        double* to = result.col(o).data();
        long chosen[4];
        int waiting = 0;
        for (long i = 0; i < right.rows(); ++i) {
            if (right(i, o) == 0) continue;
            chosen[waiting++] = i;
            if (waiting < 4) continue;
            add_four(left.col(chosen[0]).data(), left.col(chosen[1]).data(), left.col(chosen[2]).data(),
                     left.col(chosen[3]).data(), right(chosen[0], o), right(chosen[1], o), right(chosen[2], o),
                     right(chosen[3], o), to, rows);
            waiting = 0;
        }
        for (int w = 0; w < waiting; ++w) add_one(left.col(chosen[w]).data(), right(chosen[w], o), to, rows);
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
