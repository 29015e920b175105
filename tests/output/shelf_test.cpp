// Ensembles whose large series lie on the disk while others are at work: the same results, bit for bit.
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

#include <unistd.h>

#include <gtest/gtest.h>

#include "output/ensemble_parts.hpp"
#include "output/ensemble_summary.hpp"
#include "output/reader.hpp"
#include "output/shelf_folder.hpp"
#include "output/writer.hpp"
#include "sim/model/fields.hpp"
#include "sim/study/ensemble_keeping.hpp"
#include "sim/study/score.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"

namespace nuzuh {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class OnAShelf : public ::testing::TestWithParam<EngineKind> {
protected:
    fs::path folder = fs::temp_directory_path() / ("nuzuh_shelf_" + std::to_string(::getpid()));
    fs::path target = folder / "results.h5";

    void SetUp() override { fs::create_directories(folder); }
    void TearDown() override { fs::remove_all(folder); }

    static ScenarioSettings settings() { return test::rich_settings_with_figures(); }

    static EnsembleSpec spec(int members = 12) {
        EnsembleSpec spec;
        spec.engine = GetParam();
        spec.members = members;
        spec.seed = 3;
        spec.threads = 2;
        return spec;
    }

    static void write(const fs::path& path, const World& world, const EnsembleResult& result) {
        write_results(path, world, result, compare_with_reported(world, result),
                      planning_outlook(world, result), build_provenance());
    }

    /// Runs members until some are done, on a shelf in the folder of parts.
    void break_off(const World& world, const EnsembleParts& parts) const {
        std::atomic<bool> stop = false;
        EnsembleKeeping keeping{.every_seconds = 0, .stop = &stop};
        keeping.keep = [&](const KeptMembers& kept) {
            parts.keep(kept);
            return true;
        };
        EnsembleSpec broken = spec();
        broken.threads = 1;
        broken.shelf = parts.shelf();
        broken.progress = [&](int done, int) { stop = done >= 5; };
        ASSERT_FALSE(run_or_go_on(world, broken, keeping).is_whole);
    }

    /// Goes on from what is kept. @return what was said of it
    std::vector<std::string> go_on_and_write(const World& world, const EnsembleParts& parts) const {
        std::vector<std::string> notes;
        const auto shelf = parts.shelf();
        EnsembleSpec rest = spec();
        rest.shelf = shelf;
        EnsembleKeeping keeping;
        keeping.kept =
            parts.read(rest.members, shelf.get(), [&](const std::string& note) { notes.push_back(note); });
        const auto part = run_or_go_on(world, rest, keeping);
        EXPECT_TRUE(part.is_whole) << part.result.failure;
        write(target, world, part.result);
        return notes;
    }

    /// That the file holds, bit for bit, what one of an ensemble in memory does. HDF5 alone may leave other gaps in it: the
    /// one grows on the disk, the other in memory.
    void expect_as_from_memory(const World& world) const {
        const fs::path path = folder / "memory.h5";
        write(path, world, run_ensemble(world, spec()));
        const ResultsFile a(target), b(path);
        const auto found = a.datasets(), wanted = b.datasets();
        ASSERT_EQ(found.size(), wanted.size());
        for (std::size_t d = 0; d < wanted.size(); ++d) {
            const std::string& name = wanted[d].path;
            EXPECT_EQ(found[d].path, name);
            EXPECT_EQ(found[d].shape, wanted[d].shape) << name;
            EXPECT_EQ(found[d].meaning, wanted[d].meaning) << name;
            if (wanted[d].is_text)
                EXPECT_EQ(a.texts(name), b.texts(name)) << name;
            else
                EXPECT_TRUE(test::same_bytes(a.floats(name), b.floats(name))) << name;
        }
        for (const char* attribute : {"title", "bands", "variance", "outside_evidence", "unknowns"})
            EXPECT_EQ(a.text_attribute("/", attribute), b.text_attribute("/", attribute));
    }
};

TEST_P(OnAShelf, the_file_is_that_of_an_ensemble_in_memory) {
    const World world = test::built(settings());
    EnsembleSpec shelved = spec();
    shelved.shelf = EnsembleParts(target, "a run").shelf();
    const auto result = run_ensemble(world, shelved);
    for (const auto& member : result.members) {
        for (Series series = 0; series < series_count; ++series)
            EXPECT_EQ(series_of(member, series).capacity(), 0u);
    }
    write(target, world, result);
    expect_as_from_memory(world);
}

TEST_P(OnAShelf, the_file_does_not_depend_on_threads) {
    const World world = test::built(settings());
    std::string first;
    for (int threads : {1, 3}) {
        const fs::path path = folder / ("threads-" + std::to_string(threads) + ".h5");
        EnsembleSpec shelved = spec();
        shelved.threads = threads;
        shelved.shelf = EnsembleParts(path, "a run").shelf();
        write(path, world, run_ensemble(world, shelved));
        if (first.empty()) first = content_of(path);
        EXPECT_TRUE(content_of(path) == first);
    }
}

TEST_P(OnAShelf, an_ensemble_that_is_broken_off_goes_on) {
    const World world = test::built(settings());
    const EnsembleParts parts(target, "a run");
    break_off(world, parts);
    EXPECT_EQ(go_on_and_write(world, parts), std::vector<std::string>{});
    expect_as_from_memory(world);
}

TEST_P(OnAShelf, damaged_series_are_run_again) {
    const World world = test::built(settings());
    const EnsembleParts parts(target, "a run");
    break_off(world, parts);
    const fs::path file = parts.folder() / "0000002.series";
    std::string bytes = content_of(file);
    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 4);
    std::ofstream(file, std::ios::binary) << bytes;
    EXPECT_EQ(go_on_and_write(world, parts).size(), 1u);
    expect_as_from_memory(world);
}

INSTANTIATE_TEST_SUITE_P(Engines, OnAShelf,
                         ::testing::Values(EngineKind::compartments, EngineKind::agents, EngineKind::pooled),
                         [](const auto& p) { return std::string(word_of(p.param, engine_names)); });

TEST(ShelfFolder, says_what_it_could_not_put) {
    ShelfFolder shelf("/nowhere/at/all", {});
    RunResult run;
    run.route = {1, 2, 3};
    EXPECT_THROW(shelf.put(0, run), ResultsError);
    EXPECT_NE(shelf.failure(), "");
    EXPECT_EQ(run.route.size(), 3u);
}

TEST(EnsembleSummary, is_the_same_however_little_room_there_is) {
    std::vector<std::vector<float>> members(7, std::vector<float>(50));
    for (std::size_t m = 0; m < members.size(); ++m) {
        for (std::size_t i = 0; i < members[m].size(); ++i) members[m][i] = float((m * 37 + i * i) % 101);
    }
    const auto whole = summarise(
        members.size(), 50, [&](std::size_t m) { return std::span<const float>(members[m]); }, 1);
    for (double room : {1.0, 700.0, 1e9}) {
        const auto parts = summarise_fetched(
            members.size(), 50, [&](std::size_t m) { return members[m]; }, room, 2);
        EXPECT_EQ(parts.mean, whole.mean);
        EXPECT_EQ(parts.quantile, whole.quantile);
    }
}

}  // namespace
}  // namespace nuzuh
