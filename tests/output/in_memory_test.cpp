// Where results go: the table says what there is, and a program in memory is given what a file would hold.
#include <filesystem>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "output/layout.hpp"
#include "output/reader.hpp"
#include "output/results_in_memory.hpp"
#include "output/sink.hpp"
#include "output/writer.hpp"
#include "sim/study/score.hpp"
#include "tests/support/rich_world.hpp"
#include "tests/support/runs.hpp"
#include "tests/support/temporary_folder.hpp"

namespace nuzuh {
namespace {

using testing::HasSubstr;

/// Takes everything, and keeps nothing.
class Drain final : public ResultsSink {
public:
    using ResultsSink::ResultsSink;
    void text_attribute(const std::string&, const std::string&, const std::string&) override {}
    void number_attribute(const std::string&, const std::string&, double) override {}

protected:
    void take(const DatasetInfo&, Values) override {}
    void take_slices(const DatasetInfo&, const Slices&, Stay) override {}
    void take_packed(const DatasetInfo&, const PackedSlices&) override {}
};

TEST(Sinks, take_what_the_table_says_and_nothing_else) {
    Drain sink(layout(), {{"place", 2}});
    sink.put("/lat", std::vector<double>{1, 2});
    EXPECT_THROW(sink.put("/lat", std::vector<double>{1}), std::logic_error) << "one of two places";
    EXPECT_THROW(sink.put("/lat", std::vector<float>{1, 2}), std::logic_error) << "of another type";
    EXPECT_THROW(sink.put("/nowhere", std::vector<float>{1}), std::logic_error);
    EXPECT_TRUE(sink.left_out(dataset_info("/displaced"))) << "there are no members";
    EXPECT_FALSE(sink.wants_along("member"));
    EXPECT_TRUE(sink.wants_along("place"));
}

/// What stands in memory, as numbers.
std::vector<float> numbers_of(const HeldValues& held) {
    if (const auto* span = std::get_if<std::span<const float>>(&held)) return {span->begin(), span->end()};
    std::vector<float> numbers;
    std::visit(
        [&](const auto& all) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(all)>, std::vector<std::string>>)
                numbers.assign(all.begin(), all.end());
        },
        std::get<Values>(held));
    return numbers;
}

void expect_in_memory_what_the_file_holds(ResultsInMemory& memory, const ResultsFile& file) {
    std::set<std::string> there;
    for (const char* group : {"", "reported", "planning", "border", "histories", "traces"}) {
        for (const DatasetInfo* info : memory.datasets(group)) {
            const std::string path = info->path();
            there.insert(path);
            ASSERT_TRUE(file.has(path)) << path;
            const auto held = memory.values(*info);
            if (info->stored == Stored::text) {
                EXPECT_EQ(std::get<std::vector<std::string>>(std::get<Values>(held)), file.texts(path))
                    << path;
            } else {
                EXPECT_TRUE(test::same_bytes(numbers_of(held), file.floats(path))) << path;
            }
            for (const auto& [name, value] : memory.attributes(*info)) {
                if (const auto* text = std::get_if<std::string>(&value)) {
                    EXPECT_EQ(*text, file.text_attribute(path, name)) << path << " " << name;
                }
            }
        }
    }
    for (const auto& dataset : file.datasets()) EXPECT_TRUE(there.contains(dataset.path)) << dataset.path;
    for (const auto& [name, value] : memory.attributes("")) {
        if (const auto* text = std::get_if<std::string>(&value)) {
            EXPECT_EQ(*text, file.text_attribute("/", name)) << name;
        }
        if (const auto* number = std::get_if<double>(&value)) {
            EXPECT_EQ(*number, file.number_attribute("/", name)) << name;
        }
    }
    EXPECT_THAT(memory.form(), HasSubstr("displaced "));
}

TEST(InMemory, results_are_those_of_the_file_for_one_run_and_for_many) {
    auto settings = test::with_border(500);
    const auto figures = test::rich_settings_with_figures();
    settings.planning.figures = figures.planning.figures;
    settings.reported = figures.reported;
    settings.reported[0].from = settings.period.from;
    settings.reported[0].to = settings.period.to;
    settings.network.border = {{0, 36.0, 36.5}, {0, 36.1, 36.6}};
    const auto folder = test::temporary_folder("nuzuh_in_memory");
    const auto world = std::make_shared<const World>(test::built(settings));
    for (const int members : {1, 3}) {
        const auto result = test::run(*world, EngineKind::agents, DrawMode::stochastic, members, 3);
        const auto path = folder / (std::to_string(members) + ".h5");
        write_results(path, *world, result, compare_with_reported(*world, result),
                      planning_outlook(*world, result), build_provenance(), {});
        ResultsInMemory memory(world, result, build_provenance, 2);
        expect_in_memory_what_the_file_holds(memory, ResultsFile(path));
    }
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace nuzuh
