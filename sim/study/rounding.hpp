// Numbers as people are told them: no digit that the band does not support.
#pragma once

#include <string>

#include "sim/study/number_text.hpp"

namespace nuzuh {

/// How coarsely numbers are given.
///
/// The unit is the largest power of ten that is at most a fifth of the 90 % band, so that rounding moves no end by
/// more than a tenth of it; never finer than three significant digits of the largest number, never finer than 1.
/// Without a band three significant digits remain. Source: judgement.
class Rounding {
public:
    /// For numbers that stand side by side: a median and the ends of its band.
    Rounding(double median, double low, double high);

    /// For a number without a band.
    explicit Rounding(double number) : Rounding(number, number, number) {}

    /// The number in whole units; one smaller than a unit keeps its first digit.
    double value(double number) const;

    /// "27,100".
    std::string text(double number) const { return grouped(value(number)); }

private:
    double unit_;
};

/// "26,000 to 28,000".
std::string range_text(const Rounding& rounding, double low, double high);

}  // namespace nuzuh
