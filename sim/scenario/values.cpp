#include "sim/scenario/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <regex>

#include <fmt/format.h>

#include "sim/scenario/keys.hpp"

namespace nuzuh::reading {
namespace {

/// The whole text as a decimal number; infinity for one that is too large, nothing for any other text.
std::optional<double> decimal(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto body = text.substr(text.starts_with('-') ? 1 : 0);
    if (body.empty() || !(std::isdigit(static_cast<unsigned char>(body[0])) || body[0] == '.')) return {};
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size()) return {};
    if (error == std::errc::result_out_of_range) return unbounded;
    if (error != std::errc{}) return {};
    return value;
}

/// Digits of the Arabic-Indic and Extended Arabic-Indic rows as 0 to 9.
std::string with_plain_digits(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto next = [&](std::size_t k) { return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u; };
        const bool arabic = next(0) == 0xD9 && next(1) >= 0xA0 && next(1) <= 0xA9;
        const bool extended = next(0) == 0xDB && next(1) >= 0xB0 && next(1) <= 0xB9;
        const bool point = next(0) == 0xD9 && next(1) == 0xAB;
        if (arabic || extended) out += char('0' + (next(1) & 0x0F));
        else if (point) out += '.';
        else out += text[i];
        if (arabic || extended || point) ++i;
    }
    return out;
}

std::string without(std::string_view text, std::string_view characters) {
    std::string out;
    for (const char c : text) {
        if (characters.find(c) == characters.npos) out += c;
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return out;
}

/// What the writer of something like a number probably meant.
std::string number_hint(const std::string& text, std::string_view unit) {
    static const std::regex not_finite(R"([+-]?\.?(nan|inf|infinity))", std::regex::icase);
    static const std::regex hexadecimal(R"(0[xX][0-9a-fA-F]{1,8})");
    static const std::regex thousands(R"([+-]?\d{1,3}([ ,_']\d{3})+(\.\d+)?)");
    static const std::regex comma(R"([+-]?\d+,\d+)");
    static const std::regex with_word(R"(([+-]?[\d.,]*\d)\s*([^\d\s.,].*))");
    static const std::regex fraction(R"((\d+)\s*/\s*([1-9]\d*))");
    if (text.size() > 60) return "";
    std::smatch m;
    if (const auto plain_digits = with_plain_digits(text); plain_digits != text && decimal(plain_digits)) {
        return fmt::format("write it with the digits 0 to 9: {}", plain_digits);
    }
    if (std::regex_match(text, not_finite)) return "numbers are finite";
    if (std::regex_match(text, hexadecimal)) return fmt::format("write it in decimal: {}", std::stoul(text, nullptr, 16));
    if (std::regex_match(text, thousands)) return fmt::format("write {}, without separators", without(text, " ,_'"));
    if (std::regex_match(text, comma)) return fmt::format("write {}, with a point", std::regex_replace(text, std::regex(","), "."));
    if (std::regex_match(text, m, fraction)) return fmt::format("write {:.6g}", std::stod(m[1]) / std::stod(m[2]));
    if (!std::regex_match(text, m, with_word)) return "";

    const auto number = decimal(without(m[1].str(), ","));
    const std::string word = m[2];
    if (!number) return "";
    if (word == "k" || word == "K") return fmt::format("write {}", plain(*number * 1e3));
    if (word == "m" || word == "M" || word == "million") return fmt::format("write {}", plain(*number * 1e6));
    if (word == "%" && (unit == "-" || unit.empty())) return fmt::format("write {:.10g} for {}", *number / 100, text);
    if (unit.empty() || unit == "-") return "give the number alone; it has no unit";
    return lower(word) == lower(unit) ? fmt::format("write {}; the unit is {} already", plain(*number), unit)
                                      : fmt::format("give the number alone, in {}", unit);
}

std::string range_message(std::string_view text, Range range, std::string_view unit) {
    return fmt::format("is {}, out of range: expected {}{}", text, in_words(range), in_brackets(unit));
}

std::string range_hint(double value, std::string_view unit, Range range) {
    const bool share = unit == "-" && range.low == 0 && range.high == 1;
    return share && value > 1 && value <= 100 ? fmt::format("{} % is written {:.10g}", plain(value), value / 100) : "";
}

constexpr std::array<std::string_view, 12> month_names = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/// Last day of a month, found by asking which days exist.
int last_day(int year, int month) {
    int day = 31;
    while (day > 28 && !parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, day))) --day;
    return day;
}

std::string iso_or_form(int year, int month, int day) {
    const auto text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
    return parse_date(text) ? fmt::format("write {}", text) : "dates are written YYYY-MM-DD";
}

Misread misread_date(const std::string& text) {
    static const std::regex year_first(R"((\d{4})[-/.](\d{1,2})[-/.](\d{1,2}))");
    static const std::regex year_last(R"((\d{1,2})[-/.](\d{1,2})[-/.](\d{4}))");
    static const std::regex with_time(R"((\d{4}-\d{2}-\d{2})[T ]\d.*)");
    const std::string found = fmt::format("expects a date, found {}", in_quotes(text));
    std::smatch m;
    if (text.size() > 60) return {found, "dates are written YYYY-MM-DD"};
    if (std::regex_match(text, m, year_first)) {
        const int year = std::stoi(m[1]), month = std::stoi(m[2]), day = std::stoi(m[3]);
        if (month < 1 || month > 12) {
            return {fmt::format("is {}: there is no month {}", text, month), "dates are written YYYY-MM-DD"};
        }
        if (day < 1 || day > last_day(year, month)) {
            return {fmt::format("is {}, a day that does not exist", text),
                    fmt::format("{} {} has {} days", month_names[std::size_t(month) - 1], year, last_day(year, month))};
        }
        return {found, iso_or_form(year, month, day)};
    }
    if (std::regex_match(text, m, year_last)) {
        const int a = std::stoi(m[1]), b = std::stoi(m[2]), year = std::stoi(m[3]);
        if (a > 12) return {found, iso_or_form(year, b, a)};
        if (b > 12 || a == b) return {found, iso_or_form(year, a, b)};
        return {found, "write the year first, then month, then day: YYYY-MM-DD"};
    }
    if (std::regex_match(text, m, with_time)) return {found, fmt::format("write {}, without a time of day", m[1].str())};
    return {found, "dates are written YYYY-MM-DD"};
}

std::optional<double> days_in(std::string_view word) {
    if (word == "day" || word == "days" || word == "d") return 1.0;
    if (word == "h" || word == "hour" || word == "hours") return 1.0 / 24;
    if (word == "week" || word == "weeks") return 7.0;
    return {};
}

}  // namespace

std::string in_brackets(std::string_view unit) {
    return unit.empty() || unit == "-" ? "" : fmt::format("  [{}]", unit);
}

std::optional<Misread> read_number(const Node& node, std::string_view unit, Range range, double& out) {
    const std::string expected = fmt::format("expects a number{}", unit.empty() || unit == "-" ? "" : fmt::format(" [{}]", unit));
    if (!node.is_scalar()) return Misread{fmt::format("{}, found {}", expected, in_words(node)), ""};
    const auto value = decimal(node.text);
    if (!value) return Misread{fmt::format("{}, found {}", expected, in_quotes(node.text)), number_hint(node.text, unit)};
    if (node.quoted) {
        return Misread{fmt::format("{}, found the text \"{}\"", expected, node.text), "take away the quotes"};
    }
    if (!(*value >= range.low && *value <= range.high) || std::isinf(*value)) {
        return Misread{range_message(node.text.size() > 40 ? "too long a number" : node.text, range, unit), range_hint(*value, unit, range)};
    }
    out = *value;
    return {};
}

std::optional<Misread> read_integer(const Node& node, std::string_view unit, Range range, std::int64_t& out) {
    double value = 0;
    if (auto misread = read_number(node, unit, range, value)) {
        const std::string kind = "expects a number";
        if (misread->message.starts_with(kind)) misread->message.replace(0, kind.size(), "expects a whole number");
        return misread;
    }
    const char* begin = node.text.data() + (node.text.starts_with('+') ? 1 : 0);
    const auto [end, error] = std::from_chars(begin, node.text.data() + node.text.size(), out);
    if (error == std::errc{} && end == node.text.data() + node.text.size()) return {};
    const bool whole = value == std::floor(value);
    return Misread{fmt::format("expects a whole number, found {}", in_quotes(node.text)), whole ? fmt::format("write {}", plain(value)) : ""};
}

std::optional<Misread> read_date(const Node& node, Date& out) {
    if (!node.is_scalar()) return Misread{fmt::format("expects a date, found {}", in_words(node)), "dates are written YYYY-MM-DD"};
    const auto date = parse_date(node.text);
    if (!date) return misread_date(node.text);
    out = *date;
    return {};
}

std::optional<Misread> read_duration(const Node& node, Range range_days, double& days) {
    const std::string form = "write a number and a unit: 1 day, 1/2 day, 6 h, 1 week";
    if (!node.is_scalar()) return Misread{fmt::format("expects a duration, found {}", in_words(node)), form};
    static const std::regex parts(R"(([0-9.]+)(?:/([0-9.]+))? *([a-z]*))");
    std::smatch m;
    const Misread misread{fmt::format("expects a duration, found {}", in_quotes(node.text)), form};
    if (node.text.size() > 60 || !std::regex_match(node.text, m, parts)) return misread;
    const auto upper = decimal(m[1].str()), below = m[2].matched ? decimal(m[2].str()) : std::optional<double>(1);
    if (!upper || !below || *below == 0) return misread;
    if (m[3].length() == 0) return Misread{misread.message, fmt::format("write '{} day' if days are meant", node.text)};
    const auto unit_days = days_in(m[3].str());
    if (!unit_days) return Misread{misread.message, "units are h, day and week"};
    const double value = *upper / *below * *unit_days;
    if (!(value >= range_days.low && value <= range_days.high)) return Misread{range_message(node.text, range_days, "day"), ""};
    days = value;
    return {};
}

std::optional<Misread> read_flag(const Node& node, bool& out) {
    if (node.is_scalar() && !node.quoted && (node.text == "true" || node.text == "false")) {
        out = node.text == "true";
        return {};
    }
    const auto word = node.is_scalar() ? lower(node.text) : "";
    std::string hint;
    if (word == "yes" || word == "on" || word == "1" || word == "true") hint = "write true";
    if (word == "no" || word == "off" || word == "0" || word == "false") hint = "write false";
    return Misread{fmt::format("expects true or false, found {}", in_words(node)), hint};
}

std::optional<Misread> read_text_value(const Node& node, std::string& out) {
    if (!node.is_scalar()) {
        const bool braces = node.is_map() && node.entries.size() == 1;
        return Misread{fmt::format("expects a text, found {}", in_words(node)), braces ? "put a text that holds ': ' in quotes" : ""};
    }
    const auto control = [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7F; };
    if (std::any_of(node.text.begin(), node.text.end(), control)) {
        return Misread{"holds a tab or another control character", "write the text without it"};
    }
    out = node.text;
    return {};
}

}  // namespace nuzuh::reading
