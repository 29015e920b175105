#include "sim/base/utf8.hpp"

namespace nuzuh {

CodePoint code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return char32_t(static_cast<unsigned char>(text[i])); };
    const char32_t first = byte(at);
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    if (size == 1 || at + size > text.size()) return {first, 1};
    char32_t letter = first & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) letter = (letter << 6) | (byte(at + i) & 0x3F);
    return {letter, size};
}

void append_utf8(std::string& out, char32_t letter) {
    if (letter < 0x80) {
        out += char(letter);
        return;
    }
    const int more = letter < 0x800 ? 1 : letter < 0x10000 ? 2 : 3;
    out += char((more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0) | letter >> (6 * more));
    for (int i = more; i-- > 0;) out += char(0x80 | (letter >> (6 * i) & 0x3F));
}

}  // namespace nuzuh
