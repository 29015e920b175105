// Calendar dates without time of day.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace nuzuh {

/// A calendar date, counted in days since 1970-01-01 (proleptic Gregorian calendar).
///
/// A plain count makes "day of the simulation" a subtraction and keeps time zones out of the model: the
/// reports that the scenarios are drawn from date their figures by local calendar day.
struct Date {
    int days = 0;  ///< days since 1970-01-01

    auto operator<=>(const Date&) const = default;
};

inline Date operator+(Date date, int days) { return {date.days + days}; }
inline int operator-(Date later, Date earlier) { return later.days - earlier.days; }

/// Reads `YYYY-MM-DD`, the only form that scenarios accept (ISO 8601 calendar date).
///
/// @return  nothing when the text has another form or names a day that does not exist (2019-02-29)
std::optional<Date> parse_date(std::string_view text);

/// Writes `YYYY-MM-DD`.
std::string iso(Date date);

}  // namespace nuzuh
