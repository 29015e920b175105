// Texts into located nodes: UTF-8, CSV, YAML, and single values.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/scenario/csv.hpp"
#include "sim/scenario/values.hpp"
#include "sim/scenario/yaml.hpp"

namespace nuzuh::scenario {
namespace {

/// A text read as YAML or CSV, with what was found in it.
struct Read {
    Sources sources;
    Notes notes{sources};
    std::optional<Node> node;
};

std::unique_ptr<Read> yaml(const std::string& text) {
    auto read = std::make_unique<Read>();
    const int source = read->sources.add("text", "", text);
    read->node = parse_yaml(read->sources, source, read->sources[source].text, 0, read->notes);
    return read;
}

std::unique_ptr<Read> csv(const std::string& text) {
    auto read = std::make_unique<Read>();
    const int source = read->sources.add("text", "", text);
    read->node = parse_csv(read->sources, source, read->notes);
    return read;
}

TEST(Utf8, takes_what_is_well_formed) {
    for (const std::string text : {"", "plain", "نزوح", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80",
                                   "\xED\x9F\xBF", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_EQ(first_bad_utf8(text), std::string::npos) << text;
    }
}

TEST(Utf8, refuses_overlong_surrogate_and_cut_forms) {
    for (const std::string bad :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98"}) {
        EXPECT_EQ(first_bad_utf8("ok" + bad), 2u);
    }
}

TEST(Yaml, every_node_knows_where_it_stands) {
    const auto read = yaml("a: 1\nb:\n  - {cc: 'x y', d: ~}\n  - >\n    folded\n");
    ASSERT_TRUE(read->node);
    const Node& a = read->node->find("a")->value;
    EXPECT_EQ(std::make_tuple(a.spot.line, a.spot.column, a.spot.length), std::make_tuple(1, 4, 1));
    const Node& entry = read->node->find("b")->value.items[0];
    EXPECT_EQ(std::make_tuple(entry.spot.line, entry.spot.column), std::make_tuple(3, 5));
    EXPECT_EQ(entry.find("cc")->spot.column, 6);
    EXPECT_EQ(std::make_tuple(entry.find("cc")->value.spot.column, entry.find("cc")->value.spot.length),
              std::make_tuple(10, 5));
    EXPECT_TRUE(entry.find("cc")->value.quoted);
    EXPECT_TRUE(entry.find("d")->value.is_null());
    EXPECT_EQ(read->node->find("b")->value.items[1].text, "folded\n");
}

TEST(Yaml, a_path_finds_keys_that_hold_dots_themselves) {
    const auto read = yaml("axes:\n  behaviour.leave.h_max: {from: 0.1}\n  behaviour.leave: 1\n");
    ASSERT_TRUE(read->node);
    EXPECT_EQ(spot_of_path(*read->node, "axes.behaviour.leave.h_max.from").column, 33);
    EXPECT_EQ(spot_of_path(*read->node, "axes.behaviour.leave").line, 3);
    EXPECT_EQ(spot_of_path(*read->node, "axes.behaviour.leave.h_max.to").line, 2);
}

TEST(Yaml, columns_count_characters_and_not_bytes) {
    const auto read = yaml("{شرق: نزوح, b: 1}\n");
    EXPECT_EQ(read->sources.location(read->node->find("b")->spot).column, 13);
    EXPECT_EQ(read->sources.location(read->node->find("شرق")->value.spot).length, 4);
}

TEST(Yaml, depth_of_64_is_taken_and_65_is_refused) {
    const auto nested = [](int depth) {
        return std::string(std::size_t(depth), '[') + std::string(std::size_t(depth), ']');
    };
    EXPECT_TRUE(yaml(nested(64))->node);
    EXPECT_FALSE(yaml(nested(65))->node);
}

TEST(Yaml, quotes_with_quotes_inside_are_closed) {
    for (const char* text : {"a: 'it''s'\nb: 1\n", "a: \"say \\\"yes\\\"\"\nb: 1\n", "a: ''\nb: 1\n",
                             "a: \"two\n  lines\"\nb: 1\n", "a: '\"'\nb: 1\n"}) {
        const auto read = yaml(text);
        EXPECT_TRUE(read->node && read->node->find("b")) << text;
    }
}

TEST(Yaml, start_and_end_markers_make_one_document) {
    for (const char* text :
         {"---\na: 1\n", "a: 1\n...\n", "%YAML 1.2\n---\na: 1\n...\n# the end\n", "a: 1\n\n\n# the end\n"}) {
        const auto read = yaml(text);
        EXPECT_TRUE(read->node && read->node->find("a")) << text;
        EXPECT_FALSE(read->notes.has_errors()) << text;
    }
}

TEST(Csv, takes_quotes_line_breaks_and_missing_last_line_end) {
    const auto read = csv("a,b\n\"1\n2\",\"x \"\"y\"\" , z\"\n3 , 4");
    ASSERT_TRUE(read->node);
    ASSERT_EQ(read->node->items.size(), 2u);
    EXPECT_EQ(read->node->items[0].find("a")->value.text, "1\n2");
    EXPECT_EQ(read->node->items[0].find("b")->value.text, "x \"y\" , z");
    EXPECT_EQ(read->node->items[1].find("a")->value.text, "3");
    EXPECT_EQ(read->node->items[1].find("b")->value.spot.line, 4);
    EXPECT_EQ(read->node->items[1].find("b")->value.spot.column, 5);
}

TEST(Csv, skips_the_row_of_tags_only_below_the_header) {
    EXPECT_EQ(csv("a,b\n#x,\n1,2\n")->node->items.size(), 1u);
    EXPECT_EQ(csv("a,b\n1,2\n#x,\n")->node->items.size(), 2u);
    EXPECT_EQ(csv("a,b\n,\n#x,\n1,2\n")->node->items.size(), 1u) << "a row of empty cells is passed over";
}

TEST(Csv, a_header_alone_is_a_table_without_rows) {
    const auto read = csv("a,b\n");
    ASSERT_TRUE(read->node);
    EXPECT_TRUE(read->node->items.empty());
    EXPECT_FALSE(read->notes.has_errors());
}

Node scalar(const std::string& text) {
    Node node;
    node.kind = Kind::scalar;
    node.text = text;
    return node;
}

TEST(Values, a_number_is_read_whole_or_not_at_all) {
    for (const char* text : {"", " ", "1x", "x1", "1 2", "--1", "+-1", "0x1p3", "1e", "e5", ".", "-", "+",
                             "nan", "inf", "1_000", "1;2", "1.2.3", "１"}) {
        double value = 7;
        EXPECT_TRUE(read_number(scalar(text), "km", {-1e9, 1e9}, value)) << text;
        EXPECT_EQ(value, 7) << text;
    }
}

TEST(Values, ranges_include_their_ends) {
    double value = 0;
    EXPECT_FALSE(read_number(scalar("0"), "-", {0, 1}, value));
    EXPECT_FALSE(read_number(scalar("1"), "-", {0, 1}, value));
    EXPECT_TRUE(read_number(scalar("1.0000001"), "-", {0, 1}, value));
    EXPECT_TRUE(read_number(scalar("-1e-300"), "-", {0, 1}, value));
}

TEST(Values, whole_numbers_keep_every_digit) {
    std::int64_t value = 0;
    EXPECT_FALSE(read_integer(scalar("8999999999999999"), "-", {0, 9e15}, value));
    EXPECT_EQ(value, 8'999'999'999'999'999);
}

TEST(Values, leap_days_exist_when_they_do) {
    Date date;
    EXPECT_FALSE(read_date(scalar("2024-02-29"), date));
    EXPECT_TRUE(read_date(scalar("2023-02-29"), date));
    EXPECT_TRUE(read_date(scalar("1900-02-29"), date));
    EXPECT_EQ(read_date(scalar("1900-02-29"), date)->hint, "February 1900 has 28 days");
}

}  // namespace
}  // namespace nuzuh::scenario
