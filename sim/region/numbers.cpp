#include "sim/region/numbers.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "sim/base/utf8.hpp"

namespace nuzuh::region {
namespace {

/// Zero of each script whose digits follow each other.
constexpr std::array<std::uint32_t, 10> zeros{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66,
                                              0x0AE6, 0x0E50, 0x1040, 0x17E0, 0xFF10};

/// 12,34,567: three digits behind the last mark, two behind each other one, and one or two before the first.
bool groups_lakhs(std::string_view digits, char mark) {
    const auto first = digits.find(mark), last = digits.rfind(mark);
    if (first < 1 || first > 2 || last == first || digits.size() - last != 4) return false;
    for (auto at = first; at != last; at = digits.find(mark, at + 1)) {
        if (digits.find(mark, at + 1) - at != 3) return false;
    }
    return true;
}

}  // namespace

std::string in_plain_digits(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        const auto [letter, size] = code_point(text, at);
        const auto zero = std::find_if(zeros.begin(), zeros.end(), [letter = letter](auto from) {
            return letter >= from && letter < from + 10;
        });
        const bool is_direction = letter == 0x061C || letter == 0x200E || letter == 0x200F ||
                                  (letter >= 0x202A && letter <= 0x202E) ||
                                  (letter >= 0x2066 && letter <= 0x2069) || letter == 0xFEFF;
        if (zero != zeros.end())
            plain += char('0' + (letter - *zero));
        else if (letter == 0x066B)
            plain += '.';
        else if (letter == 0x066C || letter == 0x060C)
            plain += ',';
        else if (letter == 0x2212)
            plain += '-';
        else if (!is_direction)
            plain += text.substr(at, size);
        at += size;
    }
    return plain;
}

bool groups_thousands(std::string_view digits, char mark) {
    const auto first = digits.find(mark);
    if (first < 1 || first > 3) return false;
    for (auto at = first; at != std::string_view::npos; at = digits.find(mark, at + 1)) {
        const auto next = std::min(digits.find(mark, at + 1), digits.size());
        if (next - at != 4) return false;
    }
    return true;
}

std::string plain_number(std::string_view written, bool decimal_comma) {
    std::string text = in_plain_digits(written);
    for (const std::string_view blank :
         {" ", "\u00A0", "\u2002", "\u2003", "\u2007", "\u2009", "\u202F", "'", "\u2019", "\u02BC"}) {
        for (auto at = text.find(blank); at != std::string::npos; at = text.find(blank, at))
            text.erase(at, blank.size());
    }
    const bool has_sign = text.starts_with('-') || text.starts_with('+');
    const std::string sign = text.starts_with('-') ? "-" : "";
    std::string digits = text.substr(has_sign ? 1 : 0);
    const auto count = [&](char mark) { return std::count(digits.begin(), digits.end(), mark); };
    const auto commas = count(','), points = count('.');
    // Of two kinds of marks the last is the decimal one, as is one that stands alone, unless it groups digits by three.
    char decimal = '.';
    if (commas > 0 && points > 0)
        decimal = digits.rfind(',') > digits.rfind('.') ? ',' : '.';
    else if (commas > 0)
        decimal = commas == 1 && (decimal_comma || digits.starts_with("0,") || !groups_thousands(digits, ','))
                      ? ','
                      : '.';
    else if (points > 1 || (points == 1 && decimal_comma && groups_thousands(digits, '.')))
        decimal = ',';
    const char thousands = decimal == ',' ? '.' : ',';
    const std::string whole = digits.substr(0, digits.find(decimal));
    if (count(decimal) > 1 || digits.find(thousands, whole.size()) != std::string::npos ||
        (whole.find(thousands) != std::string::npos && !groups_thousands(whole, thousands) &&
         !(thousands == ',' && groups_lakhs(whole, thousands))))
        return "";
    std::erase(digits, thousands);
    std::replace(digits.begin(), digits.end(), ',', '.');
    return sign + digits;
}

}  // namespace nuzuh::region
