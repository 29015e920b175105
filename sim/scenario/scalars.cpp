#include "sim/scenario/scalars.hpp"

#include <algorithm>
#include <cctype>

namespace nuzuh {

std::string yaml_text(const std::string& text) {
    static constexpr std::string_view other_meaning[] = {
        "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no",
        "No",   "NO",   "on",   "On",   "ON",   "off",  "Off",   "OFF",   "y",     "Y",   "n",   "N"};
    const auto word = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == ' '; };
    const bool bare =
        !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) && text.back() != ' ' &&
        std::all_of(text.begin(), text.end(), word) &&
        std::find(std::begin(other_meaning), std::end(other_meaning), text) == std::end(other_meaning);
    if (bare) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += fmt::format("\\{}", c);
        else if (c == '\n')
            out += "\\n";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            out += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + "\"";
}

std::string with_point(std::string number) {
    const auto exponent = number.find_first_of("eE");
    if (exponent == number.npos) return number;
    const auto front = number.substr(0, exponent), power = number.substr(exponent + 1);
    const bool has_sign = power.starts_with('+') || power.starts_with('-');
    return fmt::format("{}{}e{}{}", front, front.find('.') == front.npos ? ".0" : "", has_sign ? "" : "+",
                       power);
}

std::string yaml_number(double value) { return with_point(scenario::plain(value)); }

std::string yaml_duration(double days) {
    if (days == 0.5) return "1/2 day";
    if (days == 0.25) return "1/4 day";
    return fmt::format("{} {}", scenario::plain(days), days == 1 ? "day" : "days");
}

}  // namespace nuzuh
