#include "sim/base/nearest.hpp"

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

TEST(EditDistance, counts_single_letter_changes) {
    EXPECT_EQ(edit_distance("capacity", "capacity"), 0);
    EXPECT_EQ(edit_distance("capasity", "capacity"), 1);   // replace
    EXPECT_EQ(edit_distance("capcity", "capacity"), 1);    // insert
    EXPECT_EQ(edit_distance("capaccity", "capacity"), 1);  // delete
    EXPECT_EQ(edit_distance("capaictyx", "capacity"), 2);  // swap and delete
    EXPECT_EQ(edit_distance("ab", "ba"), 1);               // neighbours swapped count once
    EXPECT_EQ(edit_distance("", "abc"), 3);
    EXPECT_EQ(edit_distance("", ""), 0);
}

TEST(EditDistance, ignores_case_and_is_symmetric) {
    EXPECT_EQ(edit_distance("ATMEH", "atmeh"), 0);
    EXPECT_EQ(edit_distance("sarmada", "salqin"), edit_distance("salqin", "sarmada"));
}

const std::vector<std::string> places{"ariha", "atmeh", "idlib", "khan_shaykhun", "maarat_al_numan"};

TEST(NearestWord, finds_the_word_that_was_meant) {
    EXPECT_EQ(nearest_word("khan_sheikhun", places), "khan_shaykhun");
    EXPECT_EQ(nearest_word("maarat_al_numman", places), "maarat_al_numan");
    EXPECT_EQ(nearest_word("Idlb", places), "idlib");
    EXPECT_EQ(nearest_word("ariah", places), "ariha");
}

TEST(NearestWord, says_nothing_rather_than_something_far) {
    EXPECT_EQ(nearest_word("aleppo", places), "");
    EXPECT_EQ(nearest_word("", places), "");
    EXPECT_EQ(nearest_word("idlib", {}), "");
    EXPECT_EQ(nearest_word(std::string(5000, 'x'), places), "");
}

}  // namespace
}  // namespace nuzuh
