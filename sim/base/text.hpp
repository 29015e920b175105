// What is done to texts in more than one folder.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace nuzuh {

/// A letter from A to Z as the small one, every other byte as it is, whatever the locale.
constexpr char small_letter(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

/// The same of a text: UTF-8 stays whole.
inline std::string in_small_letters(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), small_letter);
    return out;
}

/// A text as a cell of a CSV table: in quotes where it holds the separator, a quote or an end of line, or begins or ends with a
/// space, which readers take away.
///
/// Source   RFC 4180
inline std::string csv_quoted(std::string_view text, char separator = ',') {
    const bool spaced = text.starts_with(' ') || text.ends_with(' ');
    if (!spaced && text.find_first_of("\"\r\n") == text.npos && text.find(separator) == text.npos)
        return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace nuzuh
