// Folders of parts: what is whose, what is damaged, and what is of another run, study or program.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/ensemble_parts.hpp"
#include "output/parts.hpp"
#include "output/seal.hpp"
#include "output/segment_file.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/temporary_folder.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr auto refusal = test::refusal<h5::Error>;

struct Parts : testing::Test {
    fs::path folder = test::temporary_folder("nuzuh_parts");
    h5::QuietErrors quiet;
    void TearDown() override { fs::remove_all(folder); }

    /// A segment of two runs of a study, under the name of any runs.
    fs::path segment(const std::string& name, double first, const std::string& study) const {
        auto file = h5::create_file();
        h5::set_text(file, "nuzuh_segment_of", study);
        h5::set_number(file, "first_run", first);
        const std::vector<std::int8_t> done{0, 0};
        auto status = h5::create_dataset(file, "status", {H5T_STD_I8LE, {2}, {}, false});
        h5::write(status, H5T_NATIVE_INT8, done.data(), "status");
        status.close("status");
        const auto bytes = h5::file_bytes(file);
        std::ofstream out(folder / name, std::ios::binary);
        out.write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
        out << seal_of(Sealed::segment, bytes);
        return folder / name;
    }
};

TEST_F(Parts, hold_what_their_study_and_name_say_or_are_refused) {
    const Part part{segment("runs-000000000004-000000000005.h5", 4, "this"), {4, 6}, Seal::is_checked};
    const SegmentFile open(part.file);
    EXPECT_EQ(refusal([&] { require_part_of("this", part, open); }), "");
    EXPECT_THAT(refusal([&] { require_part_of("other", part, open); }),
                HasSubstr("belongs to another study"));
    const Part renamed{part.file, {6, 8}, Seal::is_checked};
    EXPECT_THAT(refusal([&] { require_part_of("this", renamed, open); }),
                HasSubstr("holds runs 4 to 5: it was given the name of another part"));
}

TEST_F(Parts, that_are_damaged_are_set_aside_where_they_are_asked_for) {
    const std::string whole = "runs-000000000000-000000000001.h5",
                      damaged = "runs-000000000002-000000000003.h5",
                      outside = "runs-000000000008-000000000009.h5";
    segment(whole, 0, "this");
    for (const auto& name : {damaged, outside}) std::ofstream(folder / name) << "cut";
    EXPECT_EQ(set_damaged_aside(folder, {0, 8}), std::vector<fs::path>{folder / damaged});
    EXPECT_TRUE(fs::exists(folder / (damaged + ".damaged")));
    EXPECT_TRUE(fs::exists(folder / whole) && fs::exists(folder / outside));
    std::ofstream(folder / "runs-000000000002-000000000009.h5") << "cut";
    EXPECT_EQ(set_damaged_aside(folder, {0, 8}).size(), 0u) << "some of its runs are not asked for";
}

TEST_F(Parts, of_a_run_are_gone_on_with_by_the_same_run_and_program) {
    const fs::path target = folder / "r.h5";
    const EnsembleParts mine(target, "title: a run\n");
    EXPECT_FALSE(mine.is_there() || mine.holds_members());
    EXPECT_THAT(mine.why_not(), HasSubstr("holds nothing that can be gone on with"));
    PartsHead head;
    head.study = "title: a run\n";
    fs::create_directory(mine.folder());
    EXPECT_FALSE(mine.is_there());
    std::ofstream(mine.folder() / ".study.yaml.elsewhere-1.part") << "title";
    EXPECT_FALSE(mine.is_there()) << "killed while the first file was written";
    make_head(mine.folder(), head);
    EXPECT_TRUE(mine.is_there());
    EXPECT_EQ(mine.why_not(), "");
    head.program = "0.0.1 another";
    replace_head(mine.folder(), head);
    EXPECT_THAT(mine.why_not(), HasSubstr("was left by nuzuh 0.0.1 another; this is "));
    head.study = "title: another run\n";
    replace_head(mine.folder(), head);
    EXPECT_THAT(mine.why_not(), HasSubstr("was left by another run or study"));
}

TEST_F(Parts, of_a_run_are_told_from_what_others_put_there) {
    const EnsembleParts mine(folder / "r.h5", "a run");
    make_head(mine.folder(), {});
    for (const char* name : {"0000001-2.members", "0000003.running", "0000004.series",
                             "0000005.running.damaged", ".0000006.running.x-1.part"})
        std::ofstream(mine.folder() / name) << "x";
    EXPECT_EQ(mine.foreign(), "");
    EXPECT_TRUE(mine.holds_members());
    for (const char* name : {"notes.members", "1.txt", "thesis", "thesis.part"}) {
        std::ofstream(mine.folder() / name) << "precious";
        EXPECT_EQ(mine.foreign(), (mine.folder() / name).string());
        fs::remove(mine.folder() / name);
    }
    fs::create_directory(mine.folder() / "7.running");
    EXPECT_EQ(mine.foreign(), (mine.folder() / "7.running").string()) << "a folder is no file of a run";
    std::vector<std::string> notes;
    EXPECT_TRUE(mine.read(10, nullptr, [&](const std::string& note) { notes.push_back(note); }).empty());
    EXPECT_EQ(notes.size(), 2u) << "of two files that hold no members";
    mine.remove();
    EXPECT_EQ(std::distance(fs::directory_iterator(mine.folder()), {}), 1) << "what is not of the run stays";
}

}  // namespace
}  // namespace nuzuh
