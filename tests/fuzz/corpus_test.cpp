// Every sample of the corpus, and a few hundred mutations of each target's samples, are read or refused with a reason.
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "tests/fuzz/scratch.hpp"
#include "tests/fuzz/targets.hpp"
#include "tests/support/mutated.hpp"

namespace nuzuh::fuzz {

// As GoogleTest names it.
void PrintTo(const Target& target, std::ostream* to) { *to << target.name; }

namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> samples_in(const fs::path& folder, const std::string& ending = "") {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().string().ends_with(ending)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> samples;
    for (const auto& file : files) samples.push_back(content_of(file));
    return samples;
}

std::vector<std::string> samples_of(std::string_view target) {
    const fs::path root(NUZUH_SOURCE_DIR);
    auto samples = samples_in(root / "tests/fuzz/corpus" / target);
    if (target == "scenario") {
        const auto mistakes = samples_in(root / "tests/mistakes/cases", ".yaml");
        samples.insert(samples.end(), mistakes.begin(), mistakes.end());
    }
    return samples;
}

class Corpus : public testing::TestWithParam<Target> {};

TEST_P(Corpus, is_read_or_refused_with_a_reason) {
    const auto samples = samples_of(GetParam().name);
    ASSERT_FALSE(samples.empty());
    for (const auto& sample : samples) GetParam().read(sample);
}

TEST_P(Corpus, mutations_are_read_or_refused_with_a_reason) {
    const auto samples = samples_of(GetParam().name);
    std::mt19937 random(11);
    const int times = GetParam().name == "results" ? 40 : 300;  // a page is made of each
    for (int i = 0; i < times; ++i)
        GetParam().read(test::mutated(samples[random() % samples.size()], random));
}

INSTANTIATE_TEST_SUITE_P(Readers, Corpus, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace nuzuh::fuzz
