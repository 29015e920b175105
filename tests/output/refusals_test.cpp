// What cannot be read, written or shown is refused in words that name it, and nothing is left behind.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/chunks.hpp"
#include "output/files.hpp"
#include "output/hdf5.hpp"
#include "output/page/html.hpp"
#include "output/parts.hpp"
#include "output/pending_file.hpp"
#include "output/reader.hpp"
#include "output/seal.hpp"
#include "output/segment_file.hpp"
#include "output/stored.hpp"
#include "output/target_claim.hpp"
#include "output/workbook.hpp"
#include "output/writer.hpp"
#include "sim/base/work_folder.hpp"
#include "tests/output/synthetic.hpp"
#include "tests/support/refusal.hpp"
#include "tests/support/temporary_folder.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr auto refusal = test::refusal<h5::Error>;

struct Refused : testing::Test {
    fs::path folder = test::temporary_folder("nuzuh_refused");
    fs::path file = folder / "file";
    std::string text = "content";
    std::span<const std::byte> content = std::as_bytes(std::span(text));
    h5::QuietErrors quiet;

    void TearDown() override { fs::remove_all(folder); }

    static void put(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }
    static std::string text_in(const fs::path& path) {
        std::ifstream in(path);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::size_t files() const { return std::size_t(std::distance(fs::directory_iterator(folder), {})); }
};

TEST_F(Refused, what_is_no_file_is_not_read) {
    const fs::path pipe = folder / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    EXPECT_THAT(refusal([&] { bytes_of(pipe); }), HasSubstr("pipe is no regular file"));
    EXPECT_THAT(refusal([&] { bytes_of(folder); }), HasSubstr("is no regular file"));
    EXPECT_THAT(refusal([&] { bytes_of(file); }), HasSubstr("cannot open"));
    EXPECT_THAT(refusal([&] { seal_found(Sealed::results, file); }), HasSubstr("cannot read"));
    EXPECT_THAT(refusal([&] { h5::open_file(folder); }), HasSubstr("there is no file"));
    put(file, "text");
    EXPECT_THAT(refusal([&] { h5::open_file(file); }), HasSubstr("is not an HDF5 file"));
    EXPECT_EQ(seal_found(Sealed::results, file), SealFound::none);
    EXPECT_EQ(text_in(file), "text");
}

TEST_F(Refused, a_target_that_is_no_file_or_has_no_folder_is_told_before_anything_is_made) {
    const fs::path pipe = folder / "pipe", nowhere = file / "inside";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    put(file, "a file where a folder should be");
    EXPECT_THAT(why_not_writable(pipe, true), HasSubstr("pipe is no regular file"));
    EXPECT_THAT(why_not_writable(nowhere, true), HasSubstr("there is no folder"));
    EXPECT_THAT(refusal([&] { write_once(nowhere, content); }), HasSubstr("there is no folder"));
    EXPECT_THAT(refusal([&] { TargetClaim claim(nowhere); }), HasSubstr("cannot write"));
    EXPECT_THAT(refusal([&] { make_head(nowhere, {}); }), HasSubstr("cannot make the folder"));
    EXPECT_THAT(refusal([&] { h5::create_file_on_disk(nowhere); }), HasSubstr("cannot make"));
    EXPECT_THAT(refusal([&] { h5::create_file_on_disk(file); }), HasSubstr("cannot make")) << "it is there";
    EXPECT_THAT(refusal([&] { forget_cached(nowhere); }), HasSubstr("cannot open"));
    EXPECT_EQ(files(), 2u);
}

TEST_F(Refused, a_file_that_vanished_while_it_was_written_takes_no_name) {
    for (const bool force : {false, true}) {
        PendingFile pending(file, force);
        pending.write(content);
        fs::remove(pending.path());
        EXPECT_THAT(refusal([&] { pending.commit(); }), HasSubstr("cannot write"));
        EXPECT_THAT(refusal([&] { pending.written(); }), HasSubstr("file is not written"));
    }
    EXPECT_EQ(files(), 0u);
}

TEST_F(Refused, of_files_that_belong_together_none_stays_where_one_cannot_take_its_name) {
    const fs::path old = folder / "a", fresh = folder / "b", taken = folder / "c";
    put(old, "old");
    std::vector<std::unique_ptr<PendingFile>> pending;
    pending.push_back(std::make_unique<PendingFile>(old, true));
    for (const auto& target : {fresh, taken}) pending.push_back(std::make_unique<PendingFile>(target, false));
    for (const auto& one : pending) one->write(content);
    put(taken, "somebody else's");
    EXPECT_THAT(refusal([&] { commit_together(pending); }), HasSubstr("cannot write"));
    pending.clear();
    EXPECT_EQ(text_in(old), "old");
    EXPECT_EQ(text_in(taken), "somebody else's");
    EXPECT_EQ(files(), 2u);
}

TEST_F(Refused, more_files_at_once_than_a_signal_could_take_along_are_written_all_the_same) {
    std::vector<std::unique_ptr<PendingFile>> pending;
    for (int n = 0; n < 300; ++n) {
        pending.push_back(std::make_unique<PendingFile>(folder / std::to_string(n), false));
        pending.back()->write(content);
    }
    commit_together(pending);
    pending.clear();
    EXPECT_EQ(files(), 300u);
}

TEST_F(Refused, names_of_other_programs_are_no_leftovers) {
    char machine[256] = {};
    ::gethostname(machine, sizeof machine - 1);
    const std::string mark = ".results.h5." + std::string(machine) + "-";
    for (const std::string& name : {mark + "x.part", mark + "999999999.tmp", mark + "999999999",
                                    mark + std::to_string(::getpid()) + ".part", mark.substr(1) + "1.part"})
        put(folder / name, "");
    remove_orphans_in(folder);
    remove_orphans(folder / "results.h5");
    remove_orphans_in(folder / "nowhere");
    EXPECT_EQ(files(), 5u);
}

TEST_F(Refused, what_is_no_segment_is_no_part_of_a_study) {
    const fs::path part = folder / "runs-000000000000-000000000001.h5";
    auto empty = h5::create_file();
    const auto bytes = h5::file_bytes(empty);
    write_once(part, bytes, seal_of(Sealed::segment, bytes));
    EXPECT_TRUE(is_intact(part));
    EXPECT_THAT(refusal([&] { SegmentFile open(part); }), HasSubstr("is no part of a study"));
    write_whole(part, bytes, true, seal_of(Sealed::results, bytes));
    EXPECT_FALSE(is_intact(part));
    EXPECT_THAT(refusal([&] { SegmentFile open(part); }), HasSubstr("its SHA-256 does not hold"));
    EXPECT_THAT(refusal([&] { SegmentFile open(folder / "nowhere"); }), HasSubstr("cannot open"));
}

TEST_F(Refused, only_names_of_runs_are_parts) {
    for (const char* name : {"runs-000000000000-000000000001.h5", "runs-000000000001-000000000000.h5",
                             "runs-000000000000-000000000001.h5.old", "runs-0.h5", "notes.txt"})
        put(folder / name, "");
    const auto parts = parts_in(folder);
    ASSERT_EQ(parts.size(), 1u);
    EXPECT_EQ(parts[0].range.first, 0);
    EXPECT_EQ(parts[0].range.end, 2);
    EXPECT_EQ(parts_in(parts[0].file).size(), 1u);
    EXPECT_TRUE(parts_in(folder / "notes.txt").empty());
    EXPECT_THAT(foreign_in(folder, is_of_study),
                testing::Not(HasSubstr("runs-000000000000-000000000001.h5'")));
    remove_own(folder, is_of_study);
    EXPECT_EQ(files(), 4u) << "what is no part of a study stays, and so does the folder";
}

TEST_F(Refused, a_head_of_parts_that_cannot_be_is_read_as_far_as_it_goes) {
    for (const char* shards : {"", "# shards: 4 tasks from 1\n", "# shards: 0 tasks from 1 by 1\n",
                               "# shards: 4 tasks from 1 by 0\n"}) {
        put(folder / head_name, std::string(shards) + "# runs of a segment: -3\ntitle: x\n");
        const auto head = read_head(folder);
        ASSERT_TRUE(head);
        EXPECT_FALSE(head->numbering) << shards;
        EXPECT_EQ(head->block, 1) << "a segment has runs";
        EXPECT_EQ(head->study, "title: x\n");
        EXPECT_THAT(why_not_of_this_program(folder, *head), HasSubstr("made by nuzuh of another version"));
    }
    EXPECT_FALSE(read_head(folder / "nowhere"));
}

TEST_F(Refused, packed_numbers_that_are_damaged_are_no_numbers) {
    const std::vector<float> values(100, 7);
    auto packed = shuffled_and_deflated(values);
    std::vector<float> back(values.size());
    unpack(packed, back);
    EXPECT_EQ(back, values);
    packed.resize(packed.size() / 2);
    EXPECT_THAT(refusal([&] { unpack(packed, back); }), HasSubstr("are damaged"));
}

TEST_F(Refused, attributes_that_are_no_texts_or_numbers_are_not_taken_for_them) {
    auto open = h5::create_file();
    h5::set_text(open, "word", "seven");
    h5::set_number(open, "count", 7.0);
    h5::set_number(open, "endless", std::numeric_limits<double>::infinity());
    h5::set_numbers(open, "list", std::vector<std::int8_t>{1, 2});
    const h5::Handle one{H5Screate(H5S_SCALAR), H5Sclose, "space"};
    const h5::Handle grows{H5Acreate2(open, "grows", h5::text_type(), one, H5P_DEFAULT, H5P_DEFAULT),
                           H5Aclose, "grows"};
    EXPECT_EQ(h5::text_attribute(open, "word"), "seven");
    EXPECT_EQ(h5::text_attribute(open, "count"), std::nullopt);
    EXPECT_EQ(h5::text_attribute(open, "grows"), "") << "texts of any length lie elsewhere in the file";
    EXPECT_EQ(h5::number_attribute(open, "count"), 7);
    EXPECT_EQ(h5::number_attribute(open, "word"), std::nullopt);
    EXPECT_EQ(h5::number_attribute(open, "list"), std::nullopt);
    EXPECT_EQ(h5::number_attribute(open, "none"), std::nullopt);
    EXPECT_THAT(refusal([&] { h5::number_attribute(open, "endless"); }), HasSubstr("is no possible number"));
}

TEST_F(Refused, a_slice_that_is_not_there_is_not_read) {
    const test::SyntheticSize size;
    write_results(file, test::synthetic_world(size), test::synthetic_result(size), {}, {}, {}, {});
    const ResultsFile open(file);
    EXPECT_EQ(open.slice("/displaced", 2).size(), 20u);
    EXPECT_THAT(refusal([&] { open.slice("/displaced", 3); }), HasSubstr("no slice 3 of /displaced"));
    EXPECT_THAT(refusal([&] { open.slice("/wgs84", 0); }), HasSubstr("no slice 0 of /wgs84"));
    EXPECT_THAT(refusal([&] { open.text_attribute("/nowhere", "units"); }), HasSubstr("no object /nowhere"));
    EXPECT_TRUE(is_named_as_results("a.h5") && is_named_as_results("a.nc") && is_named_as_results("a.hdf5"));
    EXPECT_FALSE(is_named_as_results("a.yaml"));
}

TEST_F(Refused, a_results_file_that_does_not_say_what_it_is) {
    const test::SyntheticSize size;
    write_results(file, test::synthetic_world(size), test::synthetic_result(size), {}, {}, {}, {});
    const auto bytes = bytes_of(file);
    const auto plain = *unsealed(Sealed::results, bytes, Seal::is_checked);
    const auto with = [&](const char* format) {
        write_whole(file, plain, true);
        const h5::Handle open{H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), H5Fclose, "open"};
        H5Adelete(open, "nuzuh_format");
        if (format) h5::set_text(open, "nuzuh_format", format);
    };
    with(nullptr);
    EXPECT_THAT(refusal([&] { ResultsFile open(file); }), HasSubstr("is not a results file of nuzuh"));
    for (const char* sealed : {"2.2", "2.3", "3.0"}) {
        with(sealed);
        EXPECT_THAT(refusal([&] { ResultsFile open(file); }), HasSubstr("SHA-256")) << sealed;
    }
    for (const char* unsealed : {"1.9", "2.1", "x"}) {
        with(unsealed);
        EXPECT_EQ(refusal([&] { ResultsFile open(file); }), "") << unsealed;
    }
}

TEST_F(Refused, pages_are_made_in_languages_that_there_are) {
    const PageParts parts{"<p lang=\"{{language}}\">{{title}} {{data}}</p>", "", "", ""};
    EXPECT_EQ(html_page(parts, "a < b & \"c\" > d", Json{{"x", "</script>"}}),
              "<p lang=\"en\">a &lt; b &amp; &quot;c&quot; &gt; d {\"x\":\"\\u003c/script>\"}</p>");
    EXPECT_THROW(html_page(parts, "", {}, "tlh"), std::out_of_range);
    EXPECT_THROW(html_page({"{{word:no.such}}", "", "", ""}, "", {}), std::exception);
}

#define WHERE_WORKBOOKS_ARE_WRITTEN \
    if (!writes_workbooks()) GTEST_SKIP() << "built without libxlsxwriter"

TEST_F(Refused, a_workbook_takes_no_table_that_is_too_wide_and_no_two_of_a_name) {
    WHERE_WORKBOOKS_ARE_WRITTEN;
    const std::size_t most = 16'384;
    std::string wide = "c";
    for (std::size_t c = 1; c < most; ++c) wide += ",c";
    EXPECT_NE(workbook("b.xlsx", {{"wide.csv", wide + "\n"}}).content, "");
    EXPECT_THAT(refusal([&] {
                    workbook("b.xlsx", {{"wide.csv", wide + ",c\n"}});
                }),
                HasSubstr("wide has 16385 columns, and a sheet no more than 16384"));
    EXPECT_THAT(refusal([&] {
                    workbook("b.xlsx", {{"a.csv", "x\n1\n"}, {"a.csv", "x\n1\n"}});
                }),
                HasSubstr("the workbook takes no sheet 'a'"));
}

TEST_F(Refused, where_no_folder_for_temporary_files_can_be_made_it_is_named) {
    for (const char* above : {"/proc", "/no/such/folder"}) {
        ::setenv("TMPDIR", above, 1);
        std::string why;
        try {
            const WorkFolder made;
        } catch (const NoWorkFolder& error) {
            why = error.what();
        }
        ::unsetenv("TMPDIR");
        EXPECT_THAT(why, HasSubstr(fmt::format("no folder for temporary files can be made in {}: ", above)));
    }
    EXPECT_TRUE(fs::is_directory(WorkFolder().path()));
}

}  // namespace
}  // namespace nuzuh
