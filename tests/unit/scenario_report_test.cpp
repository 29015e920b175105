#include <gtest/gtest.h>

#include "sim/scenario/report.hpp"

namespace nuzuh {
namespace {

Finding capacity() {
    return {Severity::error,
            "network.places[3]",
            "place 'Atmeh' has no key 'capasity'",
            "did you mean 'capacity'?  [persons]",
            {"idlib.yaml", 18, 5, 8},
            "    capasity: 20000"};
}

TEST(Report, shows_place_line_spot_and_hint) {
    EXPECT_EQ(report(capacity()),
              "idlib.yaml:18:5: error: place 'Atmeh' has no key 'capasity'\n"
              "   18 |     capasity: 20000\n"
              "      |     ^~~~~~~~\n"
              "  did you mean 'capacity'?  [persons]\n");
}

TEST(Report, colours_only_when_asked) {
    EXPECT_EQ(report(capacity()).find('\x1B'), std::string::npos);
    EXPECT_NE(report(capacity(), Colour::on).find("\x1B[1;31m"), std::string::npos);
}

TEST(Report, names_the_key_when_there_is_no_file) {
    EXPECT_EQ(report(Finding{Severity::warning, "engine.seed", "is odd", "", {}, ""}),
              "engine.seed: warning: is odd\n");
}

TEST(Report, lets_no_control_character_through) {
    Finding finding = capacity();
    finding.message = "a\x1B[31mb";
    finding.excerpt = "\tcapa\x1B]0;title\x07 \xC2\x9B \xFF";
    finding.location.file = "a\nb.yaml";
    const auto text = report(finding);
    for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << int(c);
    EXPECT_EQ(text.find("\xC2\x9B"), std::string::npos);
    EXPECT_EQ(text.find('\xFF'), std::string::npos);
    EXPECT_EQ(text.find("a?b.yaml:18:5"), 0u);
}

TEST(Report, marks_the_spot_in_the_middle_of_a_long_line) {
    Finding finding = capacity();
    finding.excerpt = std::string(500, 'a') + "WRONG" + std::string(500, 'b');
    finding.location.column = 501;
    finding.location.length = 5;
    const auto text = report(finding);
    const auto line = text.find("   18 | ");
    const auto marks = text.find("      | ", line);
    const auto wrong = text.find("WRONG", line);
    ASSERT_NE(wrong, std::string::npos);
    EXPECT_EQ(text.find("^~~~~", marks) - marks, wrong - line);
    EXPECT_LT(marks - line, 120u);
}

TEST(Report, says_how_many_findings_it_leaves_out) {
    const Findings many(60, capacity());
    const auto text = report(many, Colour::off, 2);
    EXPECT_NE(text.find("... and 58 more\n"), std::string::npos);
}

}  // namespace
}  // namespace nuzuh
