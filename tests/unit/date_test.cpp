#include "sim/base/date.hpp"

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

TEST(Date, counts_days_since_1970) {
    EXPECT_EQ(parse_date("1970-01-01")->days, 0);
    EXPECT_EQ(parse_date("1969-12-31")->days, -1);
    EXPECT_EQ(parse_date("2019-04-29")->days, 18015);
    EXPECT_EQ(parse_date("2019-12-31")->days, 18261);
}

TEST(Date, knows_leap_years) {
    EXPECT_TRUE(parse_date("2020-02-29"));
    EXPECT_TRUE(parse_date("2000-02-29"));
    EXPECT_FALSE(parse_date("2019-02-29"));
    EXPECT_FALSE(parse_date("1900-02-29"));
    EXPECT_EQ(*parse_date("2020-03-01") - *parse_date("2020-02-28"), 2);
    EXPECT_EQ(*parse_date("2019-03-01") - *parse_date("2019-02-28"), 1);
}

TEST(Date, refuses_every_other_form) {
    for (const char* text : {"",           "2019",        "2019-4-29",   "29-04-2019",
                             "2019/04/29", "2019-04-29 ", " 2019-04-29", "2019-04-29T00:00",
                             "2019-13-01", "2019-00-10",  "2019-01-00",  "2019-01-32",
                             "2019-04-31", "20l9-04-29",  "+019-04-29",  "-019-04-29",
                             "2019--4-29", "2019-04--1",  "2019-04-+1",  "٢٠١٩-٠٤-٢٩"}) {
        EXPECT_FALSE(parse_date(text)) << '"' << text << '"';
    }
}

TEST(Date, is_written_as_it_is_read) {
    for (int days = -800000; days < 800000; days += 97) {  // centuries, leap years and months of all kinds
        const std::string text = iso(Date{days});
        if (text.size() != 10 || text[0] == '-') continue;  // years of other than four digits
        ASSERT_TRUE(parse_date(text)) << text;
        EXPECT_EQ(parse_date(text)->days, days) << text;
    }
}

TEST(Date, order_is_that_of_the_calendar) {
    const Date april = *parse_date("2019-04-30");
    EXPECT_LT(april, *parse_date("2019-05-01"));
    EXPECT_EQ(april + 1, *parse_date("2019-05-01"));
    EXPECT_EQ((april + -120) - april, -120);
}

}  // namespace
}  // namespace nuzuh
