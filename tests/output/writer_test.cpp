#include "output/writer.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>

#include <sys/resource.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "output/layout.hpp"
#include "output/reader.hpp"
#include "tests/output/synthetic.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

/// Imitates a full disk: files of this process cannot grow beyond some bytes.
class DiskFullAt {
public:
    explicit DiskFullAt(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit now{bytes, before_.rlim_max};
        old_handler_ = std::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~DiskFullAt() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, old_handler_);
    }

private:
    rlimit before_{};
    void (*old_handler_)(int) = nullptr;
};

struct WriterTest : testing::Test {
    fs::path folder = fs::temp_directory_path() / ("nuzuh_writer_" + std::to_string(::getpid()));
    fs::path target = folder / "results.h5";
    test::SyntheticSize size;

    void SetUp() override { fs::create_directories(folder); }
    void TearDown() override { fs::remove_all(folder); }

    void write(const fs::path& path, const WriteOptions& options = {}) const {
        Provenance provenance = build_provenance();
        provenance.scenario = "title: made up\n";
        provenance.input_files = "0000  made-up.yaml\n";
        write_results(path, test::synthetic_world(size), test::synthetic_result(size),
                      test::synthetic_comparisons(), test::synthetic_outlooks(size), provenance, options);
    }
    static std::string bytes(const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::size_t files() const { return std::size_t(std::distance(fs::directory_iterator(folder), {})); }
};

TEST_F(WriterTest, every_value_comes_back_where_it_belongs) {
    write(target);
    const ResultsFile file(target);
    for (int f = 0; f < place_field_count; ++f) {
        const auto values = file.floats("/" + std::string(place_fields[std::size_t(f)].name));
        ASSERT_EQ(values.size(), 3u * 5 * 4);
        std::size_t at = 0;
        for (int m = 0; m < 3; ++m) {
            for (int t = 0; t < 5; ++t) {
                for (int i = 0; i < 4; ++i) ASSERT_EQ(values[at++], test::synthetic_value(f, m, t, i));
            }
        }
    }
    EXPECT_EQ(file.floats("/displaced_mean")[0], test::synthetic_value(2, 1, 0, 0));
    EXPECT_EQ(file.floats("/route_persons").size(), 3u * 5 * 3);
    EXPECT_EQ(file.floats("/displaced_from_mean"), test::synthetic_result(size).mean_displaced_from);
    EXPECT_EQ(file.doubles("/time"), (std::vector<double>{0, 1, 2, 3, 4}));
    EXPECT_EQ(file.texts("/place_name_ar")[3], "باب الهوى");
    EXPECT_EQ(file.texts("/place_pcode")[1], "");
    EXPECT_EQ(file.texts("/reported/name")[0], "left معرة النعمان");
    EXPECT_EQ(file.number_attribute("/", "seed"), 2019);
    EXPECT_EQ(file.text_attribute("/provenance", "scenario"), "title: made up\n");
    EXPECT_EQ(file.text_attribute("/", "no_such"), std::nullopt);
}

TEST_F(WriterTest, inputs_are_averaged_or_taken_at_the_end_of_a_record) {
    size.records = 2;
    auto settings = test::synthetic_settings({.records = 5});  // five days: 3 and 2
    settings.output.every_days = 3;
    const World world = test::synthetic_world(settings);
    write_results(target, world, test::synthetic_result(size), {}, {}, {}, {});
    const ResultsFile file(target);
    const auto strikes = file.floats("/strikes"), fallen = file.floats("/fallen");
    EXPECT_EQ(strikes[0], 1.0f) << "mean of 0, 1, 2";
    EXPECT_EQ(strikes[4], 3.5f) << "mean of 3, 4: the last record is shorter";
    EXPECT_EQ(fallen[0], 0.0f);
    EXPECT_EQ(fallen[4], 1.0f);
}

TEST_F(WriterTest, datasets_are_those_of_the_table_in_its_order) {
    size.agents = true;
    size.border_points = 2;
    write(target);
    const ResultsFile file(target);
    std::vector<std::string> promised, found;
    for (const auto& info : layout()) {
        if (info.group.empty() && info.when != When::totals_alone) promised.push_back(info.path());
    }
    const auto instead = std::count_if(layout().begin(), layout().end(), [](const DatasetInfo& info) {
        return info.when == When::totals_alone;
    });
    std::size_t grouped = 0;
    for (const auto& dataset : file.datasets()) {
        const auto& info = dataset_info(dataset.path);
        EXPECT_EQ(dataset.dimensions, info.dimensions) << dataset.path;
        EXPECT_EQ(dataset.meaning, info.meaning);
        if (info.group.empty()) found.push_back(dataset.path);
        grouped += !info.group.empty();
    }
    EXPECT_EQ(found, promised);
    EXPECT_EQ(grouped + found.size() + std::size_t(instead), layout().size())
        << "agents with traces and figures have everything";
}

TEST_F(WriterTest, tables_without_rows_are_left_out) {
    write_results(target, test::synthetic_world(size), test::synthetic_result(size), {}, {}, {}, {});
    for (const auto& dataset : ResultsFile(target).datasets()) {
        EXPECT_EQ(dataset.path.find('/', 1), std::string::npos) << dataset.path;
    }
}

TEST_F(WriterTest, runs_that_do_not_tell_homes_apart_leave_out_what_is_by_home) {
    size.origins = false;
    write(target);
    const ResultsFile file(target);
    std::size_t left_out = 0;
    for (const auto& info : layout()) {
        const bool by_home = info.when == When::origins || info.when == When::origins_by_record;
        left_out += by_home && !file.has(info.path());
    }
    EXPECT_EQ(left_out, 11u);
    EXPECT_FALSE(file.has("/origin"));
    EXPECT_EQ(file.floats("/displaced").size(), 60u);
}

TEST_F(WriterTest, runs_that_keep_homes_at_the_end_alone_leave_out_what_is_by_record) {
    size.origins = true;
    size.origins_by_record = false;
    write(target);
    const ResultsFile file(target);
    EXPECT_TRUE(file.has("/displaced_from_final"));
    EXPECT_TRUE(file.has("/arrivals_from_mean"));
    EXPECT_FALSE(file.has("/displaced_from_mean"));
}

TEST_F(WriterTest, a_world_without_routes_is_written) {
    size.routes = 0;
    write(target);
    EXPECT_THROW(ResultsFile(target).floats("/route_persons"), h5::Error);
    EXPECT_EQ(ResultsFile(target).floats("/displaced").size(), 60u);
}

TEST_F(WriterTest, same_inputs_give_the_same_bytes_under_any_name_and_number_of_threads) {
    size.members = 40;
    write(target, {.threads = 1});
    write(folder / "other.nc", {.threads = 3});
    EXPECT_EQ(bytes(target), bytes(folder / "other.nc"));
    EXPECT_GT(bytes(target).size(), 10'000u);
}

TEST_F(WriterTest, refuses_to_overwrite_unless_forced) {
    write(target);
    const auto before = bytes(target);
    size.members = 2;
    EXPECT_THROW(write(target), h5::Error);
    EXPECT_EQ(bytes(target), before);
    write(target, {.force = true});
    EXPECT_NE(bytes(target), before);
    EXPECT_EQ(files(), 1u);
}

TEST_F(WriterTest, on_a_full_disk_the_target_stays_absent_wherever_it_fills) {
    write(target);
    const auto whole = fs::file_size(target);
    fs::remove(target);
    for (rlim_t room : {rlim_t(0), rlim_t(100), rlim_t(whole / 3), rlim_t(whole / 2), rlim_t(whole - 1)}) {
        {
            const DiskFullAt full(room);
            EXPECT_THROW(write(target), h5::Error) << room << " of " << whole << " bytes";
        }
        EXPECT_EQ(files(), 0u) << "nothing is left behind";
    }
    write(target);
    EXPECT_EQ(fs::file_size(target), whole) << "the library recovers";
}

TEST_F(WriterTest, on_a_full_disk_the_file_that_was_there_stays) {
    write(target);
    const auto before = bytes(target);
    {
        const DiskFullAt full(before.size() / 2);
        EXPECT_THROW(write(target, {.force = true}), h5::Error);
    }
    EXPECT_EQ(bytes(target), before);
    EXPECT_EQ(files(), 1u);
}

TEST_F(WriterTest, nothing_simulated_is_an_error_not_an_empty_file) {
    EXPECT_THROW(write_results(target, test::synthetic_world(size), {}, {}, {}, {}, {}), h5::Error);
    EXPECT_EQ(files(), 0u);
}

TEST(ResultsFile, says_that_another_file_is_not_ours) {
    EXPECT_THROW(ResultsFile(NUZUH_SOURCE_DIR "/CMakeLists.txt"), h5::Error);
    EXPECT_THROW(ResultsFile("/no/such/file.h5"), h5::Error);
}

}  // namespace
}  // namespace nuzuh
