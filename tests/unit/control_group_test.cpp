// Limits of made-up machines, as files of the kernel tell them.
#include "sim/study/control_group.hpp"

#include <cmath>
#include <fstream>

#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

class ControlGroup : public testing::Test {
protected:
    ~ControlGroup() override { fs::remove_all(root_); }
    void put(const std::string& file, const std::string& text) const {
        fs::create_directories((root_ / file).parent_path());
        std::ofstream(root_ / file) << text;
    }
    ControlGroupLimits limits() const { return control_group_limits(root_); }

    fs::path root_ = fs::temp_directory_path() / fmt::format("nuzuh-cgroup-{}", ::getpid());
};

TEST_F(ControlGroup, without_any_there_is_no_limit) {
    EXPECT_TRUE(std::isinf(limits().free_bytes));
    EXPECT_TRUE(std::isinf(limits().processors));
}

TEST_F(ControlGroup, of_version_2_the_tightest_above_counts) {
    put("proc/self/cgroup", "0::/job/step\n");
    put("sys/fs/cgroup/job/step/memory.max", "max\n");
    put("sys/fs/cgroup/job/memory.max", "8000000\n");
    put("sys/fs/cgroup/job/memory.current", "5000000\n");
    put("sys/fs/cgroup/job/memory.stat", "anon 3000000\ninactive_file 1000000\n");
    put("sys/fs/cgroup/memory.max", "9000000\n");
    put("sys/fs/cgroup/memory.current", "5000000\n");
    put("sys/fs/cgroup/job/step/cpu.max", "250000 100000\n");
    put("sys/fs/cgroup/job/cpu.max", "max 100000\n");
    EXPECT_EQ(limits().free_bytes, 4e6);  // 8 less 5, of which 1 can be dropped
    EXPECT_EQ(limits().processors, 2.5);
}

TEST_F(ControlGroup, of_version_1_each_controller_has_its_own) {
    put("proc/self/cgroup", "5:memory:/slurm/job_7\n4:cpu,cpuacct:/slurm\n1:name=systemd:/x\n");
    put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
    put("sys/fs/cgroup/memory/slurm/job_7/memory.limit_in_bytes", "2000\n");
    put("sys/fs/cgroup/memory/slurm/job_7/memory.usage_in_bytes", "500\n");
    put("sys/fs/cgroup/cpu,cpuacct/slurm/cpu.cfs_quota_us", "50000\n");
    put("sys/fs/cgroup/cpu,cpuacct/slurm/cpu.cfs_period_us", "100000\n");
    put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "-1\n");
    put("sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
    EXPECT_EQ(limits().free_bytes, 1500);
    EXPECT_EQ(limits().processors, 0.5);
}

TEST_F(ControlGroup, what_is_in_use_may_be_more_than_the_limit) {
    put("proc/self/cgroup", "0::/\n");
    put("sys/fs/cgroup/memory.max", "1000\n");
    put("sys/fs/cgroup/memory.current", "1500\n");
    EXPECT_EQ(limits().free_bytes, 0);
}

}  // namespace
}  // namespace nuzuh
