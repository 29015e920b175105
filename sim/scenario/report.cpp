#include "sim/scenario/report.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "sim/scenario/source.hpp"

namespace nuzuh {
namespace {

constexpr int window = 100;  // [characters] shown of a long line

/// One character, as bytes.
using Characters = std::vector<std::string_view>;

Characters characters_of(std::string_view text) {
    Characters out;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t length = 1;
        while (i + length < text.size() && (text[i + length] & 0xC0) == 0x80) ++length;
        out.push_back(text.substr(i, length));
        i += length;
    }
    return out;
}

/// A character that a terminal may be shown: tabs as a space, other control characters as '?', bytes that are
/// no character as the replacement character.
std::string_view harmless(std::string_view character) {
    if (scenario::first_bad_utf8(character) != character.npos) return "\xEF\xBF\xBD";
    const auto c = static_cast<unsigned char>(character[0]);
    if (c == '\t') return " ";
    const bool c1_control =
        c == 0xC2 && character.size() == 2 && static_cast<unsigned char>(character[1]) < 0xA0;
    if (c < 0x20 || c == 0x7F || c1_control) return "?";
    return character;
}

std::string harmless_text(std::string_view text) {
    std::string out;
    for (const auto c : characters_of(text)) out += harmless(c);
    return out;
}

struct Excerpt {
    std::string line;
    int column = 0;  ///< of the spot within `line`, from 0
    int length = 1;
};

/// The line, or of a long one the part around the spot.
Excerpt cut(const Finding& finding) {
    const auto all = characters_of(finding.excerpt);
    const int total = int(all.size());
    const int column = std::clamp(finding.location.column - 1, 0, total);
    int begin = 0, end = total;
    if (total > window) {
        begin = std::clamp(column - window / 3, 0, total - window);
        end = begin + window;
    }
    Excerpt out;
    if (begin > 0) out.line = "... ";
    out.column = int(out.line.size()) + column - begin;
    out.length = std::max(1, std::min(finding.location.length, end - column));
    for (int i = begin; i < end; ++i) out.line += harmless(all[std::size_t(i)]);
    if (end < total) out.line += " ...";
    return out;
}

std::string place_of(const Location& location) {
    if (location.file.empty()) return "";
    std::string out = harmless_text(location.file);
    if (location.line > 0) out += fmt::format(":{}:{}", location.line, location.column);
    return out + ": ";
}

std::string painted(std::string_view text, std::string_view code, Colour colour) {
    return colour == Colour::on ? fmt::format("\x1B[{}m{}\x1B[0m", code, text) : std::string(text);
}

}  // namespace

std::string report(const Finding& finding, Colour colour) {
    const bool error = finding.severity == Severity::error;
    const auto kind_colour = error ? "1;31" : "1;35";
    std::string subject = place_of(finding.location);
    if (subject.empty() && !finding.path.empty()) subject = finding.path + ": ";
    std::string out = painted(subject, "1", colour);
    out += painted(error ? "error: " : "warning: ", kind_colour, colour);
    out += harmless_text(finding.message) + "\n";
    if (finding.location.line > 0 && !finding.excerpt.empty()) {
        const Excerpt excerpt = cut(finding);
        out += fmt::format("{:>5} | {}\n", finding.location.line, excerpt.line);
        const std::string mark = "^" + std::string(std::size_t(excerpt.length - 1), '~');
        out += fmt::format("      | {}{}\n", std::string(std::size_t(excerpt.column), ' '),
                           painted(mark, kind_colour, colour));
    }
    if (!finding.hint.empty())
        out += fmt::format("  {}\n", painted(harmless_text(finding.hint), "36", colour));
    return out;
}

std::string report(const Findings& findings, Colour colour, int most) {
    std::string out;
    const std::size_t shown = std::min(findings.size(), std::size_t(std::max(most, 0)));
    for (std::size_t i = 0; i < shown; ++i) out += report(findings[i], colour);
    if (shown < findings.size()) out += fmt::format("... and {} more\n", findings.size() - shown);
    return out;
}

}  // namespace nuzuh
