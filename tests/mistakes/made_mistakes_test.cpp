// Wrong files that are too big, too deep or too strange to be kept: made here, reported as kept.
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "report_of.hpp"

namespace nuzuh::mistakes {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

std::string repeated(const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
}

const std::string head = "title: Made\nperiod: {from: 2024-03-01, to: 2024-03-31}\n";
const std::string over_base = "extends: parts/base.yaml\n";

std::string nested_by_indentation(int depth) {
    std::string out;
    for (int i = 0; i < depth; ++i) out += std::string(std::size_t(i), ' ') + "a:\n";
    return out;
}

/// Nine levels of nine aliases each: 9^9 values if they were written out.
std::string alias_bomb() {
    std::string out = "a0: &a0 [boom]\n";
    for (int i = 1; i <= 9; ++i) {
        out += fmt::format("a{0}: &a{0} [{1}*a{2}]\n", i, repeated(fmt::format("*a{}, ", i - 1), 8), i - 1);
    }
    return out;
}

std::string many_keys(int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += fmt::format("key{}: 1\n", i);
    return out;
}

const std::string utf16 = [] {
    std::string out = "\xFF\xFE";
    for (const char c : head) out += {c, '\0'};
    return out;
}();

const std::string table = "bombardment:\n  - {table: made.csv}\n";
const std::string columns = "area,from,to,strikes_per_day\n";

struct Case {
    std::string scenario;
    std::string table = "";
};

/// Cases by name; the scenario is written to made.yaml, the table to made.csv.
const std::map<std::string, std::function<Case()>>& made_cases() {
    static const std::map<std::string, std::function<Case()>> cases = {
        {"made_nested_in_brackets", [] { return Case{head + "groups: " + std::string(100000, '[')}; }},
        {"made_nested_in_braces", [] { return Case{head + "groups: " + repeated("{a: ", 100000)}; }},
        {"made_nested_in_dashes", [] { return Case{head + "groups:\n" + repeated("- ", 100000) + "a\n"}; }},
        {"made_nested_by_indentation", [] { return Case{head + nested_by_indentation(2000)}; }},
        {"made_nested_in_question_marks",
         [] { return Case{head + "groups:\n" + repeated("? ", 100000) + "a\n"}; }},
        {"made_alias_bomb", [] { return Case{head + alias_bomb()}; }},
        {"made_of_a_million_values",
         [] { return Case{head + "groups: [" + repeated("1,", 1100000) + "1]\n"}; }},
        {"made_of_too_many_keys", [] { return Case{many_keys(5000)}; }},
        {"made_too_large", [] { return Case{head + "summary: " + std::string(std::size_t(65) << 20, 'x')}; }},
        {"made_of_one_long_word",
         [] { return Case{over_base + "title: A\nunit: " + std::string(1 << 20, 'x')}; }},
        {"made_of_bytes_that_are_no_text",
         [] {
             return Case{
                 std::string("\x7F"
                             "ELF\x02\x01\0\0\0",
                             9)};
         }},
        {"made_with_a_nul_in_it", [] { return Case{head + std::string("unit: a\0b\n", 10)}; }},
        {"made_in_utf16", [] { return Case{utf16}; }},
        {"made_of_results", [] { return Case{"\x89HDF\r\n\x1A\n"}; }},
        {"made_in_latin1",
         [] {
             return Case{over_base +
                         "title: Id\xE9"
                         "e\n"};
         }},
        {"made_with_half_a_character", [] { return Case{over_base + "title: \xD8"}; }},
        {"made_with_a_surrogate", [] { return Case{over_base + "title: \xED\xA0\x80\n"}; }},
        {"made_with_windows_line_ends",
         [] { return Case{"extends: parts/base.yaml\r\nengine:\r\n  sed: 1\r\n"}; }},
        {"made_with_old_line_ends", [] { return Case{"extends: parts/base.yaml\rengine:\r  sed: 1\r"}; }},
        {"made_with_a_byte_order_mark",
         [] {
             return Case{
                 "\xEF\xBB\xBF"
                 "titel: A\n" +
                 over_base};
         }},
        {"made_table_in_latin1",
         [] {
             return Case{over_base + table,
                         "area,from,to,strikes_per_day,source\ntowns,2024-03-05,2024-03-05,1,id\xE9"
                         "e\n"};
         }},
        {"made_table_with_windows_line_ends",
         [] {
             return Case{over_base + table,
                         "area,from,to,strikes_per_day\r\ntowns,2024-03-05,2024-03-05,1\r\n\r\ntowns,2024-03-"
                         "05,2024-03-05,many\r\n"};
         }},
        {"made_table_with_a_byte_order_mark",
         [] {
             return Case{over_base + table,
                         "\xEF\xBB\xBF"
                         "aera,from,to,strikes_per_day\ntowns,2024-03-05,2024-03-05,1\n"};
         }},
        {"made_table_from_a_spreadsheet",
         [] {
             return Case{over_base + table, std::string("PK\x03\x04\x14\0\x06\0", 8)};
         }},
        {"made_table_too_large",
         [] {
             return Case{over_base + table, columns + std::string(std::size_t(65) << 20, 'x')};
         }},
        {"made_table_wrong_in_every_row",
         [] {
             return Case{over_base + table, columns + repeated("towns,2024-03-05,2024-03-05,many\n", 30000)};
         }},
        {"made_table_of_open_quotes",
         [] {
             return Case{over_base + table, columns + repeated("\"\n", 100001)};
         }},
    };
    return cases;
}

std::vector<std::string> names_of_cases() {
    std::vector<std::string> names;
    for (const auto& [name, make] : made_cases()) names.push_back(name);
    return names;
}

/// A folder of its own, with the parts that cases extend, made current.
class InFolder {
public:
    InFolder() : folder_(fs::temp_directory_path() / fmt::format("nuzuh-mistakes-{}", ::getpid())) {
        fs::create_directories(folder_);
        fs::copy(cases_folder() / "parts", folder_ / "parts",
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        fs::current_path(folder_);
    }
    ~InFolder() {
        fs::current_path(cases_folder());
        fs::remove_all(folder_);
    }

private:
    fs::path folder_;
};

class MadeMistake : public testing::TestWithParam<std::string> {};

TEST_P(MadeMistake, gets_its_report_and_ends) {
    const InFolder folder;
    const Case made = made_cases().at(GetParam())();
    write("made.yaml", made.scenario);
    if (!made.table.empty()) write("made.csv", made.table);

    const std::string report = report_of("made.yaml", {}, 3);
    EXPECT_TRUE(is_refused(report));
    expect_as_kept(GetParam(), report);
}

INSTANTIATE_TEST_SUITE_P(Files, MadeMistake, testing::ValuesIn(names_of_cases()),
                         [](const auto& info) { return info.param; });

TEST(MadeMistakes, a_chain_of_twenty_scenarios_is_refused) {
    const InFolder folder;
    for (int i = 0; i < 20; ++i) write(fmt::format("s{}.yaml", i), fmt::format("extends: s{}.yaml\n", i + 1));
    write("s20.yaml", head);
    expect_as_kept("made_chain_too_long", report_of("s0.yaml"));
}

TEST(MadeMistakes, a_file_that_is_not_there_is_named) {
    const InFolder folder;
    write("made.yaml", head);
    expect_as_kept("made_nowhere", report_of("mad.yaml"));
}

TEST(MadeMistakes, a_folder_is_no_scenario) {
    const InFolder folder;
    expect_as_kept("made_folder", report_of("parts"));
}

}  // namespace
}  // namespace nuzuh::mistakes
