#include "sim/scenario/values.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "sim/base/nearest.hpp"
#include "sim/base/text.hpp"
#include "sim/scenario/hints.hpp"
#include "sim/scenario/keys.hpp"
#include "sim/scenario/scan.hpp"

namespace nuzuh::scenario {
namespace {

std::string range_message(std::string_view text, Range range, std::string_view unit) {
    return fmt::format("is {}, out of range: expected {}{}", text, in_words(range), in_brackets(unit));
}

std::string range_hint(double value, std::string_view unit, Range range) {
    const bool share = unit == "-" && range.low == 0 && range.high == 1;
    return share && value >= 2 && value <= 100
               ? fmt::format("{} % is written {:.10g}", plain(value), value / 100)
               : "";
}

std::optional<double> days_in(std::string_view word) {
    if (word == "day" || word == "days" || word == "d") return 1.0;
    if (word == "h" || word == "hour" || word == "hours") return 1.0 / 24;
    if (word == "week" || word == "weeks") return 7.0;
    return {};
}

/// The number of a cell, whose table may write decimals with a comma; nothing for any other text.
std::optional<double> number_in(const Node& node) {
    std::string text = node.text;
    if (!node.decimal_comma) return decimal(text);
    if (text.find('.') != text.npos) return {};
    std::replace(text.begin(), text.end(), ',', '.');
    return decimal(text);
}

/// Why a point in a number cannot be read where other numbers have decimal commas: 20.000 may be 20 or 20000.
std::string point_hint(const Node& node) {
    const auto value = node.decimal_comma ? decimal(node.text) : std::optional<double>();
    return value ? "other numbers of this table have a decimal comma: write this one without the point, or "
                   "with a comma in its place"
                 : "";
}

/// A date and what may stand behind it when it is exactly midnight: T00:00:00.000Z.
std::string_view without_midnight(std::string_view text) {
    constexpr std::size_t date_size = 10;
    if (text.size() <= date_size) return text;
    Scan time(text.substr(date_size));
    const bool separated = time.one_of("Tt ");
    if (!separated || time.run("0", 2, 2) == std::nullopt || !time.one_of(":") || !time.run("0", 2, 2))
        return text;
    if (time.one_of(":")) {
        if (!time.run("0", 2, 2) || (time.one_of(".,") && !time.run("0"))) return text;
    }
    constexpr std::array<std::string_view, 8> zones{"", "Z", "z", "+00:00", "+0000", "+00", " UTC", " GMT"};
    return std::find(zones.begin(), zones.end(), time.rest()) == zones.end() ? text
                                                                             : text.substr(0, date_size);
}

}  // namespace

std::optional<Misread> read_words(const Node& node, std::vector<std::string>& out) {
    if (!node.is_list()) return Misread{fmt::format("expects a list, found {}", in_words(node)), "[A, B, C]"};
    if (node.items.empty()) return Misread{"expects at least one value, found an empty list", "[A, B, C]"};
    for (const Node& item : node.items) {
        if (!item.is_scalar())
            return Misread{fmt::format("expects single values, found {}", in_words(item)), ""};
        out.push_back(item.text);
    }
    return {};
}

Misread misread_word(const Node& node, const std::vector<std::string>& words) {
    const auto near = node.is_scalar() ? nearest_word(node.text, words) : "";
    return {fmt::format("expects {}{}, found {}", words.size() > 1 ? "one of " : "", fmt::join(words, ", "),
                        in_words(node)),
            near.empty() ? "" : fmt::format("did you mean '{}'?", near)};
}

std::string in_brackets(std::string_view unit) {
    return unit.empty() || unit == "-" ? "" : fmt::format("  [{}]", unit);
}

std::optional<Misread> read_number(const Node& node, std::string_view unit, Range range, double& out) {
    const std::string expected =
        fmt::format("expects a number{}", unit.empty() || unit == "-" ? "" : fmt::format(" [{}]", unit));
    if (!node.is_scalar()) return Misread{fmt::format("{}, found {}", expected, in_words(node)), ""};
    const auto value = number_in(node);
    if (!value) {
        const auto hint = point_hint(node);
        return Misread{fmt::format("{}, found {}", expected, in_quotes(node.text)),
                       hint.empty() ? number_hint(node.text, unit) : hint};
    }
    if (node.quoted) {
        return Misread{fmt::format("{}, found the text {}", expected, in_quotes(node.text)),
                       "take away the quotes"};
    }
    if (!(*value >= range.low && *value <= range.high) || std::isinf(*value)) {
        return Misread{range_message(node.text.size() > 40 ? "too long a number" : node.text, range, unit),
                       range_hint(*value, unit, range)};
    }
    out = *value;
    return {};
}

std::optional<Misread> read_integer(const Node& node, std::string_view unit, Range range, std::int64_t& out) {
    double value = 0;
    if (auto misread = read_number(node, unit, range, value)) {
        const std::string kind = "expects a number";
        if (misread->message.starts_with(kind))
            misread->message.replace(0, kind.size(), "expects a whole number");
        return misread;
    }
    constexpr double most = 9007199254740992;  // above, not every whole number is a double
    if (value != std::floor(value) || std::abs(value) > most)
        return Misread{fmt::format("expects a whole number, found {}", in_quotes(node.text)), ""};
    out = std::int64_t(value);
    return {};
}

std::optional<Misread> read_date(const Node& node, Date& out) {
    if (!node.is_scalar())
        return Misread{fmt::format("expects a date, found {}", in_words(node)),
                       "dates are written YYYY-MM-DD"};
    const auto date = parse_date(without_midnight(node.text));
    if (!date) return misread_date(node.text);
    out = *date;
    return {};
}

std::optional<Misread> read_duration(const Node& node, Range range_days, double& days) {
    const std::string form = "write a number and a unit: 1 day, 1/2 day, 6 h, 1 week";
    if (!node.is_scalar()) return Misread{fmt::format("expects a duration, found {}", in_words(node)), form};
    const Misread misread{fmt::format("expects a duration, found {}", in_quotes(node.text)), form};
    Scan scan(node.text);
    const auto above = decimal(scan.run("0123456789.").value_or(""));
    const auto below =
        scan.one_of("/") ? decimal(scan.run("0123456789.").value_or("")) : std::optional<double>(1);
    scan.spaces();
    if (!above || !below || *below == 0) return misread;
    if (scan.at_end())
        return Misread{misread.message, fmt::format("write '{} day' if days are meant", node.text)};
    const auto unit_days = days_in(scan.rest());
    if (!unit_days) return Misread{misread.message, "units are h, day and week"};
    const double value = *above / *below * *unit_days;
    if (!(value >= range_days.low && value <= range_days.high))
        return Misread{range_message(node.text, range_days, "day"), ""};
    days = value;
    return {};
}

std::optional<Misread> read_flag(const Node& node, bool& out) {
    // YAML 1.1 writes yes and no, R TRUE and FALSE, Python True and False.
    constexpr std::array<std::string_view, 6> so{"true", "True", "TRUE", "yes", "Yes", "YES"};
    constexpr std::array<std::string_view, 6> not_so{"false", "False", "FALSE", "no", "No", "NO"};
    const auto is_one_of = [&](const auto& words) {
        return std::find(words.begin(), words.end(), node.text) != words.end();
    };
    const bool yes = is_one_of(so);
    if (node.is_scalar() && !node.quoted && (yes || is_one_of(not_so))) {
        out = yes;
        return {};
    }
    const auto word = node.is_scalar() ? in_small_letters(node.text) : "";
    std::string hint;
    if (yes || word == "on" || word == "y" || word == "1" || word == "t") hint = "write true";
    if (is_missing_word(node.text)) hint = "leave it out where it is not known";
    if (is_one_of(not_so) || word == "off" || word == "n" || word == "0" || word == "f") hint = "write false";
    return Misread{fmt::format("expects true or false, found {}", in_words(node)), hint};
}

std::optional<Misread> read_text_value(const Node& node, std::string& out) {
    if (!node.is_scalar()) {
        const bool braces = node.is_map() && node.entries.size() == 1;
        return Misread{fmt::format("expects a text, found {}", in_words(node)),
                       braces ? "put a text that holds ': ' in quotes" : ""};
    }
    const auto control = [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7F; };
    if (std::any_of(node.text.begin(), node.text.end(), control)) {
        return Misread{"holds a tab or another control character", "write the text without it"};
    }
    out = node.text;
    return {};
}

}  // namespace nuzuh::scenario
