// The loops in which the compartments spend their time, apart from the rules that drive them.
//
// Plain loops over contiguous columns. On x86 with gcc they are also compiled for AVX2 and chosen when the
// program starts; every element is computed by the same operations in the same order, so the numbers are the same.
#pragma once

#include <Eigen/Core>

#include "sim/base/samplers.hpp"

namespace nuzuh::kernels {

using Counts = Eigen::Array<Count, Eigen::Dynamic, Eigen::Dynamic>;
using Reals = Eigen::ArrayXXd;

/// result += left * right, skipping zeros on the right.
///
/// Shape    [J, O] += [J, I] * [I, O]
void add_product(const Reals& left, const Reals& right, Reals& result);

/// weighted += weight * cells; sums += sum of cells over homes.
///
/// Shape    cells, weighted [P, homes]; sums [P].
void add_weighted(const Counts& cells, double weight, Reals& weighted, Eigen::ArrayXd& sums);
void add_weighted(const Reals& cells, double weight, Reals& weighted, Eigen::ArrayXd& sums);

/// sums += sum of cells over homes.
void add_sums(const Counts& cells, Eigen::ArrayXd& sums);
void add_sums(const Reals& cells, Eigen::ArrayXd& sums);

/// Fractions of the households at each place that move on or go home, by whether home is open to them.
///
/// Shape    [P] each.
struct Fractions {
    Eigen::ArrayXd leave_if_closed, leave_if_open, home_if_open;
};

/// Takes those who move on or go home out of `cells`.
///
/// @param open          [P, homes] 1 where home is open and in reach, else 0
/// @param total_weight  [P, homes] pull of all destinations together; nobody sets out where it is 0
/// @param setting_out   [P, homes] households per weight, added to
/// @param going_home    [P, homes] households, set
/// @param departures    [P] households, added to
/// @param stuck         [P] households that would have left and had nowhere to go, added to
void take_out(const Fractions& fractions, const Reals& open, const Reals& total_weight, Reals& cells,
              Reals& setting_out, Reals& going_home, Eigen::ArrayXd& departures, Eigen::ArrayXd& stuck);

}  // namespace nuzuh::kernels
