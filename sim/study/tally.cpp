#include "sim/study/tally.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace nuzuh {
namespace {

constexpr int sub_bins_bits = 6;  ///< 64 bins between a number and its double
constexpr std::uint32_t exact_below = 1u << sub_bins_bits;
constexpr int dropped_bits = 23 - sub_bins_bits;  ///< of a float's 23
constexpr std::uint32_t bin_of_exact_below = std::bit_cast<std::uint32_t>(float(exact_below)) >> dropped_bits;

/// The leading bits of a float are its exponent and the first digits of its fraction: bins without a logarithm.
std::uint16_t bin_of(float value) {
    if (!(value > 0)) return 0;
    if (value < float(exact_below)) return std::uint16_t(value + 0.5f);
    return std::uint16_t((std::bit_cast<std::uint32_t>(value) >> dropped_bits) - bin_of_exact_below +
                         exact_below);
}

double lower_edge(std::uint32_t bin) {
    if (bin < exact_below) return bin;
    return std::bit_cast<float>((bin - exact_below + bin_of_exact_below) << dropped_bits);
}

std::int64_t in_thousandths(float value) { return std::int64_t(std::floor(double(value) * 1000 + 0.5)); }

}  // namespace

Tally::Tally(std::int64_t runs, std::vector<std::int64_t> sum, std::vector<std::uint32_t> first,
             std::vector<std::uint16_t> bin, std::vector<std::uint32_t> count)
    : runs_(runs),
      sum_(std::move(sum)),
      first_(std::move(first)),
      bin_(std::move(bin)),
      count_(std::move(count)) {}

void Tally::add(std::span<const float> values, std::size_t runs) {
    if (runs == 0) return;
    Tally more(size());
    more.runs_ = std::int64_t(runs);
    std::vector<std::uint16_t> bins(runs);
    for (std::size_t i = 0; i < size(); ++i) {
        for (std::size_t run = 0; run < runs; ++run) {
            const float value = values[run * size() + i];
            more.sum_[i] += in_thousandths(value);
            bins[run] = bin_of(value);
        }
        std::sort(bins.begin(), bins.end());
        for (std::size_t from = 0, to = 0; from < runs; from = to) {
            while (to < runs && bins[to] == bins[from]) ++to;
            more.bin_.push_back(bins[from]);
            more.count_.push_back(std::uint32_t(to - from));
        }
        more.first_[i + 1] = std::uint32_t(more.bin_.size());
    }
    add(more);
}

void Tally::add(const Tally& other) {
    if (other.runs_ == 0) return;
    if (runs_ == 0) {
        *this = other;
        return;
    }
    std::vector<std::uint32_t> first(size() + 1, 0), count;
    std::vector<std::uint16_t> bin;
    bin.reserve(bin_.size() + other.bin_.size());
    count.reserve(bin_.size() + other.bin_.size());
    for (std::size_t i = 0; i < size(); ++i) {
        std::uint32_t a = first_[i], b = other.first_[i];
        const std::uint32_t a_end = first_[i + 1], b_end = other.first_[i + 1];
        while (a < a_end || b < b_end) {
            const bool from_a = a < a_end && (b == b_end || bin_[a] <= other.bin_[b]);
            const bool from_b = b < b_end && (a == a_end || other.bin_[b] <= bin_[a]);
            bin.push_back(from_a ? bin_[a] : other.bin_[b]);
            count.push_back((from_a ? count_[a++] : 0) + (from_b ? other.count_[b++] : 0));
        }
        sum_[i] += other.sum_[i];
        first[i + 1] = std::uint32_t(bin.size());
    }
    runs_ += other.runs_;
    first_ = std::move(first);
    bin_ = std::move(bin);
    count_ = std::move(count);
}

double Tally::mean(std::size_t value) const {
    if (runs_ == 0) return std::numeric_limits<double>::quiet_NaN();
    return double(sum_[value]) / 1000 / double(runs_);
}

double Tally::order_statistic(std::size_t value, std::int64_t rank) const {
    std::int64_t below = 0;
    for (std::uint32_t at = first_[value]; at < first_[value + 1]; ++at) {
        const std::int64_t here = count_[at];
        if (rank < below + here) {
            const double low = lower_edge(bin_[at]);
            if (bin_[at] < exact_below) return low;
            return low + (lower_edge(bin_[at] + 1u) - low) * (double(rank - below) + 0.5) / double(here);
        }
        below += here;
    }
    return std::numeric_limits<double>::quiet_NaN();
}

double Tally::quantile(std::size_t value, double p) const {
    if (runs_ == 0) return std::numeric_limits<double>::quiet_NaN();
    const double position = p * double(runs_ - 1);
    const auto rank = std::int64_t(position);
    const double low = order_statistic(value, rank);
    const double high = order_statistic(value, std::min(rank + 1, runs_ - 1));
    return low + (position - double(rank)) * (high - low);
}

}  // namespace nuzuh
