// Letters of texts in UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nuzuh {

struct CodePoint {
    char32_t letter;
    std::size_t bytes;  ///< that it has in the text
};

/// The code point at a place of a text; what is no UTF-8 is a byte of its own.
///
/// @param at  below the text's size
CodePoint code_point(std::string_view text, std::size_t at);

void append_utf8(std::string& out, char32_t letter);

}  // namespace nuzuh
