#include "output/pending_file.hpp"

#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "output/hdf5.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

struct PendingFileTest : testing::Test {
    fs::path folder = fs::temp_directory_path() / ("nuzuh_pending_" + std::to_string(::getpid()));
    fs::path target = folder / "results.h5";
    std::string new_text = "new";
    std::span<const std::byte> content = std::as_bytes(std::span(new_text));

    void SetUp() override { fs::create_directories(folder); }
    void TearDown() override { fs::remove_all(folder); }

    static void put(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }
    static std::string text_in(const fs::path& path) {
        std::string text;
        std::getline(std::ifstream(path), text);
        return text;
    }
    std::size_t files() const { return std::size_t(std::distance(fs::directory_iterator(folder), {})); }
};

TEST_F(PendingFileTest, takes_its_name_only_when_committed) {
    PendingFile pending(target, false);
    pending.write(content);
    EXPECT_FALSE(fs::exists(target));
    EXPECT_EQ(temporary_name(target).parent_path(), folder) << "a rename must not cross file systems";
    pending.commit();
    EXPECT_EQ(text_in(target), "new");
    EXPECT_EQ(files(), 1u);
}

TEST_F(PendingFileTest, leaves_nothing_behind_when_given_up) {
    {
        PendingFile pending(target, false);
        pending.write(content);
        EXPECT_EQ(files(), 1u);
    }
    EXPECT_EQ(files(), 0u);
}

TEST_F(PendingFileTest, of_a_process_that_was_killed_can_be_taken_away) {
    const ::pid_t killed = ::fork();
    if (killed == 0) ::_exit(0);
    ::waitpid(killed, nullptr, 0);
    const auto of_the_killed = [&](const fs::path& name) {
        std::string text = temporary_name(name).string();
        const auto process = text.rfind(std::to_string(::getpid()));
        return fs::path(text.replace(process, std::string::npos, std::to_string(killed) + ".part"));
    };
    const auto left = of_the_killed(target), of_another_target = of_the_killed(target.string() + ".h5"),
               of_another_machine = folder / (".results.h5.elsewhere-" + std::to_string(killed) + ".part");
    for (const auto& file : {left, of_another_target, of_another_machine, temporary_name(target), target})
        put(file, "new");
    remove_orphans(target);
    EXPECT_FALSE(fs::exists(left));
    EXPECT_EQ(files(), 4u);
}

TEST_F(PendingFileTest, refuses_to_replace_unless_forced) {
    put(target, "old");
    EXPECT_THROW(PendingFile(target, false), h5::Error);
    EXPECT_NE(why_not_writable(target, false), "");
    EXPECT_EQ(why_not_writable(target, true), "");
    PendingFile pending(target, true);
    pending.write(content);
    EXPECT_EQ(text_in(target), "old");
    pending.commit();
    EXPECT_EQ(text_in(target), "new");
}

TEST_F(PendingFileTest, does_not_replace_a_file_that_appeared_meanwhile) {
    PendingFile pending(target, false);
    pending.write(content);
    put(target, "somebody else's");
    EXPECT_THROW(pending.commit(), h5::Error);
    EXPECT_EQ(text_in(target), "somebody else's");
}

TEST_F(PendingFileTest, says_before_the_run_what_cannot_be_written) {
    EXPECT_NE(why_not_writable(folder, true), "") << "a folder";
    EXPECT_NE(why_not_writable(folder / "missing" / "x.h5", true), "") << "no such folder";
    EXPECT_NE(why_not_writable(folder / "", true), "") << "no name";
    EXPECT_EQ(why_not_writable(target, false), "");
    EXPECT_EQ(why_not_writable("results-that-do-not-exist.h5", false), "") << "in the current folder";
}

}  // namespace
}  // namespace nuzuh
