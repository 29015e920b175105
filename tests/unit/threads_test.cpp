// What goes wrong in a thread of a team comes out of it, and ends no process.
#include "sim/base/threads.hpp"

#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace nuzuh {
namespace {

TEST(CarriedFailure, is_none_where_all_is_done) {
    std::vector<int> done(100);
    CarriedFailure failure;
#pragma omp parallel for num_threads(4)
    for (int i = 0; i < 100; ++i) failure.watch([&] { done[std::size_t(i)] = 1; });
    EXPECT_NO_THROW(failure.rethrow());
    EXPECT_EQ(done, std::vector<int>(100, 1));
}

TEST(CarriedFailure, comes_out_of_a_team_as_it_was_thrown) {
    CarriedFailure failure;
    int left_out = 0;
#pragma omp parallel for num_threads(4) reduction(+ : left_out)
    for (int i = 0; i < 100; ++i) {
        const bool done = failure.watch([&] {
            if (i % 10 == 7) throw std::bad_alloc();
        });
        left_out += done ? 0 : 1;
    }
    EXPECT_EQ(left_out, 10);
    EXPECT_THROW(failure.rethrow(), std::bad_alloc);
}

TEST(CarriedFailure, is_the_first_one) {
    CarriedFailure failure;
    for (const char* what : {"first", "second"}) failure.watch([&] { throw std::runtime_error(what); });
    try {
        failure.rethrow();
        ADD_FAILURE() << "nothing came out";
    } catch (const std::runtime_error& why) {
        EXPECT_STREQ(why.what(), "first");
    }
}

}  // namespace
}  // namespace nuzuh
