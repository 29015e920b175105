#include "sim/study/rounding.hpp"

#include <algorithm>
#include <cmath>

namespace nuzuh {
namespace {

/// The largest power of ten that is not above a number.
double power_of_ten(double number) { return std::pow(10.0, std::floor(std::log10(number) + 1e-12)); }

}  // namespace

Rounding::Rounding(double median, double low, double high) : unit_(1) {
    constexpr double parts_of_band = 5, significant = 100;
    const double largest = std::max({std::abs(median), std::abs(low), std::abs(high)});
    if (largest > significant) unit_ = std::max(unit_, power_of_ten(largest) / significant);
    if (high - low > parts_of_band) unit_ = std::max(unit_, power_of_ten((high - low) / parts_of_band));
}

double Rounding::value(double number) const {
    const double size = std::abs(number);
    if (!std::isfinite(number) || size < 1) return std::isfinite(number) ? std::round(number) : number;
    const double unit = std::min(unit_, power_of_ten(size));
    return std::round(number / unit) * unit;
}

std::string range_text(const Rounding& rounding, double low, double high) {
    return rounding.text(low) + " to " + rounding.text(high);
}

}  // namespace nuzuh
