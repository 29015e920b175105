#include "sim/base/list.hpp"

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

TEST(List, copies_share_until_one_is_changed) {
    const List<int> first{1, 2, 3};
    List<int> second = first;
    EXPECT_EQ(&*first.begin(), &*second.begin());
    second[1] = 5;
    EXPECT_EQ(first, (List<int>{1, 2, 3}));
    EXPECT_EQ(second, (List<int>{1, 5, 3}));
    List<int> third = second;
    for (int& item : third.own()) item *= 2;
    EXPECT_EQ(second, (List<int>{1, 5, 3}));
    EXPECT_EQ(third, (List<int>{2, 10, 6}));
}

TEST(List, without_entries_is_like_any_other) {
    List<int> none;
    EXPECT_TRUE(none.empty());
    EXPECT_EQ(none, List<int>(std::vector<int>{}));
    EXPECT_EQ(none.begin(), none.end());
    List<int> some = none;
    some.push_back(4);
    EXPECT_NE(none, some);
    some.clear();
    EXPECT_EQ(none, some);
    some.resize(2);
    EXPECT_EQ(some.size(), 2u);
    some.pop_back();
    EXPECT_EQ(some, (List<int>{0}));
}

}  // namespace
}  // namespace nuzuh
