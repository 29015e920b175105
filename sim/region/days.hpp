// Days in tables of a region.
#pragma once

#include <optional>
#include <string>

#include "sim/model/settings.hpp"
#include "sim/region/event_dates.hpp"

namespace nuzuh::region {

/// The first ten characters as a date; nothing if they are none.
inline std::optional<Date> day_of(const std::string& text) {
    const auto readings = date_readings(text.substr(0, 10), {});
    return readings ? readings->day_first : std::nullopt;
}

inline bool is_in(const Period& period, Date day) { return day >= period.from && day <= period.to; }

}  // namespace nuzuh::region
