// What is done, what is missing, and who gets it.
#include <atomic>
#include <set>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/study/schedule.hpp"

namespace nuzuh {

void PrintTo(const RunRange& range, std::ostream* out) { *out << range.first << ".." << range.end; }

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Schedule, of_overlapping_segments_those_that_hold_most_are_taken) {
    EXPECT_THAT(without_overlap({{0, 18}, {0, 11}, {11, 32}}),
                ElementsAre(RunRange{0, 11}, RunRange{11, 32}));
    EXPECT_THAT(without_overlap({{0, 32}, {0, 18}, {18, 30}}), ElementsAre(RunRange{0, 32}));
    EXPECT_THAT(without_overlap({{64, 96}, {0, 32}}), ElementsAre(RunRange{0, 32}, RunRange{64, 96}));
    EXPECT_THAT(without_overlap({{0, 10}, {5, 15}, {10, 20}, {0, 10}}),
                ElementsAre(RunRange{0, 10}, RunRange{10, 20}));
    EXPECT_THAT(without_overlap({}), IsEmpty());
}

TEST(Schedule, what_is_missing_is_cut_at_blocks) {
    EXPECT_THAT(missing_runs({0, 10}, {}, 4), ElementsAre(RunRange{0, 4}, RunRange{4, 8}, RunRange{8, 10}));
    EXPECT_THAT(missing_runs({0, 10}, {{0, 5}, {7, 8}}, 4), ElementsAre(RunRange{5, 7}, RunRange{8, 10}));
    EXPECT_THAT(missing_runs({3, 6}, {{0, 4}, {5, 9}}, 4), ElementsAre(RunRange{4, 5}));
    EXPECT_THAT(missing_runs({3, 6}, {{0, 9}}, 4), IsEmpty());
    EXPECT_THAT(missing_runs({5, 7}, {{0, 2}, {8, 9}}, 100), ElementsAre(RunRange{5, 7}));
}

TEST(Schedule, shards_hold_every_run_once) {
    for (std::int64_t runs : {1, 6, 7, 100}) {
        std::int64_t at = 0;
        for (int i = 1; i <= 7; ++i) {
            const RunRange shard = shard_of(runs, i, 7);
            EXPECT_EQ(shard.first, at);
            EXPECT_LE(shard.size(), runs / 7 + 1);
            at = shard.end;
        }
        EXPECT_EQ(at, runs);
    }
}

TEST(Schedule, every_range_is_worked_on_once) {
    LocalWorkQueue queue(missing_runs({0, 1000}, {}, 3));
    std::vector<std::atomic<int>> times(1000);
    work_through(queue, 4, [&](RunRange range, int) {
        for (auto run = range.first; run < range.end; ++run) ++times[std::size_t(run)];
    });
    for (const auto& count : times) EXPECT_EQ(count, 1);
}

TEST(Schedule, a_failure_ends_the_work_and_is_told) {
    for (const int threads : {1, 2}) {
        LocalWorkQueue queue(missing_runs({0, 100000}, {}, 1));
        std::atomic<int> worked = 0;
        EXPECT_THROW(work_through(queue, threads,
                                  [&](RunRange range, int) {
                                      ++worked;
                                      if (range.first == 10) throw std::runtime_error("full");
                                  }),
                     std::runtime_error);
        EXPECT_FALSE(queue.next()) << "what is left is given to nobody";
        EXPECT_TRUE(threads > 1 || worked == 11) << worked;
    }
}

}  // namespace
}  // namespace nuzuh
