// Where the width of a band comes from.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/study/ensemble.hpp"
#include "sim/study/sensitivity.hpp"

namespace nuzuh {

/// Shares of the variance between members that would stay if all other sources were known, with 90 % intervals from
/// resampling of blocks. They add to more than 1 where sources act through each other.
///
/// Source   Jansen 1999, Computer Physics Communications 117, 35-43: half of the mean squared difference of two runs
///          that differ in one source alone.
struct VarianceShares {
    Estimate chance;     ///< [-]
    Estimate behaviour;  ///< [-] parameters
    Estimate inputs;     ///< [-] strikes, fronts, populations, capacities
};

/// Fewer members tell sources apart only by luck. Judgement: 25 blocks.
constexpr int fewest_members_for_shares = 25 * MemberBlock::size;

/// @param members  [M] a number of every member, drawn in blocks, see `MemberBlock`
/// @return         nothing for few members or a number that is the same in all
std::optional<VarianceShares> variance_shares(std::span<const double> members);

/// An unknown and how a number hangs on it.
struct Influence {
    std::string unknown;          ///< dotted key
    double rank_correlation = 0;  ///< [-1, 1]
};

/// The unknowns on which a number hangs most, strongest first; none that would stand here by chance in more than one of
/// twenty ensembles, whatever their number (Bonferroni).
///
/// @param members  [M] the number in every member
/// @param values   [M][names] what each member drew
std::vector<Influence> influences(std::span<const double> members,
                                  const std::vector<std::vector<double>>& values,
                                  const std::vector<std::string>& names, std::size_t most = 3);

/// Both in a sentence about the people displaced by the end: "" where neither can be said.
std::string variance_text(const EnsembleResult& result);

}  // namespace nuzuh
