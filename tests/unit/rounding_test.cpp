// Numbers are told with the digits that their band supports.
#include "sim/study/rounding.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

std::string told(double median, double low, double high) {
    const Rounding rounding(median, low, high);
    return rounding.text(median) + " (" + range_text(rounding, low, high) + ")";
}

TEST(Rounding, no_digit_that_the_band_does_not_support) {
    EXPECT_EQ(told(27076.4, 27004, 27145), "27,100 (27,000 to 27,100)") << "three digits at most";
    EXPECT_EQ(told(1'234'567, 1'000'001, 1'499'999), "1,230,000 (1,000,000 to 1,500,000)");
    EXPECT_EQ(told(652'345, 611'111, 699'999), "650,000 (610,000 to 700,000)");
    EXPECT_EQ(told(2532, 812, 8112), "3,000 (800 to 8,000)");
    EXPECT_EQ(told(57, 13, 102), "60 (10 to 100)");
    EXPECT_EQ(told(-23'456, -41'234, -8'765), "-23,000 (-41,000 to -9,000)");
}

TEST(Rounding, a_number_without_a_band_has_three_digits) {
    EXPECT_EQ(Rounding(123'456).text(123'456), "123,000");
    EXPECT_EQ(Rounding(999).text(999), "999");
    EXPECT_EQ(Rounding(999'600).text(999'600), "1,000,000");
    EXPECT_EQ(Rounding(0).text(0), "0");
    EXPECT_EQ(Rounding(0.4).text(0.4), "0");
}

TEST(Rounding, what_is_not_nothing_is_not_told_as_nothing) {
    EXPECT_EQ(told(20'000, 7, 90'000), "20,000 (7 to 90,000)");
    EXPECT_EQ(told(20'000, 340, 90'000), "20,000 (300 to 90,000)");
    EXPECT_EQ(told(20'000, 0, 90'000), "20,000 (0 to 90,000)");
}

TEST(Rounding, moves_no_end_by_more_than_a_tenth_of_a_wide_band) {
    for (double centre : {12.0, 777.0, 43'210.0, 9'876'543.0}) {
        for (double width = centre / 7; width < 3 * centre; width *= 1.37) {
            const double low = centre - width / 2, high = centre + width / 2;
            const Rounding rounding(centre, low, high);
            for (double end : {low, centre, high})
                EXPECT_LE(std::abs(rounding.value(end) - end), std::max(0.5, width / 10))
                    << end << " of " << width;
        }
    }
}

}  // namespace
}  // namespace nuzuh
