#include "sim/base/date.hpp"

#include <charconv>
#include <chrono>

#include <fmt/format.h>

namespace nuzuh {
namespace {

std::optional<int> digits(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return {};
    return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return {};
    const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month(*month),
                                           std::chrono::day(*day)};
    if (!date.ok()) return {};
    return Date{int(std::chrono::sys_days{date}.time_since_epoch().count())};
}

std::string iso(Date date) {
    const std::chrono::year_month_day parts{std::chrono::sys_days{std::chrono::days{date.days}}};
    return fmt::format("{:04}-{:02}-{:02}", int(parts.year()), unsigned(parts.month()),
                       unsigned(parts.day()));
}

}  // namespace nuzuh
