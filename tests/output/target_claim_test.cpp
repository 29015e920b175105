// Of two that would write one file the second is told; what was killed keeps nobody out.
#include "output/target_claim.hpp"

#include <csignal>
#include <fstream>
#include <optional>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "output/hdf5.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

struct TargetClaimTest : testing::Test {
    fs::path folder = fs::temp_directory_path() / ("nuzuh_claim_" + std::to_string(::getpid()));
    fs::path target = folder / "results.h5";
    fs::path claim = folder / ".results.h5.writing";

    void SetUp() override { fs::create_directories(folder); }
    void TearDown() override { fs::remove_all(folder); }

    void say(const std::string& text) const { std::ofstream(claim) << text; }
    void make_old() const {
        fs::last_write_time(claim, fs::file_time_type::clock::now() - std::chrono::hours(1));
    }
};

TEST_F(TargetClaimTest, one_at_a_time) {
    {
        const TargetClaim first(target);
        EXPECT_THROW(TargetClaim second(target), h5::Error);
        const TargetClaim other(folder / "others.h5");
    }
    const TargetClaim again(target);
    EXPECT_TRUE(fs::exists(claim));
}

TEST_F(TargetClaimTest, nothing_is_left_behind) {
    std::optional<TargetClaim>(target).reset();
    EXPECT_TRUE(fs::is_empty(folder));
}

TEST_F(TargetClaimTest, a_claim_of_a_process_that_was_killed_is_taken_over) {
    const pid_t child = ::fork();
    if (child == 0) {
        new TargetClaim(target);
        ::kill(::getpid(), SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
    ASSERT_TRUE(fs::exists(claim));
    const TargetClaim mine(target);
}

TEST_F(TargetClaimTest, a_number_that_was_given_to_another_process_is_no_claim) {
    char machine[256] = {};
    ::gethostname(machine, sizeof machine - 1);
    say(std::to_string(::getppid()) + " " + machine + " 1\n");
    const TargetClaim mine(target);
}

TEST_F(TargetClaimTest, one_of_another_machine_holds_while_it_is_renewed) {
    say("1234 another-machine 99\n");
    EXPECT_THROW(TargetClaim early(target), h5::Error);
    make_old();
    const TargetClaim mine(target);
}

TEST_F(TargetClaimTest, what_a_killed_process_was_about_to_claim_with_is_taken_away) {
    char machine[256] = {};
    ::gethostname(machine, sizeof machine - 1);
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    ::waitpid(child, nullptr, 0);
    const auto left =
        folder / ("..results.h5.writing." + std::string(machine) + "-" + std::to_string(child) + ".part");
    std::ofstream(left) << "1";
    const TargetClaim mine(target);
    EXPECT_FALSE(fs::exists(left));
}

TEST_F(TargetClaimTest, one_that_was_lost_or_taken_over_is_not_taken_away) {
    {
        const TargetClaim lost(target);
        fs::remove(claim);
    }
    EXPECT_TRUE(fs::is_empty(folder));
    {
        const TargetClaim taken(target);
        say("1234 another-machine 99\n");
    }
    EXPECT_TRUE(fs::exists(claim)) << "it is another's now";
}

TEST_F(TargetClaimTest, one_that_says_nothing_is_given_time_and_no_more) {
    say("");
    try {
        const TargetClaim early(target);
        ADD_FAILURE() << "it is there";
    } catch (const h5::Error& why) {
        EXPECT_NE(std::string(why.what()).find(".results.h5.writing does not say who, and holds for 200 s"),
                  std::string::npos)
            << why.what();
    }
    make_old();
    const TargetClaim mine(target);
}

}  // namespace
}  // namespace nuzuh
