#include "output/scalar_output.hpp"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

constexpr std::array<Date, 4> days{Date{7}, Date{14}, Date{21}, Date{28}};  // weeks from 1970-01-08
constexpr std::array<float, 4> series{10, 40, 30, 20};

double value(const std::string& text) {
    const auto output = parse_scalar_output(text);
    return output ? scalar_value(*output, days, series) : -1;
}

TEST(ScalarOutput, a_stock_is_taken_where_it_stands) {
    EXPECT_EQ(value("total_displaced"), 20);
    EXPECT_EQ(value("total_displaced@end"), 20);
    EXPECT_EQ(value("total_displaced@peak"), 40);
    EXPECT_EQ(value("total_displaced@1970-01-15"), 40);
    EXPECT_EQ(value("displaced/dana@1970-01-21"), 40);  // the week to the 22nd has not ended
    EXPECT_EQ(value("total_displaced@1970-01-15..1970-01-29"), -20);
}

TEST(ScalarOutput, a_flow_is_summed) {
    EXPECT_EQ(value("arrivals/dana+atmeh"), 100);
    EXPECT_EQ(value("arrivals/dana@peak"), 40);
    EXPECT_EQ(value("arrivals/dana@1970-01-15"), 50);
    EXPECT_EQ(value("arrivals/dana@1970-01-15..1970-01-29"), 50);
}

TEST(ScalarOutput, a_time_before_the_first_record_has_no_value) {
    EXPECT_TRUE(std::isnan(value("total_displaced@1970-01-02")));
    EXPECT_TRUE(std::isnan(value("total_displaced@1970-01-02..1970-01-29")));
    EXPECT_EQ(value("arrivals/dana@1970-01-02..1970-01-08"), 10);
}

TEST(ScalarOutput, places_are_told_apart) {
    const auto output = parse_scalar_output("arrivals/dana+deir_hassan@peak");
    ASSERT_TRUE(output);
    EXPECT_EQ(output->parts, (std::vector<std::string>{"dana", "deir_hassan"}));
    EXPECT_EQ(output->kind, Kind::flow);
}

TEST(ScalarOutput, danger_bands_stand_where_places_do) {
    const auto output = parse_scalar_output("at_home_by_danger/3 and more+under assault@peak");
    ASSERT_TRUE(output);
    EXPECT_TRUE(output->by_danger);
    EXPECT_EQ(output->parts, (std::vector<std::string>{"3 and more", "under assault"}));
}

TEST(ScalarOutput, what_cannot_be_read_is_said) {
    const auto complaint = [](const std::string& text) {
        const auto output = parse_scalar_output(text);
        return output ? "" : output.findings()[0].message + "; " + output.findings()[0].hint;
    };
    EXPECT_EQ(complaint("total_displaces"), "no output 'total_displaces'; did you mean 'total_displaced'?");
    EXPECT_EQ(complaint("total_displaced/dana"),
              "'total_displaced' is a total over all places; leave out the place");
    EXPECT_EQ(complaint("arrivals@peak"), "'arrivals' is by place; name one: arrivals/dana");
    EXPECT_EQ(complaint("at_home_by_danger@peak"),
              "'at_home_by_danger' is by danger; name a band: at_home_by_danger/fallen");
    const std::string times = "; end, peak, 2019-08-31, or 2019-08-17..2019-08-21";
    EXPECT_EQ(complaint("total_displaced@2019-02-29"), "'2019-02-29' is no time" + times);
    EXPECT_EQ(complaint("total_displaced@2019-02-02..2019-02-01"),
              "'2019-02-02..2019-02-01' is no time" + times);
}

}  // namespace
}  // namespace nuzuh
