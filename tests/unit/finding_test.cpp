#include "sim/base/finding.hpp"

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

const Finding warning{Severity::warning, "period", "short", "", {}, ""};
const Finding error{Severity::error, "period", "missing", "", {}, ""};

TEST(Findings, warnings_alone_are_no_errors) {
    EXPECT_FALSE(has_errors({}));
    EXPECT_FALSE(has_errors({warning, warning}));
    EXPECT_TRUE(has_errors({warning, error}));
}

TEST(Result, carries_warnings_beside_a_value) {
    const Result<int> result(7, {warning});
    ASSERT_TRUE(result);
    EXPECT_EQ(*result, 7);
    EXPECT_EQ(result.findings().size(), 1u);
}

TEST(Result, without_a_value_tells_why) {
    const Result<int> result(Findings{error});
    EXPECT_FALSE(result);
    EXPECT_EQ(result.findings().at(0).message, "missing");
}

}  // namespace
}  // namespace nuzuh
