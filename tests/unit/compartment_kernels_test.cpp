// The loops of the compartments give what plain loops give, at every length, and touch nothing beyond. The numbers are such that sums of
// them are exact in any order.
#include "sim/engine/compartment/kernels.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace nuzuh::kernels {
namespace {

constexpr double beyond = -1234.5;  ///< stands behind every list that is written

std::vector<double> quarters(long n, int first) {
    std::vector<double> values(std::size_t(n) + 1, beyond);
    for (long h = 0; h < n; ++h) values[std::size_t(h)] = 0.25 * double((first + 7 * h) % 23);
    return values;
}

TEST(CompartmentKernels, a_product_adds_the_terms_of_each_column) {
    for (const long rows : {0, 1, 3, 4, 5, 7, 8, 9, 12, 16, 31, 32, 33, 63, 64, 103}) {
        const long stride = rows + 2, columns = 6;
        std::vector<double> left(std::size_t(stride * columns), std::numeric_limits<double>::quiet_NaN());
        for (long c = 0; c < columns; ++c) {
            for (long r = 0; r < rows; ++r) left[std::size_t(c * stride + r)] = double((5 * r + 11 * c) % 17);
        }
        Columns right;
        right.add(4, 0.5);
        right.close_column();
        right.close_column();  // of no terms
        right.add(0, 2.0);
        right.add(5, -3.0);
        right.add(2, 0.25);
        right.close_column();
        for (const int width : {2, 4, 8}) {
            if (!products_for(width)) continue;
            std::vector<double> result(std::size_t(rows * 3) + 1, beyond);
            products_for(width)->sparse(left.data(), rows, stride, right, result.data());
            for (long r = 0; r < rows; ++r) {
                const auto at = [&](long c) { return left[std::size_t(c * stride + r)]; };
                EXPECT_EQ(result[std::size_t(r)], 0.5 * at(4)) << r << " of " << rows << " by " << width;
                EXPECT_EQ(result[std::size_t(rows + r)], 0) << r << " of " << rows << " by " << width;
                EXPECT_EQ(result[std::size_t(2 * rows + r)], 2 * at(0) - 3 * at(5) + 0.25 * at(2))
                    << r << " of " << rows << " by " << width;
            }
            EXPECT_EQ(result.back(), beyond);
        }
    }
}

TEST(CompartmentKernels, a_dense_product_is_that_of_all_terms_in_their_order) {
    for (const long rows : {0, 1, 3, 7, 8, 15, 16, 17, 31, 103, 128, 129, 261}) {
        for (const long columns : {1, 3, 4, 5, 8}) {
            const long terms = 9;
            std::vector<double> left, right;  // thirds: sums in another order would be others
            for (long n = 0; n < rows * terms; ++n) left.push_back(double(1 + n % 19) / 3);
            for (long n = 0; n < terms * columns; ++n) right.push_back(double(n % 7) / 9);
            Columns same;
            for (long q = 0; q < columns; ++q) {
                for (long c = 0; c < terms; ++c) {
                    if (right[std::size_t(q * terms + c)] != 0)
                        same.add(int(c), right[std::size_t(q * terms + c)]);
                }
                same.close_column();
            }
            std::vector<double> expected(std::size_t(rows * columns) + 1, beyond);
            product(left.data(), rows, rows, same, expected.data());
            for (const int width : {2, 4, 8}) {
                if (!products_for(width)) continue;
                std::vector<double> result(expected.size(), beyond);
                products_for(width)->dense(left.data(), rows, {right.data(), terms, columns}, result.data());
                EXPECT_EQ(result, expected) << rows << " by " << columns << " by " << width;
            }
        }
    }
}

TEST(CompartmentKernels, columns_begin_where_the_one_before_ends) {
    Columns columns;
    columns.add(2, 8.0);
    columns.add(1, 1.0);
    columns.close_column();
    columns.add(0, 2.5);
    columns.close_column();
    EXPECT_EQ(columns.begin, (std::vector{0, 2, 3}));
    columns.clear();
    EXPECT_EQ(columns.count(), 0);
    columns.close_column();
    EXPECT_EQ(columns.begin, (std::vector{0, 0}));
}

TEST(CompartmentKernels, who_moves_on_is_taken_out_unless_there_is_nowhere_to_go) {
    for (long n = 0; n < 20; ++n) {
        const auto before = quarters(n, 3), out_before = quarters(n, 5);
        auto cells = before, out = out_before,
             per_weight = quarters(n, 0);  // 0 first, then mostly above 1, some below
        double moving = 0;
        for (long h = 0; h < n; ++h)
            moving += per_weight[std::size_t(h)] > 0 ? 0.125 * before[std::size_t(h)] : 0;
        EXPECT_EQ(take_out(0.125, per_weight.data(), cells.data(), out.data(), n), moving);
        for (std::size_t h = 0; h < std::size_t(n); ++h) {
            const double left = per_weight[h] > 0 ? 0.125 * before[h] : 0;
            EXPECT_EQ(cells[h], before[h] - left) << h << " of " << n;
            EXPECT_EQ(out[h], out_before[h] + left * per_weight[h]) << h << " of " << n;
        }
        EXPECT_EQ(cells.back(), beyond);
        EXPECT_EQ(out.back(), beyond);
    }
}

TEST(CompartmentKernels, who_goes_home_is_taken_out_wherever_the_others_could_go) {
    for (long n = 0; n < 20; ++n) {
        const auto before = quarters(n, 3), out_before = quarters(n, 5), home_before = quarters(n, 9);
        std::vector<double> leave, go_home;
        for (long h = 0; h < n; ++h) {
            leave.push_back(0.125 * double(h % 5));
            go_home.push_back(0.125 * double(h % 4));
        }
        auto cells = before, out = out_before, home = home_before, per_weight = quarters(n, 0);
        double moving = 0;
        for (std::size_t h = 0; h < std::size_t(n); ++h)
            moving += per_weight[h] > 0 ? leave[h] * before[h] : 0;
        EXPECT_EQ(take_out(leave.data(), go_home.data(), per_weight.data(), cells.data(), out.data(),
                           home.data(), n),
                  moving);
        for (std::size_t h = 0; h < std::size_t(n); ++h) {
            const double left = per_weight[h] > 0 ? leave[h] * before[h] : 0,
                         returning = go_home[h] * before[h];
            EXPECT_EQ(cells[h], before[h] - left - returning) << h << " of " << n;
            EXPECT_EQ(out[h], out_before[h] + left * per_weight[h]) << h << " of " << n;
            EXPECT_EQ(home[h], home_before[h] + returning) << h << " of " << n;
        }
        EXPECT_EQ(cells.back(), beyond);
        EXPECT_EQ(out.back(), beyond);
        EXPECT_EQ(home.back(), beyond);
    }
}

TEST(CompartmentKernels, rounding_leaves_nobody_and_not_fewer) {
    const double leave = 0.1, go_home = 0.9, weight = 1;
    for (double households = 1; households < 2; households += 0.001) {
        double cell = households, out = 0, home = 0;
        take_out(&leave, &go_home, &weight, &cell, &out, &home, 1);
        ASSERT_GE(cell, 0) << households;
        ASSERT_LT(cell, 1e-15) << households;
    }
}

TEST(CompartmentKernels, sums_and_products_are_of_every_number) {
    for (long n = 0; n < 40; ++n) {
        const auto left = quarters(n, 2), right = quarters(n, 4), before = quarters(n, 6);
        double sum_of_left = 0, sum_of_products = 0;
        auto added = before, products = before;
        add(left.data(), 0.5, added.data(), n);
        const double sum_of_added = add_product(left.data(), right.data(), 0.5, products.data(), n);
        for (std::size_t h = 0; h < std::size_t(n); ++h) {
            sum_of_left += left[h];
            sum_of_products += 0.5 * left[h] * right[h];
            EXPECT_EQ(added[h], before[h] + 0.5 * left[h]) << h << " of " << n;
            EXPECT_EQ(products[h], before[h] + 0.5 * left[h] * right[h]) << h << " of " << n;
        }
        EXPECT_EQ(sum(left.data(), n), sum_of_left) << n;
        EXPECT_EQ(sum_of_added, sum_of_products) << n;
        EXPECT_EQ(added.back(), beyond);
        EXPECT_EQ(products.back(), beyond);
    }
}

}  // namespace
}  // namespace nuzuh::kernels
