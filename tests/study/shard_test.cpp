// Tasks of job arrays, and the shards that they stand for.
#include <map>

#include <gtest/gtest.h>

#include "sim/study/shard.hpp"

namespace nuzuh {
namespace {

/// What Slurm tells a task of the array first..last by step that has `count` tasks.
Environment task(int id, int count, int first, int last, int step = 1) {
    const std::map<std::string, int> variables{{"SLURM_ARRAY_TASK_ID", id},
                                               {"SLURM_ARRAY_TASK_COUNT", count},
                                               {"SLURM_ARRAY_TASK_MIN", first},
                                               {"SLURM_ARRAY_TASK_MAX", last},
                                               {"SLURM_ARRAY_TASK_STEP", step}};
    return [variables](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return {};
        return std::to_string(found->second);
    };
}

std::string of(const Result<Shard>& shard) {
    if (!shard) return shard.findings().front().message + " | " + shard.findings().front().hint;
    return std::to_string(shard->number) + "/" + std::to_string(shard->count());
}

TEST(Shard, every_task_of_a_whole_array_has_its_own) {
    EXPECT_EQ(of(read_shard("slurm", 0, {}, task(1, 4, 1, 4))), "1/4");
    EXPECT_EQ(of(read_shard("slurm", 0, {}, task(0, 4, 0, 3))), "1/4");
    EXPECT_EQ(of(read_shard("slurm", 0, {}, task(12, 3, 5, 19, 7))), "2/3");
}

TEST(Shard, what_the_study_was_begun_with_holds_for_later_arrays) {
    const ShardNumbering begun{4, 1, 1};
    EXPECT_EQ(of(read_shard("slurm", 0, begun, task(3, 1, 3, 3))), "3/4");
    EXPECT_EQ(of(read_shard("slurm", 0, begun, task(4, 2, 2, 4, 2))), "4/4");
    EXPECT_EQ(of(read_shard("slurm", 0, begun, task(4, 3, 1, 4))), "4/4") << "a list with gaps";
    EXPECT_NE(of(read_shard("slurm", 0, begun, task(5, 8, 1, 8))).find("none of the 4 shards"),
              std::string::npos);
    EXPECT_EQ(of(read_shard("slurm", 8, begun, task(5, 8, 1, 8))), "5/8") << "divided anew, if so asked";
    const ShardNumbering in_steps{3, 0, 5};
    EXPECT_EQ(of(read_shard("slurm", 0, in_steps, task(10, 1, 10, 10))), "3/3");
    EXPECT_NE(of(read_shard("slurm", 0, in_steps, task(7, 1, 7, 7))).find("tasks 0 to 10 by 5"),
              std::string::npos);
}

TEST(Shard, what_does_not_say_how_many_there_are_is_refused) {
    for (const auto& array : {task(7, 3, 1, 7), task(3, 1, 3, 3), task(2, 2, 2, 9, 1)})
        EXPECT_NE(of(read_shard("slurm", 0, {}, array)).find("--shards"), std::string::npos);
    EXPECT_EQ(of(read_shard("slurm", 9, {}, task(7, 3, 1, 7))), "7/9");
    EXPECT_NE(of(read_shard("slurm", 9, {}, task(10, 3, 1, 10))).find("none of the 9"), std::string::npos);
    const Environment no_array = [](const std::string&) { return std::optional<std::string>(); };
    EXPECT_NE(of(read_shard("slurm", 0, {}, no_array)).find("job array"), std::string::npos);
}

TEST(Shard, plain_ones_are_read_as_they_stand) {
    EXPECT_EQ(of(read_shard("")), "1/1");
    EXPECT_EQ(of(read_shard("3/8")), "3/8");
    for (const char* text : {"0/8", "9/8", "3", "3/", "a/b", "-1/8", "3/8x"})
        EXPECT_NE(of(read_shard(text)).find("I/N"), std::string::npos) << text;
    EXPECT_NE(of(read_shard("3/8", 8)).find("--shards has no effect"), std::string::npos);
}

}  // namespace
}  // namespace nuzuh
