// Days in tables of a region.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/region/event_dates.hpp"
#include "sim/region/sheet.hpp"

namespace nuzuh::region {

/// Days of a table, whose numbers of days and months all stand in one order.
///
/// The order is that of the days which can be read one way only, else the one by which all lie in the period. Where nothing tells,
/// that is a mistake with the row: a guess would move counts by months.
class Days {
public:
    using Column = std::optional<std::size_t>;

    /// @param columns  that hold days
    /// @param found    gets the mistake, or in which order days were read
    Days(const Sheet& sheet, const std::vector<Column>& columns, const Period& period, Findings& found);

    /// The day in a cell; nothing where none is written or none is meant.
    std::optional<Date> of(const SheetRow& row, Column column) const;

private:
    std::optional<Date> read(const std::optional<DateReadings>& readings) const;

    void say_unread(const SheetRow& row, const std::string& text, Findings& found);

    const Sheet& sheet_;
    bool month_first_ = false, said_ = false;
};

/// Where no period is known that days are to lie in.
inline const Period any_day{*parse_date("1900-01-01"), *parse_date("2200-01-01"), 1};

inline bool is_in(const Period& period, Date day) { return day >= period.from && day <= period.to; }

}  // namespace nuzuh::region
