// Quantiles over more runs than anybody wants to store: counts in fixed bins, which add up exactly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace nuzuh {

/// Counts of runs by value, and the sum of the values, for each number of an output.
///
/// A value below 64 persons is counted to the whole person, one above in bins of which 64 lie between a number and its
/// double. Counts are integers, sums are integers (thousandths of a person): a tally of all runs is the same
/// whatever the order, and whatever runs were tallied together.
///
/// Edges    values below 0 count as 0; up to 2^31 persons.
class Tally {
public:
    explicit Tally(std::size_t values) : sum_(values, 0), first_(values + 1, 0) {}
    /// A tally from its parts, as they were stored.
    Tally(std::int64_t runs, std::vector<std::int64_t> sum, std::vector<std::uint32_t> first,
          std::vector<std::uint16_t> bin, std::vector<std::uint32_t> count);

    /// Counts some runs in.
    ///
    /// @param values  [runs, N] row-major
    /// @param runs    how many
    void add(std::span<const float> values, std::size_t runs);
    void add(const Tally& other);

    std::size_t size() const { return sum_.size(); }
    std::int64_t runs() const { return runs_; }

    /// Mean over runs of one number; NaN without runs.
    double mean(std::size_t value) const;

    /// Quantile over runs of one number, by linear interpolation between order statistics (type 7 of Hyndman and Fan
    /// 1996); the runs of a bin count as spread evenly over it. Exact below 64, else off by less than a bin, 1.6 %.
    ///
    /// @param value  which of the N numbers
    /// @param p      in [0, 1]
    double quantile(std::size_t value, double p) const;

    const std::vector<std::int64_t>& sum() const { return sum_; }  ///< [N] thousandths
    const std::vector<std::uint32_t>& first() const {
        return first_;
    }  ///< [N + 1] where each number's bins begin
    const std::vector<std::uint16_t>& bin() const { return bin_; }  ///< bins that are not empty, ascending
    const std::vector<std::uint32_t>& count() const { return count_; }  ///< runs in them

private:
    double order_statistic(std::size_t value, std::int64_t rank) const;

    std::int64_t runs_ = 0;
    std::vector<std::int64_t> sum_;
    std::vector<std::uint32_t> first_;
    std::vector<std::uint16_t> bin_;
    std::vector<std::uint32_t> count_;
};

}  // namespace nuzuh
