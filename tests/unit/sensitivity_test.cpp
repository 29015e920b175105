#include "sim/study/sensitivity.hpp"

#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

#include "sim/base/random.hpp"
#include "sim/study/design.hpp"

namespace nuzuh {
namespace {

using std::numbers::pi;

constexpr double failed = std::numeric_limits<double>::quiet_NaN();

/// A design over axes with one range each.
Design design(DesignKind kind, int axes, int size, std::uint64_t seed, double from = 0, double to = 1) {
    DesignSpec spec{kind, {}, size, 4, true, seed};
    for (int k = 0; k < axes; ++k)
        spec.axes.push_back({"x" + std::to_string(k), from, to, AxisScale::linear, 0, {}});
    return *make_design(spec);
}

template <class F>
Eigen::ArrayXd outputs(const Eigen::ArrayXXd& sets, const F& f) {
    Eigen::ArrayXd y(sets.rows());
    for (Eigen::Index i = 0; i < y.size(); ++i) y[i] = f(Eigen::ArrayXd(sets.row(i)));
    return y;
}

struct Known {
    int axes;
    double from, to;
    double (*f)(const Eigen::ArrayXd& x);
    std::vector<double> first, total;
    double mean, variance;
};

double ishigami(const Eigen::ArrayXd& x) {
    return std::sin(x[0]) + 7 * std::pow(std::sin(x[1]), 2) + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

/// Ishigami and Homma 1990 with a = 7, b = 0.1.
Known known_ishigami() {
    const double a = 7, b = 0.1, p4 = std::pow(pi, 4), p8 = p4 * p4;
    const double v1 = 0.5 * std::pow(1 + b * p4 / 5, 2), v2 = a * a / 8, v13 = 8 * b * b * p8 / 225;
    const double v = v1 + v2 + v13;
    return {3, -pi, pi, ishigami, {v1 / v, v2 / v, 0}, {(v1 + v13) / v, v2 / v, v13 / v}, a / 2, v};
}

constexpr std::array<double, 6> g_weights{0, 0.5, 3, 9, 99, 99};

double g(const Eigen::ArrayXd& x) {
    double product = 1;
    for (std::size_t i = 0; i < g_weights.size(); ++i)
        product *= (std::abs(4 * x[Eigen::Index(i)] - 2) + g_weights[i]) / (1 + g_weights[i]);
    return product;
}

/// Sobol's g function, Saltelli and Sobol' 1995.
Known known_g() {
    double v = 1;
    std::vector<double> parts, first, total;
    for (const double a : g_weights) {
        parts.push_back(1.0 / 3 / ((1 + a) * (1 + a)));
        v *= 1 + parts.back();
    }
    for (const double part : parts) {
        first.push_back(part / (v - 1));
        total.push_back(part * (v / (1 + part)) / (v - 1));
    }
    return {6, 0, 1, g, first, total, 1, v - 1};
}

SobolIndices indices_of(const Known& known, int size, std::uint64_t seed, const Bootstrap& bootstrap = {}) {
    const auto sets = design(DesignKind::saltelli, known.axes, size, seed, known.from, known.to).sets;
    return sobol_indices(outputs(sets, known.f), known.axes, bootstrap);
}

TEST(Sensitivity, indices_of_known_functions_are_found) {
    for (const Known& known : {known_ishigami(), known_g()}) {
        const auto found = indices_of(known, 4096, 1, {10});
        EXPECT_NEAR(found.mean, known.mean, 0.01 * known.mean);
        EXPECT_NEAR(found.variance, known.variance, 0.02 * known.variance);
        for (std::size_t i = 0; i < found.first.size(); ++i) {
            EXPECT_NEAR(found.first[i].value, known.first[i], 0.01) << "axis " << i;
            EXPECT_NEAR(found.total[i].value, known.total[i], 0.01) << "axis " << i;
        }
    }
}

double rms_error(const Known& known, int size) {
    double sum = 0;
    constexpr int seeds = 40;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const auto found = indices_of(known, size, seed, {0});
        for (std::size_t i = 0; i < found.first.size(); ++i)
            sum += std::pow(found.first[i].value - known.first[i], 2) +
                   std::pow(found.total[i].value - known.total[i], 2);
    }
    return std::sqrt(sum / (seeds * 2.0 * known.axes));
}

TEST(Sensitivity, sixteen_times_the_blocks_leave_much_less_than_a_quarter_of_the_error) {
    for (const Known& known : {known_ishigami(), known_g()}) {
        const double few = rms_error(known, 128), many = rms_error(known, 2048);
        EXPECT_LT(many, few / 5);
    }
}

/// [index] Share of studies whose interval holds the true value, first-order indices before total ones.
std::vector<double> coverage(const Known& known,
                             const std::function<Eigen::ArrayXXd(std::uint64_t)>& sets_of) {
    constexpr int studies = 500;
    std::vector<double> inside(std::size_t(2 * known.axes), 0);
    for (std::uint64_t study = 0; study < studies; ++study) {
        const auto found = sobol_indices(outputs(sets_of(study), known.f), known.axes, {200});
        for (std::size_t i = 0; i < found.first.size(); ++i) {
            const auto holds = [](const Estimate& e, double truth) {
                return e.low <= truth && truth <= e.high;
            };
            inside[i] += holds(found.first[i], known.first[i]) / double(studies);
            inside[i + found.first.size()] += holds(found.total[i], known.total[i]) / double(studies);
        }
    }
    return inside;
}

/// Saltelli blocks of independent points instead of a net.
Eigen::ArrayXXd independent_blocks(const Known& known, int size, std::uint64_t seed) {
    Eigen::ArrayXXd sets(size * (known.axes + 2), known.axes);
    Stream stream = Draws(seed, 0).at(Purpose::leave, 0);
    const auto draw = [&](double) { return known.from + (known.to - known.from) * stream.uniform(); };
    for (int n = 0; n < size; ++n) {
        auto block = sets.middleRows(n * (known.axes + 2), known.axes + 2);
        const Eigen::ArrayXXd a = Eigen::ArrayXXd::Zero(1, known.axes).unaryExpr(draw);
        const Eigen::ArrayXXd b = Eigen::ArrayXXd::Zero(1, known.axes).unaryExpr(draw);
        block = a.replicate(known.axes + 2, 1);
        block.row(known.axes + 1) = b;
        for (int i = 0; i < known.axes; ++i) block(1 + i, i) = b(0, i);
    }
    return sets;
}

// 95 % intervals of 256 independent blocks hold the truth in about 93 % of studies. Of 500 studies fewer than 88 % or
// more than 98 % then do so with chance 1e-5 for each of the 18 indices.
TEST(Sensitivity, intervals_hold_the_truth_as_often_as_they_say) {
    for (const Known& known : {known_ishigami(), known_g()}) {
        const auto sets_of = [&](std::uint64_t seed) { return independent_blocks(known, 256, seed); };
        for (const double share : coverage(known, sets_of)) {
            EXPECT_GT(share, 0.88);
            EXPECT_LT(share, 0.98);
        }
    }
}

// Over a scrambled net they are on the safe side: measured are 89 to 100 % by index, 97 % on average. A share of 90 %
// among 500 falls below 85 % with chance 1e-4.
TEST(Sensitivity, intervals_over_a_net_are_rather_too_wide_than_too_narrow) {
    for (const Known& known : {known_ishigami(), known_g()}) {
        const auto shares = coverage(known, [&](std::uint64_t seed) {
            return design(DesignKind::saltelli, known.axes, 256, seed, known.from, known.to).sets;
        });
        for (const double share : shares) EXPECT_GT(share, 0.85);
        EXPECT_GT(std::accumulate(shares.begin(), shares.end(), 0.0) / double(shares.size()), 0.95);
    }
}

TEST(Sensitivity, a_failed_set_takes_its_block_with_it) {
    const auto sets = design(DesignKind::saltelli, 2, 64, 1).sets;
    auto y = outputs(sets, [](const Eigen::ArrayXd& x) { return 2 * x[0] + x[1]; });
    Eigen::ArrayXd without(y.size() - 4);
    without << y.head(12), y.tail(y.size() - 16);
    y[14] = failed;
    const auto found = sobol_indices(y, 2, {50}), expected = sobol_indices(without, 2, {50});
    EXPECT_EQ(found.blocks.used, 63);
    EXPECT_EQ(found.blocks.dropped, 1);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(found.first[i].value, expected.first[i].value);
        EXPECT_EQ(found.first[i].low, expected.first[i].low);
        EXPECT_EQ(found.total[i].high, expected.total[i].high);
    }
}

TEST(Sensitivity, an_output_that_does_not_vary_has_no_indices) {
    const auto constant = sobol_indices(Eigen::ArrayXd::Constant(40, 1e9 / 3), 3, {20});
    EXPECT_EQ(constant.variance, 0);
    EXPECT_TRUE(std::isnan(constant.first[0].value) && std::isnan(constant.total[2].high));
    const auto gone = sobol_indices(Eigen::ArrayXd::Constant(40, failed), 3, {20});
    EXPECT_EQ(gone.blocks.dropped, 8);
    EXPECT_TRUE(std::isnan(gone.mean) && std::isnan(gone.total[0].value));
}

TEST(Sensitivity, a_large_mean_costs_no_digits) {
    const auto sets = design(DesignKind::saltelli, 2, 256, 1).sets;
    const auto y = outputs(sets, [](const Eigen::ArrayXd& x) { return 2 * x[0] + x[1]; });
    const auto here = sobol_indices(y, 2, {50}), far = sobol_indices(y + 0x1p30, 2, {50});
    EXPECT_NEAR(here.first[0].value, far.first[0].value, 1e-5);
    EXPECT_NEAR(here.total[1].low, far.total[1].low, 1e-5);
}

TEST(Sensitivity, effects_of_a_linear_function_are_its_slopes) {
    const auto sets = design(DesignKind::morris, 3, 10, 1, 10, 30).sets;
    const auto found = morris_effects(
        outputs(sets, [](const Eigen::ArrayXd& x) { return 1000 + 0.5 * x[0] - 2 * x[1]; }), sets, 4);
    const std::array<double, 3> slope_a_range{10, -40, 0};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(found.mu[i].value, slope_a_range[i], 1e-10);
        EXPECT_NEAR(found.mu_star[i].value, std::abs(slope_a_range[i]), 1e-10);
        EXPECT_NEAR(found.mu_star[i].high, found.mu_star[i].low, 1e-10);
        EXPECT_NEAR(found.sigma[i].value, 0, 1e-10);
    }
    EXPECT_EQ(found.blocks.used, 10);
}

// y = x0 (x1 - 1/2) on levels 0, 1/3, 2/3, 1: the effect of x1 is x0, mean 1/2, variance 5/36; the effect of
// x0 is x1 - 1/2: mean 0, mean size 1/3, the same variance. 4,000 trajectories: five standard errors.
TEST(Sensitivity, effects_of_a_product_are_those_worked_out_by_hand) {
    const auto sets = design(DesignKind::morris, 2, 4000, 1).sets;
    const auto found = morris_effects(
        outputs(sets, [](const Eigen::ArrayXd& x) { return x[0] * (x[1] - 0.5); }), sets, 4, {200});
    const double spread = std::sqrt(5.0 / 36), error = 5 * spread / std::sqrt(4000);
    EXPECT_NEAR(found.mu[0].value, 0, error);
    EXPECT_NEAR(found.mu_star[0].value, 1.0 / 3, error / 2);
    EXPECT_NEAR(found.mu[1].value, 0.5, error);
    EXPECT_NEAR(found.mu_star[1].value, 0.5, error);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_NEAR(found.sigma[i].value, spread, error);
        EXPECT_NEAR(found.mu[i].high - found.mu[i].low, 2 * 1.96 * spread / std::sqrt(4000), 0.003);
    }
}

/// Test function of Morris 1991 in 20 inputs, with the coefficients he draws at random set to signs in turn
/// (Saltelli et al. 2004, "Sensitivity analysis in practice").
double morris_function(const Eigen::ArrayXd& x) {
    Eigen::ArrayXd w = 2 * (x - 0.5);
    for (const int bent : {2, 4, 6}) w[bent] = 2 * (1.1 * x[bent] / (x[bent] + 0.1) - 0.5);
    double y = 0;
    for (int i = 0; i < 20; ++i) {
        y += (i < 10 ? 20 : i % 2 ? 1 : -1) * w[i];
        for (int j = i + 1; j < 20; ++j) {
            y += (j < 6 ? -15 : (i + j) % 2 ? -1 : 1) * w[i] * w[j];
            for (int l = j + 1; l < 5; ++l) y -= 10 * w[i] * w[j] * w[l];
        }
    }
    return y + 5 * w[0] * w[1] * w[2] * w[3];
}

// What the paper reads off its figure: the first ten inputs matter, the first seven of them in a bent or
// interacting way, 8 to 10 almost linearly; the last ten hardly matter.
TEST(Sensitivity, effects_of_the_function_of_morris_sort_its_inputs) {
    const auto sets = design(DesignKind::morris, 20, 400, 1).sets;
    const auto found = morris_effects(outputs(sets, morris_function), sets, 4, {20});
    for (std::size_t i = 0; i < 20; ++i) {
        EXPECT_EQ(found.mu_star[i].value > 25, i < 10) << i << ": " << found.mu_star[i].value;
        EXPECT_EQ(found.sigma[i].value > 20, i < 7) << i << ": " << found.sigma[i].value;
    }
    for (const std::size_t i : {7, 8, 9}) EXPECT_NEAR(found.mu[i].value, 40, 3);
}

TEST(Sensitivity, a_failed_set_takes_its_trajectory_with_it) {
    const auto sets = design(DesignKind::morris, 3, 20, 1).sets;
    auto y = outputs(sets, [](const Eigen::ArrayXd& x) { return x[0] * x[1] + x[2]; });
    y[40] = failed;
    y[79] = failed;
    const auto found = morris_effects(y, sets, 4, {20});
    EXPECT_EQ(found.blocks.used, 18);
    EXPECT_EQ(found.blocks.dropped, 2);
    EXPECT_TRUE(std::isfinite(found.sigma[0].high));
    EXPECT_TRUE(std::isnan(morris_effects(Eigen::ArrayXd::Constant(80, failed), sets, 4).mu_star[0].value));
}

}  // namespace
}  // namespace nuzuh
