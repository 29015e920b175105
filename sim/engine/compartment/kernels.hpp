// The loops in which the compartments spend their time, apart from the rules that drive them.
//
// Plain loops over contiguous columns. On x86 they are also compiled for AVX2 and AVX-512 and chosen when the program
// runs (all but products by gcc alone); every element is computed by the same operations in the same order, so the
// numbers are the same.
#pragma once

#include <vector>

#include "sim/base/samplers.hpp"

namespace nuzuh::kernels {

/// A sparse matrix, column by column.
struct Columns {
    std::vector<int> begin{0};  ///< [columns + 1] where each column's terms begin
    std::vector<int> row;
    std::vector<double> factor;

    int count() const { return int(begin.size()) - 1; }
    void clear();
    void add(int in_row, double value);
    void close_column() { begin.push_back(int(row.size())); }
};

/// A matrix without gaps, column by column.
struct Dense {
    const double* values;  ///< [rows, columns] finite
    long rows, columns;
};

/// result.col(q) = sum over the terms of column q of left.col(row) * factor.
///
/// Each number is the sum of its terms in their order, whatever registers the processor has.
///
/// @param left         [rows, ...] column-major, `stride` numbers from one column to the next; finite
/// @param result       [rows, right.count()] column-major, without gaps; set
void product(const double* left, long rows, long stride, const Columns& right, double* result);
/// The same with all of a dense matrix, where more of what was read is used at once.
///
/// @param left    [rows, right.rows] column-major, without gaps
/// @param result  [rows, right.columns] column-major, without gaps; set
void product(const double* left, long rows, const Dense& right, double* result);

/// Products by registers of one width.
struct Products {
    void (*sparse)(const double* left, long rows, long stride, const Columns& right, double* result);
    void (*dense)(const double* left, long rows, const Dense& right, double* result);
};
/// For registers of 2, 4 or 8 numbers; nullptr where this processor has none so wide.
const Products* products_for(int width);

/// Takes those who move on out of the cells of one group at one place.
///
/// Shape    [n homes] each.
///
/// @param chance       of moving on, the same for all
/// @param per_weight   1 / pull of all destinations together; 0 where nowhere can be reached: they stay
/// @param cells        households there
/// @param setting_out  households per weight, added to
/// @return             households that move on
double take_out(double chance, const double* per_weight, double* cells, double* setting_out, long n);

/// The same where some go home.
///
/// @param leave        chance of moving on
/// @param home         chance of going home
/// @param going_home   households, added to
double take_out(const double* leave, const double* home, const double* per_weight, double* cells,
                double* setting_out, double* going_home, long n);

/// to += from * weight, n long.
void add(const double* from, double weight, double* to, long n);

/// to += left * right * weight, n long.
///
/// @return  the sum of what was added, in an order that depends on n alone
double add_product(const double* left, const double* right, double weight, double* to, long n);

/// Sum in an order that depends on n alone.
double sum(const double* values, long n);

}  // namespace nuzuh::kernels
