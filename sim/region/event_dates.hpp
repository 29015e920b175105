// Dates of events as people and spreadsheets write them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/model/settings.hpp"
#include "sim/scenario/notes.hpp"

namespace nuzuh::region {

/// A date as written, and what it can mean. Only `03/01/2026` and its like can mean two days.
struct DateReadings {
    std::optional<Date> day_first;
    std::optional<Date> month_first;  ///< the same where the text leaves no choice
};

/// Reads 2019-08-17, 20190817, 17 August 2019, 17-Aug-19, August 17, 2019, 17/08/2019, 8/17/19, with or without a time behind.
///
/// @param year  of the column `year`; decides the century of years of two digits, 1997 to 2096 without it
/// @return      nothing for any other text and for days that do not exist
std::optional<DateReadings> date_readings(std::string_view written, std::optional<int> year);

/// The order in which a table writes numbers of days and months.
enum class DateOrder { none_needed, day_first, month_first, unknown };

/// Decides by the dates that can only be read one way; where there is none, by the period, if all dates lie in it read
/// one way and not read the other.
DateOrder date_order(const std::vector<DateReadings>& dates, const Period& period);

}  // namespace nuzuh::region
