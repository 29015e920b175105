// Every wrong scenario of the folder `cases` gets exactly the report that stands beside it.
#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "report_of.hpp"

namespace nuzuh::mistakes {
namespace {

namespace fs = std::filesystem;

/// Scenarios of the folder, by name without ending.
std::vector<std::string> written_cases() {
    std::vector<std::string> names;
    for (const auto& file : fs::directory_iterator(cases_folder())) {
        if (file.path().extension() == ".yaml") names.push_back(file.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// Options that a case asks for in its first lines: `# --set KEY=VALUE`.
std::vector<std::string> options_of(const fs::path& scenario) {
    const std::string mark = "# --set ";
    std::vector<std::string> options;
    std::ifstream in(scenario);
    for (std::string line; std::getline(in, line) && line.rfind(mark, 0) == 0;) {
        options.push_back(line.substr(mark.size()));
    }
    return options;
}

class WrittenMistake : public testing::TestWithParam<std::string> {};

TEST_P(WrittenMistake, gets_its_report) {
    fs::current_path(cases_folder());
    const std::string file = GetParam() + ".yaml";
    const std::string report = report_of(file, options_of(file));
    EXPECT_TRUE(is_refused(report) || report.find("warning: ") != std::string::npos) << "nothing was found";
    expect_as_kept(GetParam(), report);
}

INSTANTIATE_TEST_SUITE_P(Folder, WrittenMistake, testing::ValuesIn(written_cases()),
                         [](const auto& info) { return info.param; });

TEST(WrittenMistakes, cover_enough_to_mean_something) { EXPECT_GE(written_cases().size(), 200u); }

TEST(WrittenMistakes, are_none_in_what_is_shipped) {
    fs::current_path(fs::path(NUZUH_SOURCE_DIR) / "scenarios");
    int files = 0;
    for (const auto* folder : {".", "studies"}) {
        for (const auto& file : fs::directory_iterator(folder)) {
            if (file.path().extension() != ".yaml") continue;
            EXPECT_EQ(report_of(file.path().string()), "") << file.path();
            ++files;
        }
    }
    EXPECT_GE(files, 11);
}

TEST(WrittenMistakes, start_from_a_scenario_that_is_right) {
    fs::current_path(cases_folder());
    EXPECT_EQ(report_of("parts/base.yaml"), "");
    EXPECT_EQ(report_of("parts/base.yaml", {"network=parts/network"}), "");
}

}  // namespace
}  // namespace nuzuh::mistakes
