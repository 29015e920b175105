#include "sim/scenario/hints.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/scan.hpp"

namespace nuzuh::scenario {

namespace {

#ifdef __EMSCRIPTEN__
/// As std::from_chars, which the library of emscripten has for whole numbers alone; musl's strtod rounds as rightly.
std::from_chars_result number_from(std::string_view text, double& value) {
    const std::string copy(text.substr(0, text.find_first_not_of("0123456789.eE+-")));
    char* end = nullptr;
    value = std::strtod(copy.c_str(), &end);
    const bool is_beyond =
        value > std::numeric_limits<double>::max() || value < std::numeric_limits<double>::lowest();
    return {text.data() + (end - copy.c_str()), is_beyond ? std::errc::result_out_of_range : std::errc{}};
}
#else
std::from_chars_result number_from(std::string_view text, double& value) {
    return std::from_chars(text.data(), text.data() + text.size(), value);
}
#endif

}  // namespace

std::optional<double> decimal(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    const auto body = text.substr(text.starts_with('-') ? 1 : 0);
    if (body.empty() || !((body[0] >= '0' && body[0] <= '9') || body[0] == '.')) return {};
    double value = 0;
    const auto [end, error] = number_from(text, value);
    if (end != text.data() + text.size()) return {};
    if (error == std::errc::result_out_of_range) {
        const bool tiny = text.find("e-") != text.npos || text.find("E-") != text.npos;
        return tiny ? 0 : unbounded;
    }
    if (error != std::errc{}) return {};
    return value;
}

namespace {

/// Digits of the Arabic-Indic and Extended Arabic-Indic rows as 0 to 9.
std::string with_plain_digits(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto next = [&](std::size_t k) {
            return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u;
        };
        const bool arabic = next(0) == 0xD9 && next(1) >= 0xA0 && next(1) <= 0xA9;
        const bool extended = next(0) == 0xDB && next(1) >= 0xB0 && next(1) <= 0xB9;
        const bool point = next(0) == 0xD9 && next(1) == 0xAB;
        if (arabic || extended)
            out += char('0' + (next(1) & 0x0F));
        else if (point)
            out += '.';
        else
            out += text[i];
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

bool is_not_finite(std::string_view text) {
    Scan scan(text);
    scan.one_of("+-");
    scan.one_of(".");
    const auto word = in_small_letters(scan.rest());
    return word == "nan" || word == "inf" || word == "infinity";
}

/// Groups of three digits: 1,000 or 10 000.5.
bool has_separators(std::string_view text) {
    Scan scan(text);
    scan.one_of("+-");
    bool groups = scan.run(Scan::digits, 1, 3) && scan.one_of(" ,_'") && scan.run(Scan::digits, 3, 3);
    while (groups && scan.one_of(" ,_'")) groups = scan.run(Scan::digits, 3, 3).has_value();
    if (scan.one_of(".")) groups = groups && scan.run(Scan::digits);
    return groups && scan.at_end();
}

/// A number and what is written behind it, such as a unit.
std::optional<std::pair<double, std::string>> number_and_word(std::string_view text) {
    const std::size_t end = std::min(text.find_first_not_of("+-0123456789.,"), text.size());
    const auto number = decimal(without(text.substr(0, end), ","));
    Scan word(text.substr(end));
    word.spaces();
    if (!number || word.at_end()) return {};
    return std::pair(*number, std::string(word.rest()));
}

/// What somebody who gave a number with something behind it probably meant.
std::string word_hint(double number, const std::string& word, std::string_view text, std::string_view unit) {
    if (word == "k" || word == "K") return fmt::format("write {}", plain(number * 1e3));
    if (word == "m" || word == "M" || word == "million") return fmt::format("write {}", plain(number * 1e6));
    if (unit.empty() || unit == "-") {
        if (word == "%") return fmt::format("write {:.10g} for {}", number / 100, text);
        Scan fraction(word);
        const bool slash = fraction.one_of("/");
        fraction.spaces();
        const auto below = slash ? decimal(fraction.rest()) : std::optional<double>();
        if (below && *below != 0) return fmt::format("write {:.6g}", number / *below);
        return "give the number alone; it has no unit";
    }
    return in_small_letters(word) == in_small_letters(unit)
               ? fmt::format("write {}; the unit is {} already", plain(number), unit)
               : fmt::format("give the number alone; the unit is {}", unit);
}

constexpr std::array<std::string_view, 12> month_names = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

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

/// The date that a number without separators stands for: a count of days or seconds, or YYYYMMDD; "" if for none.
///
/// Source   R counts days from 1970-01-01, spreadsheets from 1899-12-30; the years 1990 to 2059 are told apart by size
std::string counted_date_hint(const std::string& text) {
    constexpr int in_1990 = 7305, in_2060 = 32873, spreadsheet = 25569;
    const auto number = decimal(text);
    if (!number || *number < in_1990 || *number > 1e13) return "";
    const auto is = [&](double days, std::string_view how) {
        const auto date = iso(Date{int(days)});
        return fmt::format("{} is {} {}: write {}", text, date, how, date);
    };
    if (*number < in_2060) return is(*number, "in days since 1970-01-01, as R counts");
    if (*number < in_2060 + spreadsheet) return is(*number - spreadsheet, "as spreadsheets count days");
    if (text.size() == 8) {
        const auto written = fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
        return parse_date(written) ? fmt::format("write {}", written) : "";
    }
    constexpr double day = 86400;
    if (*number >= in_1990 * day && *number < in_2060 * day)
        return is(*number / day, "in seconds since 1970-01-01");
    if (*number >= in_1990 * day * 1e3 && *number < in_2060 * day * 1e3)
        return is(*number / day / 1e3, "in milliseconds since 1970-01-01");
    return "";
}

/// Three numbers with '-', '/' or '.' between them.
std::optional<std::array<int, 3>> three_numbers(Scan& scan, std::size_t first_digits,
                                                std::size_t last_digits) {
    std::array<int, 3> out{};
    const std::array<std::size_t, 3> most = {first_digits, 2, last_digits};
    for (std::size_t i = 0; i < 3; ++i) {
        if (i > 0 && !scan.one_of("-/.")) return {};
        const auto number = scan.number(most[i] == 4 ? 4 : 1, most[i]);
        if (!number) return {};
        out[i] = *number;
    }
    return out;
}

}  // namespace

bool is_missing_word(std::string_view text) {
    constexpr std::array<std::string_view, 12> words{
        "NA",  ".na",  ".na.real", ".na.integer", ".na.character", ".na.logical",
        "N/A", "#N/A", "<NA>",     "NaN",         "nan",           "None"};
    return std::find(words.begin(), words.end(), text) != words.end();
}

std::string number_hint(const std::string& text, std::string_view unit) {
    if (text.size() > 60) return "";
    if (const auto plain_digits = with_plain_digits(text); plain_digits != text && decimal(plain_digits)) {
        return fmt::format("write it with the digits 0 to 9: {}", plain_digits);
    }
    if (is_not_finite(text)) return "numbers are finite";
    if (is_missing_word(text)) return "leave it out where it is not known";
    if (in_small_letters(text).starts_with("0x")) {
        std::uint32_t value = 0;
        const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), value, 16);
        const bool whole = error == std::errc{} && end == text.data() + text.size();
        return whole ? fmt::format("write it in decimal: {}", value) : "";
    }
    if (has_separators(text)) return fmt::format("write {}, without separators", without(text, " ,_'"));
    if (const auto comma = text.find(','); comma != text.npos) {
        std::string with_point = text;
        with_point[comma] = '.';
        if (decimal(with_point)) return fmt::format("write {}, with a point", with_point);
    }
    const auto parts = number_and_word(text);
    return parts ? word_hint(parts->first, parts->second, text, unit) : "";
}

Misread misread_date(const std::string& text) {
    Misread form{fmt::format("expects a date, found {}", in_quotes(text)), "dates are written YYYY-MM-DD"};
    if (text.size() > 60) return form;
    if (is_missing_word(text)) return {form.message, "leave it out where it is not known"};
    if (const auto hint = counted_date_hint(text); !hint.empty()) return {form.message, hint};
    Scan year_first(text);
    if (const auto date = three_numbers(year_first, 4, 2)) {
        const auto [year, month, day] = *date;
        const bool with_time = year_first.one_of("T ");
        if (!with_time && !year_first.at_end()) return form;
        if (month < 1 || month > 12)
            return {fmt::format("is {}: there is no month {}", text, month), form.hint};
        if (day < 1 || day > last_day(year, month)) {
            return {fmt::format("is {}, a day that does not exist", text),
                    fmt::format("{} {} has {} days", month_names[std::size_t(month) - 1], year,
                                last_day(year, month))};
        }
        return {form.message, iso_or_form(year, month, day) + (with_time ? ", without a time of day" : "")};
    }
    Scan year_last(text);
    const auto date = three_numbers(year_last, 2, 4);
    if (!date || !year_last.at_end()) return form;
    const auto [a, b, year] = *date;
    if (a > 12) return {form.message, iso_or_form(year, b, a)};
    if (b > 12 || a == b) return {form.message, iso_or_form(year, a, b)};
    return {form.message, "write the year first, then month, then day: YYYY-MM-DD"};
}

}  // namespace nuzuh::scenario
